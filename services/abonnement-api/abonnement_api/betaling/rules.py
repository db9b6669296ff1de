"""Which invoice a receipt pays, and how it is divided over that invoice's lines."""

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
    """The invoice that a receipt names, and where it does; or why it stays unmatched."""

    factuur: str | None
    manier: str | None = None
    reden: str | None = None


@dataclass(frozen=True)
class Saldo:
    """A balance of the account, and the day that it is of where the bank says so."""

    cent: int
    dag: date | None


def sluit_aan(begin: Saldo, vorig_eind: Saldo | None) -> bool:
    """Whether a statement goes on where the last one ended: from the same balance, and not from a day before.

    The same day is no overlap: some banks date the opening balance on the day of the closing one, and there may be more than
    one statement of a day.

    Args:
        vorig_eind: of the statement taken in before it; None when it is the first.
    """
    if vorig_eind is None or begin.cent != vorig_eind.cent:
        return False
    return begin.dag is None or vorig_eind.dag is None or begin.dag >= vorig_eind.dag


def nieuw_volgens_bank(bijgeschreven_cent: int, bekend_cent: int, begin: Saldo, vorig_eind: Saldo | None) -> int:
    """What a statement adds to what came in, by the bank's own figures, in cents.

    All that it credits. Only where it does not go on where the last one ended, and so covers days of another one too, what is
    known already is taken off: that is our own finding, and wrong where two payments were taken for one.

    Args:
        bijgeschreven_cent: sum of its booked credit entries.
        bekend_cent: what we took for known of an earlier statement.
        begin, vorig_eind: see `sluit_aan`.
    """
    return bijgeschreven_cent if sluit_aan(begin, vorig_eind) else bijgeschreven_cent - bekend_cent


def kenmerken_in(tekst: str) -> set[str]:
    """Every betalingskenmerk of 16 digits in a text: in one piece, or in groups with spaces or dots between."""
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
    """Every invoice number in a text, as 2018-000001."""
    return {f"{jaar}-{volgnummer}" for jaar, volgnummer in _FACTUURNUMMER.findall(tekst)}


def genoemd(gestructureerd: Sequence[str], tekst: str) -> tuple[set[str], set[str]]:
    """(betalingskenmerken, invoice numbers) that a receipt names, anywhere."""
    alles = "\n".join([*gestructureerd, tekst])
    return kenmerken_in(alles), nummers_in(alles)


def koppelen(gestructureerd: Sequence[str], tekst: str, kenmerken: Mapping[str, str], nummers: Collection[str]) -> Koppeling:
    """Find the invoice: by a structured reference first, then by what the text names. Never by amount or payer.

    Args:
        gestructureerd: structured references as the bank gives them.
        tekst: free text.
        kenmerken: betalingskenmerk to number, of invoices that exist.
        nummers: numbers of invoices that exist.
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
    """Divide a receipt over the lines of an invoice, pro rata to what is open on each, by largest remainder.

    Never more than is open; when all of it is paid, every line is paid exactly. What is left is not divided.

    Args:
        open_cent: dienst to cents still open, zero or more.
    """
    te_verdelen = min(bedrag_cent, sum(open_cent.values()))
    if te_verdelen == 0:
        return {}
    return {dienst: cent for dienst, cent in allocate(te_verdelen, open_cent).items() if cent}
