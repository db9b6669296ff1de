"""The phases of a voorziening as a state machine, and what each step needs. Pure.

The steps: VNG, collectivisering ("pilots", "impactanalyse", "is de impactanalyse positief"). Who decides: BALV 30-11-2016, part C
(the bestuur, which the College advises). The three steps of taking into beheer: GGU 2020-2024, Beheer gezamenlijke uitvoering.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from gemeengoed_kit.errors import InvalidParam

Fase = Literal["initiatief", "pilot", "impactanalyse", "opschaling", "in beheer", "uitfasering", "gestopt"]
Beheerstap = Literal["starten", "doorlopen", "continueren"]
INITIATIEF, PILOT, IMPACTANALYSE, OPSCHALING = "initiatief", "pilot", "impactanalyse", "opschaling"
IN_BEHEER, UITFASERING, GESTOPT = "in beheer", "uitfasering", "gestopt"
FASEN = (INITIATIEF, PILOT, IMPACTANALYSE, OPSCHALING, IN_BEHEER, UITFASERING, GESTOPT)
STARTEN, DOORLOPEN, CONTINUEREN = "starten", "doorlopen", "continueren"
VERVOLG: Mapping[str | None, Collection[str]] = {
    None: FASEN,
    INITIATIEF: (PILOT, GESTOPT),
    PILOT: (IMPACTANALYSE, GESTOPT),
    IMPACTANALYSE: (OPSCHALING, GESTOPT),
    OPSCHALING: (IN_BEHEER, GESTOPT),
    IN_BEHEER: (UITFASERING, GESTOPT),
    UITFASERING: (GESTOPT,),
    GESTOPT: (),
}
"""What follows on each phase. Where none is known, a voorziening enters where its grounds allow."""
STAP_NA: Mapping[str, str | None] = {STARTEN: None, DOORLOPEN: STARTEN, CONTINUEREN: DOORLOPEN}
"""The step that goes before each step of taking into beheer."""
DRAAGT = {OPSCHALING: "opschaling", IN_BEHEER: "beheer", UITFASERING: "beeindiging"}
"""What a besluit must permit (besluit, `gronden`) for a phase."""
BESTUUR = "bestuur"
AFGEROND, AFGEBROKEN, POSITIEF = "afgerond", "afgebroken", "positief"
_VOORKEUR = (AFGEROND, "loopt", "gepland", AFGEBROKEN)
"""Of pilots, which of them carries a step best."""


@dataclass(frozen=True)
class Besluit:
    """What counts of a besluit about the voorziening.

    Attributes:
        datum: the last day that it can have been taken.
        met_advies: whether the College advised before it.
    """

    gremium: str
    datum: date
    met_advies: bool


@dataclass(frozen=True)
class Stand:
    """A voorziening as it is, with all that a step could rest on.

    Attributes:
        fase: None where it is not known.
        sinds: day of the last step.
        pilots: id to status.
        pilot_eind: id to the last day of each pilot.
        impactanalyse: (versie, conclusie) of the one that holds.
        analyse_datum: its day.
        besluiten: all about it, by id.
        dragend: ids of the besluiten that permit the phase that is asked for, on that day; where it needs none, empty.
    """

    fase: str | None = None
    beheerstap: str | None = None
    gepubliceerd: bool = True
    sinds: date | None = None
    pilots: Mapping[uuid.UUID, str] = field(default_factory=dict)
    pilot_eind: Mapping[uuid.UUID, date] = field(default_factory=dict)
    impactanalyse: tuple[int, str] | None = None
    analyse_datum: date | None = None
    besluiten: Mapping[uuid.UUID, Besluit] = field(default_factory=dict)
    dragend: Collection[uuid.UUID] = ()


@dataclass(frozen=True)
class Overgang:
    """A step that is asked for, on its grounds."""

    naar: str
    datum: date
    stap: str | None = None
    besluit: uuid.UUID | None = None
    pilot: uuid.UUID | None = None
    impactanalyse: int | None = None
    gebeurtenis: str | None = None
    reden: str | None = None


def beheerstap(stand: Stand, overgang: Overgang) -> str | None:
    """The beheerstap after a step: what is in beheer goes on in it, what leaves it has none, and one that papers told before the
    phase was known stays."""
    if overgang.naar == OPSCHALING:
        return overgang.stap or stand.beheerstap
    return CONTINUEREN if overgang.naar == IN_BEHEER else None


def nodig(stand: Stand, overgang: Overgang) -> str | None:
    """What a besluit must permit for a step (besluit, `gronden`); None where it needs none."""
    if overgang.naar == OPSCHALING and stand.fase == OPSCHALING:
        return "beheer" if overgang.stap == DOORLOPEN else None
    if overgang.naar == UITFASERING and overgang.besluit is None:
        return None
    return DRAAGT.get(overgang.naar)


def stappen(stand: Stand) -> Iterator[tuple[str, str | None]]:
    """(naar, stap) of everything that a step could go to: each phase, and in opschaling what prepares the beheer."""
    for fase in FASEN:
        if fase == OPSCHALING == stand.fase:
            yield from ((fase, STARTEN), (fase, DOORLOPEN))
        else:
            yield fase, None


def ontbreekt(stand: Stand, naar: str, stap: str | None, dag: date) -> list[InvalidParam]:
    """All that is missing for a step on a day, on the best grounds that there are; what whoever makes the step says, such as a
    reason, is not missing. Empty: the step can be made.

    Args:
        stand: with in `dragend` what permits this phase, weightiest first.
    """
    pilots = sorted(stand.pilots, key=lambda id: (_VOORKEUR.index(stand.pilots[id]), stand.pilot_eind.get(id, dag), id))
    pilot = next(iter(pilots), None)
    besluiten: list[uuid.UUID | None] = [*stand.dragend] or [None]
    stappen = (Overgang(naar, dag, stap, besluit, pilot, gebeurtenis="", reden="") for besluit in besluiten)
    return min((bezwaren(stand, een, dag) for een in stappen), key=len)


def bezwaren(stand: Stand, overgang: Overgang, vandaag: date) -> list[InvalidParam]:
    """All for which a step cannot be made, by the names of the wire."""
    fouten = [*_volgorde(stand, overgang), *_dag(stand, overgang, vandaag)]
    if not stand.gepubliceerd:
        fouten.append(InvalidParam("voorziening", "concept", "een concept heeft nog geen levensloop; publiceer haar eerst"))
    fouten += _besluit(stand, overgang, nodig(stand, overgang))
    fouten += _bekend(stand, overgang)
    fouten += _GRONDEN.get(overgang.naar, _iets)(stand, overgang)
    if overgang.naar == GESTOPT and overgang.reden is None:
        fouten.append(InvalidParam("reden", "ontbreekt", "wat stopt, stopt met een reden: ervan te leren valt voor iedereen"))
    return fouten


def _volgorde(stand: Stand, overgang: Overgang) -> Iterator[InvalidParam]:
    van, naar, stap = stand.fase, overgang.naar, overgang.stap
    if van == naar == OPSCHALING:
        yield from _stap(stand, stap)
        return
    if naar not in VERVOLG[van]:
        kan = " of ".join(VERVOLG[van]) or "niets meer"
        yield InvalidParam("naar", "volgorde", f"op {van} volgt {kan}, niet {naar}")
    if naar == IN_BEHEER:
        if stap not in (None, CONTINUEREN):
            yield InvalidParam("stap", "past_niet", f"wat in beheer is, is aan het {CONTINUEREN}, niet aan het {stap}")
        if (van == OPSCHALING or stand.beheerstap is not None) and stand.beheerstap != DOORLOPEN:
            yield InvalidParam("stap", "volgorde", f"eerst {STARTEN} en {DOORLOPEN}; nu is de stap {stand.beheerstap or 'geen'}")
    elif stap is not None:
        yield InvalidParam("stap", "past_niet", f"een stap van het in beheer nemen hoort bij wat al in {OPSCHALING} is")


def _stap(stand: Stand, stap: str | None) -> Iterator[InvalidParam]:
    """Of a step that stays in opschaling: it prepares the beheer."""
    if stap is None:
        yield InvalidParam("naar", "volgorde", f"zij is al in de fase {OPSCHALING}; noem een stap, of ga verder naar {IN_BEHEER}")
    elif stap == CONTINUEREN:
        yield InvalidParam("stap", "past_niet", f"{CONTINUEREN} begint met de overgang naar {IN_BEHEER}")
    elif stand.beheerstap != STAP_NA[stap]:
        yield InvalidParam(
            "stap", "volgorde", f"{stap} volgt op {STAP_NA[stap] or 'geen stap'}; nu is de stap {stand.beheerstap}"
        )


def _dag(stand: Stand, overgang: Overgang, vandaag: date) -> Iterator[InvalidParam]:
    if overgang.datum > vandaag:
        yield InvalidParam("datum", "toekomst", f"{overgang.datum} ligt na vandaag, {vandaag}")
    if stand.sinds is not None and overgang.datum < stand.sinds:
        yield InvalidParam("datum", "volgorde", f"de vorige overgang was op {stand.sinds}")


def _besluit(stand: Stand, overgang: Overgang, voor: str | None) -> Iterator[InvalidParam]:
    naam, id = "grondslag.besluit", overgang.besluit
    if id is None:
        if voor is not None:
            yield InvalidParam(naam, "ontbreekt", f"noem het besluit dat {voor} toestaat")
        return
    besluit = stand.besluiten.get(id)
    if besluit is None:
        yield InvalidParam(naam, "onbekend", f"over deze voorziening is er geen besluit {id}")
    elif voor is not None and id not in stand.dragend:
        yield InvalidParam(naam, "draagt_niet", f"dat besluit staat {voor} op {overgang.datum} niet toe")
    elif besluit.datum > overgang.datum:
        yield InvalidParam(naam, "later", f"dat besluit is van {besluit.datum}, later dan de overgang")
    elif voor == "opschaling" and besluit.gremium == BESTUUR and not besluit.met_advies:
        yield InvalidParam(naam, "zonder_advies", "aan dat bestuursbesluit ging geen advies van het College vooraf")


def _bekend(stand: Stand, overgang: Overgang) -> Iterator[InvalidParam]:
    """What is named must be of this voorziening."""
    if overgang.pilot is not None and overgang.pilot not in stand.pilots:
        yield InvalidParam("grondslag.pilot", "onbekend", f"deze voorziening heeft geen pilot {overgang.pilot}")
    if overgang.impactanalyse is not None and (stand.impactanalyse is None or overgang.impactanalyse > stand.impactanalyse[0]):
        reden = f"deze voorziening heeft geen impactanalyse {overgang.impactanalyse}"
        yield InvalidParam("grondslag.impactanalyse", "onbekend", reden)


def _een_pilot(stand: Stand, overgang: Overgang) -> Iterator[InvalidParam]:
    """One that is planned or runs; for an impactanalyse one that was held, with results."""
    naam, status = "grondslag.pilot", stand.pilots.get(overgang.pilot) if overgang.pilot else None
    if overgang.pilot is None:
        wat = "een pilot" if overgang.naar == PILOT else "de pilot die is afgerond, met resultaten"
        yield InvalidParam(naam, "ontbreekt", f"noem {wat} van deze voorziening")
    elif status == AFGEBROKEN:
        yield InvalidParam(naam, "afgebroken", "die pilot is afgebroken")
    elif status is not None and overgang.naar == IMPACTANALYSE and status != AFGEROND:
        yield InvalidParam(naam, "niet_afgerond", f"die pilot is {status}, en heeft nog geen resultaten")
    elif overgang.naar == IMPACTANALYSE and (eind := stand.pilot_eind.get(overgang.pilot)) and eind > overgang.datum:
        yield InvalidParam(naam, "later", f"die pilot eindigde op {eind}, later dan de overgang")


def _een_analyse(stand: Stand, overgang: Overgang) -> Iterator[InvalidParam]:
    """The last one, and positive; whoever names it may, and otherwise it is meant."""
    naam = "grondslag.impactanalyse"
    if stand.fase == OPSCHALING:
        yield from _iets(stand, overgang)
    elif stand.impactanalyse is None:
        yield InvalidParam(naam, "ontbreekt", "er is geen impactanalyse van deze voorziening")
    else:
        versie, conclusie = stand.impactanalyse
        if overgang.impactanalyse is not None and overgang.impactanalyse < versie:
            yield InvalidParam(naam, "niet_de_laatste", f"impactanalyse {versie} geldt, niet {overgang.impactanalyse}")
        if conclusie != POSITIEF:
            yield InvalidParam(naam, "niet_positief", f"impactanalyse {versie} is {conclusie}")
        if stand.analyse_datum and stand.analyse_datum > overgang.datum:
            yield InvalidParam(naam, "later", f"impactanalyse {versie} is van {stand.analyse_datum}, later dan de overgang")


def _iets(stand: Stand, overgang: Overgang) -> Iterator[InvalidParam]:
    genoemd = (overgang.besluit, overgang.pilot, overgang.impactanalyse, overgang.gebeurtenis)
    if nodig(stand, overgang) is None and all(grond is None for grond in genoemd):
        yield InvalidParam("grondslag", "ontbreekt", "noem het besluit of de gebeurtenis waarop de overgang berust")


_GRONDEN: Mapping[str, Callable[[Stand, Overgang], Iterator[InvalidParam]]] = {
    PILOT: _een_pilot,
    IMPACTANALYSE: _een_pilot,
    OPSCHALING: _een_analyse,
}
