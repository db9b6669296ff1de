"""Use cases of initiatieven."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.conditional import require_match
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import found

from catalogus_api.initiatief import repository, rules
from catalogus_api.initiatief.errors import InitiatiefKanNiet, InitiatiefNietGevonden, NietUwInitiatief
from catalogus_api.initiatief.schemas import (
    Beoordeling,
    Initiatief,
    InitiatiefWijziging,
    InitiatievenFilter,
    NieuwInitiatief,
)
from catalogus_api.levensloop import service as levensloop
from catalogus_api.namens import service as namens
from catalogus_api.toegang import AANGESLOTENEN, GEMEENTE, IEDEREEN, SAMENWERKINGSVERBAND, Kijker, Partij, kring
from catalogus_api.voorziening.schemas import NieuweVoorziening

ALLES = Kijker(beheer=True)


def list_initiatieven(work: Work, kijker: Kijker, wens: InitiatievenFilter) -> tuple[int, list[Initiatief]]:
    """(number in all, initiatieven of this page) that the caller may see, last changed first."""
    count, rows = repository.list_initiatieven(work.session, kijker, wens)
    return count, Initiatief.from_rows(rows)


def get_initiatief(work: Work, kijker: Kijker, id: uuid.UUID) -> Initiatief:
    """One initiatief, as it is now.

    Raises:
        InitiatiefNietGevonden: there is none with this id, for this caller.
    """
    return Initiatief.from_row(_gevonden(work, kijker, id))


def list_versies(work: Work, kijker: Kijker, id: uuid.UUID, wens: PageQuery) -> tuple[int, list[Initiatief]]:
    """(number in all, versions of this page) that the caller may see, newest first.

    Raises:
        InitiatiefNietGevonden: as `get_initiatief`.
    """
    _gevonden(work, kijker, id)
    count, rows = repository.list_versies(work.session, kijker, id, wens)
    return count, Initiatief.from_rows(rows)


def indienen(work: Work, partij: Partij, nieuw: NieuwInitiatief) -> Initiatief:
    """Put down an idea of a gemeente or samenwerkingsverband, as concept or submitted at once.

    Raises:
        OnbekendeGemeente: who would submit it does not exist today.
    """
    namens.eisen_bestaat(work, partij)
    id = uuid.uuid4()
    repository.add(
        work.session,
        {
            **nieuw.model_dump(),
            "id": id,
            "gemeentecode": partij.gemeentecode,
            "samenwerkingsverband": partij.samenwerkingsverband,
            "zichtbaar_voor": rules.zichtbaar_voor(nieuw.status, None),
            "reden": None,
            "voorziening": None,
            **_wie(work),
        },
    )
    gemaakt = get_initiatief(work, ALLES, id)
    change = nieuw.model_dump(mode="json", by_alias=True)
    work.record(action="initiatief.indienen", subject=pad(id), change=change, visible_to=voor_wie(gemaakt))
    return gemaakt


def wijzigen(
    work: Work, kijker: Kijker, partij: Partij, id: uuid.UUID, if_match: str | None, wijziging: InitiatiefWijziging
) -> Initiatief:
    """What who submitted it changes: the content of a concept, and submitting and withdrawing it.

    Raises:
        InitiatiefNietGevonden, VersionNeeded, Changed: as their names say.
        NietUwInitiatief: another submitted it.
        OnbekendeGemeente: who submitted it does not exist today.
        InitiatiefKanNiet: its content is fixed, or its status does not become that one; names all.
    """
    was = _vergrendeld(work, kijker, id)
    if (was.gemeentecode, was.samenwerkingsverband) != (partij.gemeentecode, partij.samenwerkingsverband):
        raise NietUwInitiatief(f"Initiatief {id} is door een ander ingediend.")
    namens.eisen_bestaat(work, partij)
    require_match(if_match, was.versie)
    voor = was._asdict()
    na = {**voor, **wijziging.model_dump(exclude_unset=True)}
    if na == voor:
        return Initiatief.from_row(was)
    change = wijziging.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return _volgende(work, voor, na, change, action="initiatief.wijzigen")


def beoordelen(work: Work, kijker: Kijker, id: uuid.UUID, if_match: str | None, beoordeling: Beoordeling) -> Initiatief:
    """Take it in hand, reject it with a reason, or accept it: then it becomes a voorziening in fase initiatief.

    Raises:
        InitiatiefNietGevonden, VersionNeeded, Changed, InitiatiefKanNiet: as `wijzigen`.
        VoorzieningBestaatAl: the code of the voorziening is taken; only who sees all voorzieningen chooses one.
    """
    was = _vergrendeld(work, kijker, id)
    require_match(if_match, was.versie)
    voor = was._asdict()
    na = {**voor, "status": beoordeling.status, "reden": beoordeling.reden}
    wordt = beoordeling.voorziening
    wrong = rules.bezwaren(voor, na, wordt)
    if wordt is not None and wordt.code is not None and not kijker.beheer:  # else it would learn which codes concepts have
        wrong.append(InvalidParam("voorziening.code", "niet_te_kiezen", "alleen catalogusbeheer kiest een code; laat haar weg"))
    _eisen(id, wrong)
    if wordt is not None:
        wie = was.gemeentecode or was.samenwerkingsverband
        nieuw = NieuweVoorziening.make(
            code=wordt.code or rules.code_van(was.titel, id),
            soort=wordt.soort,
            naam=was.titel,
            domein=was.domein,
            omschrijving=was.voorstel,
            bronvermelding=f"Initiatief {id}, ingediend door {wie}",
            publicatiestatus="gepubliceerd",
        )
        na["voorziening"] = levensloop.ontstaan(work, nieuw, id).code
    change = beoordeling.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if wordt is not None:
        change["voorziening"] = {"code": na["voorziening"], "soort": wordt.soort}
    return _volgende(work, voor, na, change, wordt, action="initiatief.beoordelen")


def vergrendelen(work: Work, kijker: Kijker, id: uuid.UUID) -> Initiatief:
    """One initiatief, which nobody else changes before this transaction ends.

    Raises:
        InitiatiefNietGevonden: as `get_initiatief`.
    """
    return Initiatief.from_row(_vergrendeld(work, kijker, id))


def van_voorziening(work: Work, code: str) -> uuid.UUID | None:
    """The initiatief that became a voorziening; None where there was none."""
    return repository.van_voorziening(work.session, code)


def voor_wie(initiatief: Initiatief) -> frozenset[str]:
    """Labels of a record about a version: whoever sees that version (`rules.zichtbaar_voor`)."""
    if initiatief.gemeentecode is not None:
        indiener = kring(GEMEENTE, initiatief.gemeentecode)
    else:
        indiener = kring(SAMENWERKINGSVERBAND, initiatief.samenwerkingsverband or "")
    return frozenset({{"indiener": indiener, "aangesloten": AANGESLOTENEN, "openbaar": IEDEREEN}[initiatief.zichtbaar_voor]})


def pad(id: uuid.UUID) -> str:
    """Path of an initiatief."""
    return f"/v1/initiatieven/{id}"


def _gevonden(work: Work, kijker: Kijker, id: uuid.UUID) -> Values:
    return found(repository.find(work.session, kijker, id), InitiatiefNietGevonden, f"Er is geen initiatief {id}.")


def _vergrendeld(work: Work, kijker: Kijker, id: uuid.UUID) -> Values:
    repository.lock(work.session, id)
    return _gevonden(work, kijker, id)


def _eisen(id: uuid.UUID, wrong: list[InvalidParam]) -> None:
    if wrong:
        raise InitiatiefKanNiet(f"Initiatief {id} kan zo niet; zie invalidParams.", invalid_params=wrong)


def _volgende(
    work: Work, voor: dict[str, Any], na: dict[str, Any], change: dict[str, Any], voorziening: object = None, *, action: str
) -> Initiatief:
    id = voor["id"]
    _eisen(id, rules.bezwaren(voor, na, voorziening))
    zicht = rules.zichtbaar_voor(na["status"], voor["zichtbaar_voor"])
    repository.follow(work.session, {**na, "versie": voor["versie"] + 1, "zichtbaar_voor": zicht, **_wie(work)})
    geworden = get_initiatief(work, ALLES, id)
    work.record(action=action, subject=pad(id), change={"versie": geworden.versie, **change}, visible_to=voor_wie(geworden))
    return geworden


def _wie(work: Work) -> dict[str, Any]:
    return {
        "vastgelegd_op": work.clock.now(),
        "vastgelegd_door": work.actor.peer_id,
        "vastgelegd_namens": work.actor.delegator_id,
    }
