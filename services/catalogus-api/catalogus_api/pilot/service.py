"""Use cases of pilots."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.conditional import require_match
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import found
from gemeengoed_kit.window import require_near

from catalogus_api.namens import service as namens
from catalogus_api.pilot import repository, rules
from catalogus_api.pilot.errors import DeelnameKanNiet, PilotKanNiet, PilotNietGevonden, VoorzieningNietOpenbaar
from catalogus_api.pilot.schemas import NieuwePilot, Pilot, Pilotdeelnemer, PilotsFilter, PilotWijziging
from catalogus_api.toegang import GEPUBLICEERD, IEDEREEN, Partij
from catalogus_api.voorziening import service as voorziening
from catalogus_api.voorziening.errors import VoorzieningNietGevonden

_BEGIN: dict[str, Any] = {"status": rules.GEPLAND, "geslaagd": None, "resultaat": None, "lessen": [], "reden": None}


def list_pilots(work: Work, wens: PilotsFilter) -> tuple[int, list[Pilot]]:
    """(number in all, pilots of this page), last begun first."""
    count, rows = repository.list_pilots(work.session, wens)
    return count, Pilot.from_rows(rows)


def get_pilot(work: Work, id: uuid.UUID) -> Pilot:
    """One pilot, as it is now.

    Raises:
        PilotNietGevonden: there is none with this id.
    """
    return Pilot.from_row(_gevonden(work, id))


def list_versies(work: Work, id: uuid.UUID, wens: PageQuery) -> tuple[int, list[Pilot]]:
    """(number in all, versions of this page), newest first.

    Raises:
        PilotNietGevonden: as `get_pilot`.
    """
    _gevonden(work, id)
    count, rows = repository.list_versies(work.session, id, wens)
    return count, Pilot.from_rows(rows)


def plannen(work: Work, nieuw: NieuwePilot) -> Pilot:
    """Plan a pilot of a published voorziening.

    Raises:
        VoorzieningNietOpenbaar: there is no such published voorziening.
        PilotKanNiet: its period is none, or the voorziening is on its way out; names all.
        TooFarAhead: it would begin more than a year from now.
    """
    require_near(work.clock, begin=nieuw.begin)
    try:
        fase = voorziening.vergrendelen(work, GEPUBLICEERD, nieuw.voorziening).fase
    except VoorzieningNietGevonden:
        raise VoorzieningNietOpenbaar(f"Er is geen gepubliceerde voorziening met code {nieuw.voorziening}.") from None
    id = uuid.uuid4()
    rij = {**nieuw.model_dump(exclude={"voorziening"}), **_BEGIN, "id": id}
    fouten = rules.bezwaren(None, rij, deelnemers=0, vandaag=today(work.clock))
    if fase in rules.AFLOPEND:
        fouten.append(InvalidParam("voorziening", "fase", f"{nieuw.voorziening} is in de fase {fase}"))
    _eisen("Deze pilot", fouten)
    repository.add(work.session, nieuw.voorziening, {**rij, **_wie(work)})
    change = nieuw.model_dump(mode="json", by_alias=True)
    work.record(action="pilot.plannen", subject=pad(id), change=change, visible_to=[IEDEREEN])
    return get_pilot(work, id)


def wijzigen(work: Work, id: uuid.UUID, if_match: str | None, wijziging: PilotWijziging) -> Pilot:
    """Change a pilot into its next version: also its begin, its end with results, or that it was broken off.

    Raises:
        PilotNietGevonden, VersionNeeded, Changed: as their names say.
        PilotKanNiet: it breaks a rule, or is over; names all.
        TooFarAhead: it would begin more than a year from now.
    """
    was = _vergrendeld(work, id)
    require_match(if_match, was.versie)
    voor = was._asdict()
    na = {**voor, **wijziging.model_dump(exclude_unset=True)}
    if na == voor:
        return Pilot.from_row(was)
    require_near(work.clock, begin=na["begin"])
    deelnemers = repository.aantal_deelnemers(work.session, id)
    _eisen(f"Pilot {id}", rules.bezwaren(voor, na, deelnemers=deelnemers, vandaag=today(work.clock)))
    repository.follow(work.session, {**na, "versie": was.versie + 1, **_wie(work)})
    change = {"versie": was.versie + 1, **wijziging.model_dump(mode="json", by_alias=True, exclude_unset=True)}
    work.record(action="pilot.wijzigen", subject=pad(id), change=change, visible_to=[IEDEREEN])
    return get_pilot(work, id)


def list_deelnemers(work: Work, id: uuid.UUID, wens: PageQuery) -> tuple[int, list[Pilotdeelnemer]]:
    """(number in all, gemeenten of this page) that take part or did, in the order in which they joined.

    Raises:
        PilotNietGevonden: as `get_pilot`.
    """
    _gevonden(work, id)
    count, rows = repository.list_deelnemers(work.session, id, wens)
    return count, Pilotdeelnemer.from_rows(rows)


def meedoen(work: Work, partij: Partij, id: uuid.UUID, gemeentecode: str) -> Pilotdeelnemer:
    """Let a gemeente take part, from now on; who does already, goes on.

    Raises:
        PilotNietGevonden: as `get_pilot`.
        NietNamensDezeGemeente, OnbekendeGemeente: the caller does not act for it.
        DeelnameKanNiet: the pilot is over.
    """
    _eisen_gaande(_vergrendeld(work, id))
    namens.eisen(work, partij, gemeentecode)
    if (al := repository.deelnemer(work.session, id, gemeentecode)) is not None:
        return Pilotdeelnemer.from_row(al)
    nieuw = {
        "pilot": id,
        "gemeentecode": gemeentecode,
        "toegetreden_op": work.clock.now(),
        "toegetreden_door": work.actor.peer_id,
        "toegetreden_namens": work.actor.delegator_id,
    }
    repository.add_deelnemer(work.session, nieuw)
    _noteer_deelnemer(work, "pilotdeelnemer.aanmelden", id, gemeentecode)
    return Pilotdeelnemer.make(gemeentecode=gemeentecode, toegetreden_op=nieuw["toegetreden_op"], uitgetreden_op=None)


def stoppen(work: Work, partij: Partij, id: uuid.UUID, gemeentecode: str) -> None:
    """Let a gemeente take part no more; that it did stays.

    Raises:
        PilotNietGevonden, NietNamensDezeGemeente, OnbekendeGemeente: as `meedoen`; the beheer also lets one leave that no longer
            exists.
        DeelnameKanNiet: the pilot is over, or the gemeente takes no part in it.
    """
    was = _vergrendeld(work, id)
    _eisen_gaande(was)
    if partij != Partij():
        namens.eisen(work, partij, gemeentecode)
    deelnemer = repository.deelnemer(work.session, id, gemeentecode)
    if deelnemer is None:
        raise DeelnameKanNiet(f"{gemeentecode} doet niet mee aan deze pilot.")
    if was.status == rules.LOOPT and repository.aantal_deelnemers(work.session, id) == 1:
        raise DeelnameKanNiet(f"{gemeentecode} is de laatste deelnemer van een pilot die loopt; breek die eerst af.")
    repository.leave(work.session, deelnemer.id, work.clock.now(), work.actor.peer_id)
    _noteer_deelnemer(work, "pilotdeelnemer.afmelden", id, gemeentecode)


def van_voorziening(work: Work, code: str) -> list[Pilot]:
    """All pilots of a voorziening, first begun first."""
    return Pilot.from_rows(repository.van_voorziening(work.session, code))


def pad(id: uuid.UUID) -> str:
    """Path of a pilot."""
    return f"/v1/pilots/{id}"


def _gevonden(work: Work, id: uuid.UUID) -> Values:
    return found(repository.find(work.session, id), PilotNietGevonden, f"Er is geen pilot {id}.")


def _vergrendeld(work: Work, id: uuid.UUID) -> Values:
    repository.lock(work.session, id)
    return _gevonden(work, id)


def _eisen(wat: str, fouten: list[InvalidParam]) -> None:
    if fouten:
        raise PilotKanNiet(f"{wat} kan zo niet; zie invalidParams.", invalid_params=fouten)


def _eisen_gaande(pilot: Values) -> None:
    if pilot.status not in rules.GAANDE:
        raise DeelnameKanNiet(f"Pilot {pilot.id} is {pilot.status}.")


def _noteer_deelnemer(work: Work, action: str, id: uuid.UUID, gemeentecode: str) -> None:
    waar, wie = f"{pad(id)}/deelnemers/{gemeentecode}", {"gemeentecode": gemeentecode}
    work.record(action=action, subject=waar, change=wie, visible_to=[IEDEREEN])


def _wie(work: Work) -> dict[str, Any]:
    return {
        "vastgelegd_op": work.clock.now(),
        "vastgelegd_door": work.actor.peer_id,
        "vastgelegd_namens": work.actor.delegator_id,
    }
