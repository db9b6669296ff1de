"""Rules of a chart of accounts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import format_euros

DEBET, CREDIT = "debet", "credit"
_DEBET = frozenset(("activa", "lasten"))


@dataclass(frozen=True)
class Plek:
    """Where an account stands: what it rolls up into, and whether others roll up into it."""

    boven: str | None
    verzamelrekening: bool


@dataclass(frozen=True)
class Grenzen:
    """The floor and the ceiling of a balance (debet minus credit) in cents; None where there is none."""

    minimum_cent: int | None
    maximum_cent: int | None


@dataclass(frozen=True)
class Som:
    """What is booked on an account, or on all under it, in cents; both zero or more."""

    debet_cent: int
    credit_cent: int


def normale_zijde(soort: str) -> str:
    """The side on which an account of this kind grows, unless it is a contra account."""
    return DEBET if soort in _DEBET else CREDIT


def bezwaren(nummer: str, nieuw: Plek, plekken: Mapping[str, Plek], grenzen: Grenzen, saldo_cent: int) -> list[InvalidParam]:
    """Everything for which an account cannot be like this, by the names of the wire.

    Args:
        plekken: the accounts of the fonds, by number; whether the account itself is among them makes no difference.
        saldo_cent: what it stands at now, debet minus credit.
    """
    return [*_boven(nummer, nieuw, plekken), *_grenzen(nieuw, grenzen, saldo_cent)]


def _boven(nummer: str, nieuw: Plek, plekken: Mapping[str, Plek]) -> Iterator[InvalidParam]:
    boven = nieuw.boven
    if boven is None:
        return
    if boven == nummer or nummer in hoger(boven, plekken):
        yield InvalidParam("boven", "kring", f"rekening {nummer} zou zichzelf optellen")
    elif boven not in plekken:
        yield InvalidParam("boven", "onbekend", f"er is geen rekening {boven} in dit fonds")
    elif not plekken[boven].verzamelrekening:
        yield InvalidParam("boven", "geen_verzamelrekening", f"op rekening {boven} wordt geboekt; zij telt niets op")


def hoger(nummer: str, plekken: Mapping[str, Plek]) -> list[str]:
    """The accounts that an account rolls up into, nearest first."""
    gevonden: list[str] = []
    while (plek := plekken.get(nummer)) and plek.boven and plek.boven not in gevonden:
        nummer = plek.boven
        gevonden.append(nummer)
    return gevonden


def _grenzen(nieuw: Plek, grenzen: Grenzen, saldo_cent: int) -> Iterator[InvalidParam]:
    laag, hoog = grenzen.minimum_cent, grenzen.maximum_cent
    if nieuw.verzamelrekening and (laag is not None or hoog is not None):
        yield InvalidParam("minimumCent" if laag is not None else "maximumCent", "verzamelrekening", "hier wordt niet op geboekt")
    elif laag is not None and hoog is not None and laag > hoog:
        yield InvalidParam("minimumCent", "boven_maximum", "het minimum ligt boven het maximum")
    elif laag is not None and saldo_cent < laag:
        yield InvalidParam("minimumCent", "saldo", f"het saldo is nu {format_euros(saldo_cent)}, dat is lager")
    elif hoog is not None and saldo_cent > hoog:
        yield InvalidParam("maximumCent", "saldo", f"het saldo is nu {format_euros(saldo_cent)}, dat is hoger")


def opgeteld(plekken: Mapping[str, Plek], sommen: Iterable[tuple[str, Som]]) -> dict[str, Som]:
    """Per account what is booked on it and on everything under it.

    Args:
        sommen: per account what is booked on it; an account that is not among them has nothing.
    """
    debet, credit = dict.fromkeys(plekken, 0), dict.fromkeys(plekken, 0)
    for nummer, som in sommen:
        for een in (nummer, *hoger(nummer, plekken)):
            debet[een] += som.debet_cent
            credit[een] += som.credit_cent
    return {nummer: Som(debet[nummer], credit[nummer]) for nummer in plekken}
