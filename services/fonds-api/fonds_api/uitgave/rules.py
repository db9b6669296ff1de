"""How spending is booked. Pure; amounts in cents."""

from __future__ import annotations

from datetime import date

from fonds_api.boeking.rules import Regel
from fonds_api.uitgave.errors import BoekdatumBuitenJaar

BANK, CREDITEUREN, BTW = "1100", "1600", "4900"


def eisen_in_jaar(boekdatum: date, jaar: int) -> None:
    """Refuse a day outside the year that the money was budgeted for: what is spent of a year's budget is what its accounts show.

    Raises:
        BoekdatumBuitenJaar: with both.
    """
    if boekdatum.year != jaar:
        raise BoekdatumBuitenJaar(f"{boekdatum} ligt niet in {jaar}.")


def regels(rekening: str, bedrag_cent: int, btw_cent: int) -> list[Regel]:
    """An invoice comes in: the cost on the account of its post, the BTW on its own, and both owed to the supplier."""
    lasten = [Regel(rekening, bedrag_cent), Regel(BTW, btw_cent), Regel(CREDITEUREN, -bedrag_cent - btw_cent)]
    return [regel for regel in lasten if regel.bedrag_cent]


def betaald(bedrag_cent: int) -> list[Regel]:
    """The supplier is paid."""
    return [Regel(CREDITEUREN, bedrag_cent), Regel(BANK, -bedrag_cent)]
