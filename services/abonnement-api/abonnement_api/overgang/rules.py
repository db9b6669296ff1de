"""Which subscription a gemeente takes over at a herindeling, and when a person must say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gemeengoed_kit.errors import InvalidParam

AANGEVRAAGD, VERWERKT, MISLUKT = "aangevraagd", "verwerkt", "mislukt"
VANZELF, BESLOTEN = "vanzelf", "besloten"


@dataclass(frozen=True)
class Herindeling:
    """A gemeente that ended, or a part of it, that went into another.

    Attributes:
        nieuw_ingesteld: whether the other began on that day.
    """

    ingangsdatum: date
    van: str
    naar: str
    nieuw_ingesteld: bool


@dataclass(frozen=True)
class Inhoud:
    """What a subscription is about on the day of the herindeling.

    Attributes:
        begindatum: the day itself, unless it begins later.
        aanbod: whose terms it has.
    """

    pakket: str
    begindatum: date
    einddatum: date
    aanbod: str | None


@dataclass(frozen=True)
class Oordeel:
    """What a herindeling means for who receives.

    Attributes:
        nieuw: the subscription that it gets; None when it gets none of its own.
        reden: why a person must decide; None when there is nothing to decide.
    """

    nieuw: Inhoud | None
    reden: str | None


def beoordeel(delen: Sequence[Sequence[Inhoud]], eigen: Sequence[Inhoud], dag: date, nieuw_ingesteld: bool) -> Oordeel:
    """What a gemeente takes over. Only where all say the same, nobody has to decide.

    Args:
        delen: per gemeente that went into it, its subscriptions.
        eigen: of the gemeente itself: what runs on the day goes on, whatever it receives.
    """
    alle = [inhoud for deel in delen for inhoud in deel]
    if loopt := van_de_dag(eigen, dag):
        anders = sorted({inhoud.pakket for inhoud in alle} - {loopt[0].pakket})
        reden = f"zij heeft pakket {loopt[0].pakket}, en wat erbij komt {', '.join(anders)}" if anders else None
        return Oordeel(None, reden)
    if eigen:
        return Oordeel(None, f"zij heeft een abonnement dat pas op {eigen[0].begindatum} begint")
    if not nieuw_ingesteld:
        return Oordeel(None, "zij bestond al, en had zelf geen abonnement")
    if any(not deel for deel in delen):
        return Oordeel(None, "niet alle gemeenten die in haar opgingen hadden een abonnement")
    if any(len(deel) > 1 for deel in delen):
        return Oordeel(None, "een gemeente die in haar opging had meer dan één abonnement")
    if len({inhoud.pakket for inhoud in alle}) > 1:
        return Oordeel(None, f"de pakketten verschillen: {', '.join(sorted({inhoud.pakket for inhoud in alle}))}")
    if len(set(alle)) > 1:
        return Oordeel(None, "de looptijden of de voorwaarden verschillen")
    return Oordeel(alle[0], None)


def van_de_dag(inhouden: Sequence[Inhoud], dag: date) -> Sequence[Inhoud]:
    """The subscription that runs on the day, if any; others begin later."""
    return [inhoud for inhoud in inhouden if inhoud.begindatum == dag]


def fouten_in_besluit(
    dag: date,
    delen: Iterable[Inhoud],
    eigen: Sequence[Inhoud],
    pakket: str | None,
    einddatum: date | None,
    besluitdatum: date,
    vandaag: date,
) -> list[InvalidParam]:
    """What is wrong with a decision.

    Args:
        dag: of the herindeling.
        pakket: that is chosen; None for no subscription.
        einddatum: last day that is chosen; None for the furthest of what went over.
    """
    alle = list(delen)
    te_kiezen = {inhoud.pakket for inhoud in [*alle, *eigen]}
    fouten = []
    if besluitdatum > vandaag:
        fouten.append(InvalidParam("ondertekenaar.besluitdatum", "te_laat", "niemand tekent op een besluit dat er nog niet is"))
    if pakket is not None and pakket not in te_kiezen:
        fouten.append(InvalidParam("pakket", "niet_te_kiezen", f"te kiezen is: {', '.join(sorted(te_kiezen))}"))
    if pakket is None and eigen:
        fouten.append(InvalidParam("pakket", "ontbreekt", "de gemeente heeft zelf een abonnement, en dat loopt door"))
    if einddatum is not None and (eigen or pakket is None):
        fouten.append(InvalidParam("einddatum", "overbodig", "er komt geen abonnement bij"))
    elif einddatum is not None and einddatum < max(dag, min((inhoud.begindatum for inhoud in alle), default=dag)):
        fouten.append(InvalidParam("einddatum", "te_vroeg", f"ligt voor het begin ({dag})"))
    return fouten


def gekozen(delen: Sequence[Inhoud], pakket: str, einddatum: date | None) -> Inhoud:
    """The subscription that a decision gives, with the terms of what went over: of that package, the one that lasts longest."""
    bron = max(delen, key=lambda inhoud: (inhoud.pakket == pakket, inhoud.einddatum, inhoud.aanbod or ""))
    begin = min(inhoud.begindatum for inhoud in delen)
    return Inhoud(pakket, begin, einddatum or max(inhoud.einddatum for inhoud in delen), bron.aanbod)


def eerste_januari(dag: date) -> date:
    """The first 1 January on or after a day."""
    return dag if (dag.month, dag.day) == (1, 1) else date(dag.year + 1, 1, 1)
