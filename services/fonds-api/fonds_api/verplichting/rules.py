"""What a commitment reserves, and what may still be drawn from it. Pure; amounts in cents, without BTW and BTW apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import format_euros

from fonds_api.verplichting.errors import DeelReiktNiet, DelenKloppenNiet

Status = Literal["aangevraagd", "aangegaan", "geweigerd"]
Budgetsoort = Literal["structureel", "meerjarig", "kortcyclisch"]
AANGEVRAAGD, AANGEGAAN, GEWEIGERD = get_args(Status)
BTW = ("", "btw")


@dataclass(frozen=True)
class Deel:
    """What is committed in a year."""

    jaar: int
    bedrag_cent: int
    btw_cent: int


def eisen_delen(delen: Sequence[Deel]) -> None:
    """Refuse parts of which two are of one year. Raises DelenKloppenNiet, which names them all."""
    dubbel = [jaar for jaar, aantal in sorted(Counter(deel.jaar for deel in delen).items()) if aantal > 1]
    if dubbel:
        raise DelenKloppenNiet(
            f"Meer dan een deel van {', '.join(map(str, dubbel))}.",
            invalid_params=[InvalidParam("delen", "dubbel", f"meer dan een deel van {jaar}") for jaar in dubbel],
        )


def reserveringen(post: tuple[str, str], delen: Sequence[Deel]) -> list[tuple[int, tuple[str, str], int]]:
    """(year, post, amount) of all that parts reserve: their post without BTW, and the BTW line, as the papers budget it."""
    return [een for deel in delen for een in ((deel.jaar, post, deel.bedrag_cent), (deel.jaar, BTW, deel.btw_cent))]


def open_van(deel: Any) -> tuple[int, int]:
    """(amount without BTW, BTW) that is neither released nor spent."""
    return (
        deel.bedrag_cent - deel.vrijgevallen_cent - deel.besteed_cent,
        deel.btw_cent - deel.vrijgevallen_btw_cent - deel.besteed_btw_cent,
    )


def eisen_open(deel: Any | None, jaar: int, bedrag_cent: int, btw_cent: int) -> None:
    """Refuse an amount that a part does not have, or nothing at all (F9).

    Raises:
        DeelReiktNiet: with what is open.
    """
    open_cent, open_btw = open_van(deel) if deel is not None else (0, 0)
    if bedrag_cent > open_cent or btw_cent > open_btw or bedrag_cent + btw_cent <= 0:
        raise DeelReiktNiet(
            f"Van {jaar} staat {format_euros(open_cent)} en {format_euros(open_btw)} btw open; gevraagd is "
            f"{format_euros(bedrag_cent)} en {format_euros(btw_cent)} btw.",
            openCent=open_cent,
            openBtwCent=open_btw,
        )
