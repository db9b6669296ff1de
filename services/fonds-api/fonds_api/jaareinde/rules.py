"""The resultaat of a year and what becomes of it. Pure; amounts in cents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from gemeengoed_kit.money import allocate, format_euros

from fonds_api.boeking.rules import Regel
from fonds_api.jaareinde.errors import UitkeringTeHoog

Status = Literal["aangevraagd", "vastgesteld", "geweigerd"]
AANGEVRAAGD, VASTGESTELD, GEWEIGERD = get_args(Status)
RESULTAAT, RESERVE, TE_VERREKENEN = "0900", "0500", "1310"
SLEUTEL = (
    "Uit te keren × bijdrage van de gemeente over dat jaar ÷ alle bijdragen over dat jaar, naar beneden afgerond op hele centen. "
    "De centen die dan overblijven gaan één voor één naar de grootste resten; bij gelijke rest op volgorde van gemeentecode."
)


def afsluitregels(saldi: Iterable[tuple[str, int]]) -> list[Regel]:
    """The entry that closes baten and lasten to the resultaat.

    Args:
        saldi: (account, balance in cents) of all accounts of baten and lasten; debet is positive.

    Returns:
        lines that add up to zero; none when there is nothing to close.
    """
    regels = [Regel(nummer, -cent) for nummer, cent in saldi if cent]
    rest = sum(regel.bedrag_cent for regel in regels)
    return [*regels, Regel(RESULTAAT, -rest)] if rest else regels


def bestemming(resultaat_cent: int, uitkeren_cent: int) -> int:
    """What goes to the reserve (below zero: what it pays), when so much goes to the participants.

    Raises:
        UitkeringTeHoog: that is more than there is.
    """
    if uitkeren_cent > max(0, resultaat_cent):
        raise UitkeringTeHoog(
            f"Het resultaat is {format_euros(resultaat_cent)}; {format_euros(uitkeren_cent)} kan niet worden uitgekeerd."
        )
    return resultaat_cent - uitkeren_cent


def bestemmingsregels(uitkeren_cent: int, reserve_cent: int) -> list[Regel]:
    """The entry by which the resultaat becomes a debt to participants and reserve; no lines when the resultaat is nil."""
    regels = (
        Regel(RESULTAAT, uitkeren_cent + reserve_cent),
        Regel(TE_VERREKENEN, -uitkeren_cent),
        Regel(RESERVE, -reserve_cent),
    )
    return [regel for regel in regels if regel.bedrag_cent]


def uitkeringen(uitkeren_cent: int, bijdragen: Mapping[str, int]) -> dict[str, int]:
    """By gemeentecode what goes back, by the key of the year's bijdragen (`SLEUTEL`); together exactly what is to be returned."""
    return allocate(uitkeren_cent, bijdragen)
