"""What an offer must be, what an answer may say, and the text of a reminder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from gemeengoed_kit.errors import InvalidParam

AANGEVRAAGD, OPEN, MISLUKT = "aangevraagd", "open", "mislukt"
ONDERTEKEND, AFGEWEZEN, GEEN_ANTWOORD = "ondertekend", "afgewezen", "geen antwoord"
STAPPEN = (1, 2, 3)
_MAANDEN = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


@dataclass(frozen=True)
class Aanbod:
    """An offer, as far as answers and reminders depend on it."""

    code: str
    naam: str
    bron: str
    pakket: str
    uitzonderingspakket: str | None
    begindatum: date
    einddatum: date
    reageren_voor: date


@dataclass(frozen=True)
class Tekst:
    """A reminder as it can be sent."""

    onderwerp: str
    tekst: str


def tegenstrijdigheden(
    aanbod: Aanbod, peildatum: date, tussentijds: bool, uittreedbijdrage_procent: int, vandaag: date
) -> Iterator[InvalidParam]:
    """The contradictions inside an offer."""
    if aanbod.begindatum.day != 1:
        yield InvalidParam("begindatum", "geen_eerste", "een abonnement begint op de eerste van een maand")
    if (aanbod.einddatum + timedelta(days=1)).day != 1:
        yield InvalidParam("einddatum", "geen_laatste", "een abonnement eindigt op de laatste dag van een maand")
    if aanbod.einddatum <= aanbod.begindatum:
        yield InvalidParam("einddatum", "te_vroeg", f"ligt niet na de begindatum ({aanbod.begindatum})")
    if aanbod.reageren_voor > aanbod.begindatum:
        yield InvalidParam("reagerenVoor", "te_laat", f"ligt na de begindatum ({aanbod.begindatum})")
    if peildatum > vandaag:
        yield InvalidParam("peildatum", "te_laat", f"van {peildatum} is nog geen inwonertal bekend; het is nu {vandaag}")
    if aanbod.uitzonderingspakket == aanbod.pakket:
        yield InvalidParam("uitzonderingspakket", "gelijk", "is hetzelfde als het pakket")
    if uittreedbijdrage_procent and not tussentijds:
        yield InvalidParam("uittreedbijdrageProcent", "overbodig", "wie niet tussentijds weg kan, betaalt daar ook niet voor")


def ingangsdatum(begindatum: date, datum: date) -> date:
    """The first day of a subscription that is signed on a day: that of the offer, or else the first of a month that comes."""
    if datum <= begindatum:
        return begindatum
    return datum if datum.day == 1 else date(datum.year + datum.month // 12, datum.month % 12 + 1, 1)


def fouten_in(
    aanbod: Aanbod, antwoord: str, datum: date, besluitdatum: date, pakket: str | None, uitzondering: str | None, vandaag: date
) -> Iterator[InvalidParam]:
    """What is wrong with an answer.

    Args:
        pakket: that is asked for; None for that of the offer.
        uitzondering: why the gemeente takes another package.
    """
    if datum > vandaag:
        yield InvalidParam("datum", "in_de_toekomst", f"een antwoord is vast te leggen vanaf de dag zelf; het is nu {vandaag}")
    if besluitdatum > datum:
        yield InvalidParam("ondertekenaar.besluitdatum", "te_laat", "niemand tekent op een besluit dat er nog niet is")
    if antwoord == AFGEWEZEN:
        if pakket is not None or uitzondering is not None:
            yield InvalidParam("pakket", "overbodig", "wie afwijst, krijgt geen pakket")
        return
    if ingangsdatum(aanbod.begindatum, datum) > aanbod.einddatum:
        yield InvalidParam("datum", "te_laat", f"het aanbod liep tot en met {aanbod.einddatum}")
    gekozen = pakket or aanbod.pakket
    if gekozen not in (aanbod.pakket, aanbod.uitzonderingspakket):
        yield InvalidParam("pakket", "niet_aangeboden", f"{gekozen} is niet aangeboden")
    elif gekozen != aanbod.pakket and uitzondering is None:
        yield InvalidParam("uitzondering", "ontbreekt", f"waarom krijgt de gemeente {gekozen}?")
    elif gekozen == aanbod.pakket and uitzondering is not None:
        yield InvalidParam("uitzondering", "overbodig", f"{gekozen} is geen uitzondering")


def procent(deel: int, geheel: int) -> str:
    """A share in per cents with one decimal: "87.4"; "0.0" of nothing."""
    waarde = Decimal(100 * deel) / geheel if geheel else Decimal(0)
    return str(waarde.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def dag_nl(dag: date) -> str:
    """2017-06-01 to "1 juni 2017"."""
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


def rappeltekst(aanbod: Aanbod, gemeentenaam: str, stap: int, vandaag: date, getekend: int, alle: int) -> Tekst:
    """A reminder to a gemeente that has not answered.

    Args:
        stap: 1 asks, 2 says how long there is, 3 says what it means not to answer.
        getekend: how many of all gemeenten have signed.
    """
    kern = (
        f"Op grond van {aanbod.bron} ontving u het aanbod \u201c{aanbod.naam}\u201d. "
        f"Het abonnement gaat in op {dag_nl(aanbod.begindatum)} en loopt tot en met {dag_nl(aanbod.einddatum)}. "
        "Wij hebben van u nog geen antwoord."
    )
    dagen = (aanbod.reageren_voor - vandaag).days
    nog = (
        f"Daarvoor hebt u nog {dagen} {'dag' if dagen == 1 else 'dagen'}: uw antwoord is gevraagd voor "
        f"{dag_nl(aanbod.reageren_voor)}."
        if dagen > 0
        else f"Uw antwoord was gevraagd voor {dag_nl(aanbod.reageren_voor)}."
    )
    stand = f"Inmiddels hebben {getekend} van de {alle} gemeenten getekend."
    slot = (
        "Wilt u laten weten of uw gemeente tekent, wie namens haar tekent, en op grond van welk besluit? "
        "Ook als u niet wilt deelnemen, horen wij dat graag."
    )
    gevolg = (
        "Het tarief gaat uit van deelname van alle gemeenten. Zonder uw antwoord is er vanaf de begindatum geen abonnement, "
        "terwijl de taak zelf wettelijk verplicht blijft."
    )
    alineas = {1: (kern, nog, slot), 2: (kern, nog, stand, slot), 3: (kern, nog, stand, gevolg, slot)}[stap]
    onderwerp = f"{'Laatste herinnering' if stap == STAPPEN[-1] else 'Herinnering'}: uw antwoord op \u201c{aanbod.naam}\u201d"
    aanhef = f"Geacht college van {gemeentenaam},"
    return Tekst(onderwerp, "\n\n".join([aanhef, *alineas, f"Kenmerk: {aanbod.code}"]))
