"""Which days a subscription can end on, when notice must be given, and what leaving costs."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import round_half_up

from abonnement_api.abonnement.rules import hele_maanden

BIJDRAGE = (
    "prijs per jaar × resterende hele maanden van de looptijd / 12 × percentage, één keer afgerond op hele centen; "
    "een halve cent gaat omhoog"
)


@dataclass(frozen=True)
class Voorwaarden:
    """The terms of an offer.

    Attributes:
        opzegtermijn_maanden: months between notice and the last day.
        tussentijds: whether it may end at the end of any calendar year, and not only of the term.
        uittreedbijdrage_procent: what share of the price of the rest of the term leaving costs.
    """

    opzegtermijn_maanden: int
    tussentijds: bool
    uittreedbijdrage_procent: int


EEN_DAG = timedelta(days=1)
GEEN = Voorwaarden(0, False, 0)
"""Nothing was agreed: it ends when its term ends."""


@dataclass(frozen=True)
class Uittreden:
    """A day on which a subscription can end.

    Attributes:
        uiterste_opzegdag: the last day on which notice can be given for it.
        resterende_maanden: of the term, after that day.
        bijdrage_cent: what leaving then costs; None when the price of a year is not known.
    """

    laatste_dag: date
    uiterste_opzegdag: date
    resterende_maanden: int
    bijdrage_cent: int | None


def uiterste_opzegdag(laatste_dag: date, maanden: int) -> date:
    """The last day on which notice can be given: the whole period lies between that day and the first day without.

    With six months, for 31 December it is 30 June. In a month without that day, it is the last of the month.
    """
    eerste_zonder = laatste_dag + timedelta(days=1)
    jaar, maand = divmod(eerste_zonder.year * 12 + eerste_zonder.month - 1 - maanden, 12)
    dag = min(eerste_zonder.day, monthrange(jaar, maand + 1)[1])
    return date(jaar, maand + 1, dag) - timedelta(days=1)


def mogelijkheden(begindatum: date, einddatum: date, voorwaarden: Voorwaarden, jaarprijs_cent: int | None) -> Sequence[Uittreden]:
    """Every day on which a subscription can end, the first first: the end of the term, and of each year in it where the terms
    say so.

    Args:
        jaarprijs_cent: of a whole year; None when it is not known.
    """
    jaren = range(begindatum.year, einddatum.year + 1) if voorwaarden.tussentijds else ()
    dagen = [dag for jaar in jaren if begindatum <= (dag := date(jaar, 12, 31)) < einddatum]
    return [uittreden(dag, einddatum, voorwaarden, jaarprijs_cent) for dag in [*dagen, einddatum]]


def uittreden(laatste_dag: date, einddatum: date, voorwaarden: Voorwaarden, jaarprijs_cent: int | None) -> Uittreden:
    """What it means to end on a day."""
    maanden = hele_maanden(laatste_dag + timedelta(days=1), einddatum) if laatste_dag < einddatum else 0
    opzegdag = uiterste_opzegdag(laatste_dag, voorwaarden.opzegtermijn_maanden)
    return Uittreden(laatste_dag, opzegdag, maanden, bijdrage_cent(jaarprijs_cent, maanden, voorwaarden.uittreedbijdrage_procent))


def bijdrage_cent(jaarprijs_cent: int | None, maanden: int, procent: int) -> int | None:
    """What leaving costs, by the rule BIJDRAGE; None when it depends on a price that is not known."""
    if maanden == 0 or procent == 0:
        return 0
    return None if jaarprijs_cent is None else round_half_up(Decimal(jaarprijs_cent * maanden * procent) / 1200)


@dataclass(frozen=True)
class Stand:
    """A subscription as it is now."""

    begindatum: date
    laatste_dag: date
    opgezegd: bool
    overgegaan_op: date | None


def fouten_in_opzegging(
    stand: Stand, voorwaarden: Voorwaarden, datum: date, besluitdatum: date, laatste_dag: date | None, vandaag: date
) -> tuple[date, list[InvalidParam]]:
    """(the last day, what is wrong with a notice).

    Args:
        datum: the day on which notice is given.
        laatste_dag: that is asked for; None for the first day that the terms allow.
    """
    fouten = []
    if datum > vandaag:
        fouten.append(
            InvalidParam("datum", "in_de_toekomst", f"opzeggen is vast te leggen vanaf de dag zelf; het is nu {vandaag}")
        )
    if besluitdatum > datum:
        fouten.append(InvalidParam("ondertekenaar.besluitdatum", "te_laat", "niemand tekent op een besluit dat er nog niet is"))
    if stand.overgegaan_op is not None:
        fouten.append(InvalidParam("laatsteDag", "overgegaan", f"het abonnement is per {stand.overgegaan_op} overgegaan"))
    elif stand.opgezegd:
        fouten.append(InvalidParam("laatsteDag", "al_opgezegd", f"het abonnement is opgezegd en eindigt op {stand.laatste_dag}"))
    if fouten:
        return stand.laatste_dag, fouten
    alle = mogelijkheden(stand.begindatum, stand.laatste_dag, voorwaarden, None)
    kan = [optie.laatste_dag for optie in alle if datum <= min(optie.uiterste_opzegdag, optie.laatste_dag)]
    if not kan:
        return stand.laatste_dag, [InvalidParam("datum", "te_laat", f"opzeggen kon tot en met {alle[-1].uiterste_opzegdag}")]
    if laatste_dag is not None and laatste_dag not in kan:
        genoemd = ", ".join(str(dag) for dag in kan)
        fouten.append(InvalidParam("laatsteDag", "kan_niet", f"met deze opzegtermijn kan het eindigen op: {genoemd}"))
    return laatste_dag or kan[0], fouten


def fouten_in_pakketwijziging(
    stand: Stand, ingangsdatum: date, pakket: str, huidig: str, laatste: date | None, vandaag: date
) -> list[InvalidParam]:
    """What is wrong with another package from a day on.

    Args:
        huidig: the package of that day.
        laatste: the day of the last change, if any.
    """
    fouten = []
    if (ingangsdatum.month, ingangsdatum.day) != (1, 1):
        fouten.append(InvalidParam("ingangsdatum", "geen_1_januari", "een factuur gaat over een heel jaar"))
    if ingangsdatum <= vandaag:
        fouten.append(InvalidParam("ingangsdatum", "voorbij", f"een jaar dat begonnen is, wijzigt niet; het is nu {vandaag}"))
    if stand.overgegaan_op is not None or not stand.begindatum < ingangsdatum <= stand.laatste_dag:
        fouten.append(
            InvalidParam("ingangsdatum", "buiten_looptijd", f"het loopt van {stand.begindatum} tot en met {stand.laatste_dag}")
        )
    if laatste is not None and laatste >= ingangsdatum:
        fouten.append(InvalidParam("ingangsdatum", "te_vroeg", f"er is al een wijziging per {laatste}"))
    if pakket == huidig:
        fouten.append(InvalidParam("pakket", "gelijk", f"dat pakket heeft de gemeente dan al: {huidig}"))
    return fouten
