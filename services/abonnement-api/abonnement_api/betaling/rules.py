"""Which invoice a receipt pays, and how it is divided over the lines of that invoice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gemeengoed_kit.money import allocate

from abonnement_api.factuur.rules import is_betalingskenmerk

KENMERK, OMSCHRIJVING = "betalingskenmerk", "omschrijving"
NIETS_GENOEMD = "noemt geen betalingskenmerk of factuurnummer"
NIETS_BEKENDS = "wat het noemt, hoort bij geen factuur"
TE_VEEL = "te veel betaald"
_LENGTE = 16
_CIJFERREEKS = re.compile(r"\d+(?:[ .]+\d+)*", re.ASCII)
_FACTUURNUMMER = re.compile(r"(?<!\d)(\d{4}) ?- ?(\d{6})(?!\d)", re.ASCII)


@dataclass(frozen=True)
class Koppeling:
    """The invoice that a receipt names, and where it does so; or the reason why it stays unmatched."""

    factuur: str | None
    manier: str | None = None
    reden: str | None = None


@dataclass(frozen=True)
class Saldo:
    """A balance of the account, with its date if the bank gives one."""

    cent: int
    dag: date | None


def sluit_aan(begin: Saldo, vorig_eind: Saldo | None) -> bool:
    """Whether a statement continues where the previous one ended: with the same balance, and not with an earlier date.

    The same date is no overlap: some banks date the opening balance on the day of the closing one, and there may be more than
    one statement of a day.

    Args:
        vorig_eind: of the statement that was read before it; None when it is the first.
    """
    if vorig_eind is None or begin.cent != vorig_eind.cent:
        return False
    return begin.dag is None or vorig_eind.dag is None or begin.dag >= vorig_eind.dag


def nieuw_volgens_bank(bijgeschreven_cent: int, bekend_cent: int, begin: Saldo, vorig_eind: Saldo | None) -> int:
    """The cents that a statement adds to what was received, by the bank's own figures.

    Normally these are all its credits. If it does not continue where the previous one ended, it overlaps another statement, and
    receipts that are known already are subtracted. We decide ourselves which are known; this is wrong when we took two payments
    for one.

    Args:
        bijgeschreven_cent: sum of its booked credit entries.
        bekend_cent: sum of the receipts that we recognised from an earlier statement.
        begin, vorig_eind: see `sluit_aan`.
    """
    return bijgeschreven_cent if sluit_aan(begin, vorig_eind) else bijgeschreven_cent - bekend_cent


def kenmerken_in(tekst: str) -> set[str]:
    """Every betalingskenmerk of 16 digits in a text: without gaps, or in groups separated by spaces or dots."""
    return {
        kandidaat
        for reeks in _CIJFERREEKS.findall(tekst)
        for kandidaat in _aaneengesloten(reeks.replace(".", " ").split())
        if is_betalingskenmerk(kandidaat)
    }


def _aaneengesloten(groepen: Sequence[str]) -> Iterator[str]:
    for begin in range(len(groepen)):
        kandidaat = ""
        for groep in groepen[begin : begin + _LENGTE]:
            kandidaat += groep
            if len(kandidaat) >= _LENGTE:
                break
        if len(kandidaat) == _LENGTE:
            yield kandidaat


def nummers_in(tekst: str) -> set[str]:
    """Every invoice number in a text, such as 2018-000001."""
    return {f"{jaar}-{volgnummer}" for jaar, volgnummer in _FACTUURNUMMER.findall(tekst)}


def genoemd(gestructureerd: Sequence[str], tekst: str) -> tuple[set[str], set[str]]:
    """(betalingskenmerken, invoice numbers) that a receipt names anywhere."""
    alles = "\n".join([*gestructureerd, tekst])
    return kenmerken_in(alles), nummers_in(alles)


def koppelen(gestructureerd: Sequence[str], tekst: str, kenmerken: Mapping[str, str], nummers: Collection[str]) -> Koppeling:
    """Find the invoice: first by a structured reference, then by what the text names. Never by amount or payer.

    Args:
        gestructureerd: structured references as the bank gives them.
        tekst: free text.
        kenmerken: of existing invoices, betalingskenmerk to number.
        nummers: numbers of existing invoices.
    """
    gevonden = {kenmerken[k] for ref in gestructureerd for k in kenmerken_in(ref) if k in kenmerken}
    manier = KENMERK
    in_alles, genummerd = genoemd(gestructureerd, tekst)
    if not gevonden:
        gevonden = {kenmerken[k] for k in in_alles if k in kenmerken} | (genummerd & set(nummers))
        manier = OMSCHRIJVING
    if len(gevonden) == 1:
        return Koppeling(gevonden.pop(), manier)
    if gevonden:
        return Koppeling(None, reden=f"noemt meer dan één factuur: {', '.join(sorted(gevonden))}")
    return Koppeling(None, reden=NIETS_BEKENDS if in_alles or genummerd else NIETS_GENOEMD)


def toewijzen(bedrag_cent: int, open_cent: Mapping[str, int]) -> dict[str, int]:
    """Divide a receipt over the lines of an invoice, pro rata to the open amount of each, by largest remainder.

    Never more than is open; when everything is paid, every line is paid exactly. An excess is not divided.

    Args:
        open_cent: dienst to cents still open, zero or more.
    """
    te_verdelen = min(bedrag_cent, sum(open_cent.values()))
    if te_verdelen == 0:
        return {}
    return {dienst: cent for dienst, cent in allocate(te_verdelen, open_cent).items() if cent}
