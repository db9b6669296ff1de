"""When an entry may be booked. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import format_euros

from fonds_api.boeking.errors import NietInEvenwicht, OnbekendeRekening


@dataclass(frozen=True)
class Regel:
    """One line: an account and a signed amount in cents; debet is positive, credit negative."""

    rekening: str
    bedrag_cent: int


def verschil(regels: Sequence[Regel]) -> int:
    """Debet minus credit in cents; zero for an entry in balance."""
    return sum(regel.bedrag_cent for regel in regels)


def eisen_boekbaar(fonds: str, rekeningen: Collection[str], regels: Sequence[Regel]) -> None:
    """Refuse an entry that cannot be booked in a fonds with these accounts; all faults are named at once.

    Raises:
        OnbekendeRekening: lines name accounts that the fonds does not have, or that are not booked on.
        NietInEvenwicht: the lines do not add up to zero; `verschilCent` says by how much.
    """
    onbekend = [
        InvalidParam(
            f"regels.{nummer}.rekening", "onbekend", f"op rekening {regel.rekening} van fonds {fonds} wordt niet geboekt"
        )
        for nummer, regel in enumerate(regels)
        if regel.rekening not in rekeningen
    ]
    cent = verschil(regels)
    scheef = [InvalidParam("regels", "evenwicht", uitleg_verschil(cent))] if cent else []
    if onbekend:
        raise OnbekendeRekening(
            f"{len(onbekend)} regel(s) noemen een rekening waarop in fonds {fonds} niet wordt geboekt.",
            invalid_params=onbekend + scheef,
        )
    if scheef:
        raise NietInEvenwicht(uitleg_verschil(cent), invalid_params=scheef, verschilCent=cent)


def uitleg_verschil(cent: int) -> str:
    """A text about an entry that is `cent` out of balance."""
    meer, minder = ("debet", "credit") if cent > 0 else ("credit", "debet")
    return f"Er staat {format_euros(abs(cent))} meer {meer} dan {minder}; een boeking telt op tot nul."
