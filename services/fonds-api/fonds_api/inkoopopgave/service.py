"""Use cases of inkoopopgaven."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import Limit, found
from gemeengoed_kit.waiting import Waiting

from fonds_api.inkoopopgave import models, repository
from fonds_api.inkoopopgave.errors import OnbekendeOpgave, OpgaveNietGevonden
from fonds_api.inkoopopgave.schemas import Inkoopopgave, Inkoopopgavelid, InkoopopgavenFilter, NieuweInkoopopgave
from fonds_api.omslag import rules
from fonds_api.omslag.rules import Inwonertal
from fonds_api.peiling.schemas import Mislukking, als_mislukking

AANGEVRAAGD, GEREED, MISLUKT = "aangevraagd", repository.GEREED, "mislukt"
TASK = "inkoopopgave.vastleggen"
WACHTEND = Waiting(
    models.Opgave,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda opgave: {"opgave": str(opgave.id)},
    lock=lambda opgave: pad(opgave.id),
    path=lambda opgave: pad(opgave.id),
    action="inkoopopgave.hervatten",
)


def aanvragen(work: Work, nieuw: NieuweInkoopopgave) -> Inkoopopgave:
    """Ask catalogus about a participant; a job does the work. Each request is one of its own: what the source says may have
    changed."""
    waarden = {"id": uuid.uuid4(), "deelnemer": nieuw.deelnemer.pad, "peildatum": nieuw.peildatum}
    opgave = repository.insert_opgave(work.session, {**waarden, "status": AANGEVRAAGD, "aangevraagd_op": work.clock.now()})
    WACHTEND.queue(work, opgave)
    change = nieuw.model_dump(mode="json", by_alias=True)
    work.record(action="inkoopopgave.aanvragen", subject=pad(opgave.id), change=change)
    return get_opgave(work, opgave.id)


def te_vragen(work: Work, id: uuid.UUID) -> Values | None:
    """One that still waits for its answer; None otherwise."""
    rij = repository.find(work.session, id)
    return rij if rij and rij.status == AANGEVRAAGD else None


def vastleggen(work: Work, id: uuid.UUID, gemeenten: Sequence[Inwonertal]) -> None:
    """Store what catalogus answered, for good; does nothing when that was done.

    Raises:
        GemeentenOnbruikbaar: see `omslag.rules.eisen_bruikbaar`.
    """
    opgave = repository.lock(work.session, id)
    if opgave.status != AANGEVRAAGD:
        return
    rules.eisen_bruikbaar(opgave.peildatum, gemeenten)
    rijen = [{"opgave": id, "gemeentecode": g.code, "naam": g.naam, "inwoners": g.inwoners} for g in gemeenten]
    repository.insert_leden(work.session, rijen)
    opgave.status, opgave.gereed_op = GEREED, work.clock.now()
    opgave.inwoners = sum(g.inwoners or 0 for g in gemeenten)
    work.record(action="inkoopopgave.vastleggen", subject=pad(id), change={"inwoners": opgave.inwoners, "aantal": len(rijen)})


def mislukken(work: Work, id: uuid.UUID, probleem: dict[str, Any]) -> None:
    """Record why one has failed."""
    opgave = repository.lock(work.session, id)
    if opgave.status == AANGEVRAAGD:
        opgave.status, opgave.probleem = MISLUKT, Mislukking.make(**probleem).model_dump(mode="json")
        work.record(action="inkoopopgave.mislukken", subject=pad(id), change=opgave.probleem)


def list_opgaven(work: Work, wens: InkoopopgavenFilter) -> tuple[int, list[Inkoopopgave]]:
    """(total number, opgaven of this page), the last one first."""
    count, rijen = repository.list_opgaven(work.session, wens)
    return count, _weergaven(work, rijen)


def get_opgave(work: Work, id: uuid.UUID) -> Inkoopopgave:
    """One opgave with its gemeenten.

    Raises:
        OpgaveNietGevonden: there is none with this id.
    """
    rij = found(repository.find(work.session, id), OpgaveNietGevonden, f"Er is geen inkoopopgave {id}.")
    return _weergaven(work, [rij])[0]


def inwoners(work: Work, id: uuid.UUID, deelnemer: str, peildatum: date) -> int:
    """The inhabitants that catalogus gave of a participant on a day.

    Raises:
        OnbekendeOpgave: there is no such opgave that is gereed, or it is about another participant or day.
    """
    rij = repository.find(work.session, id)
    if rij is None or (rij.status, rij.deelnemer, rij.peildatum) != (GEREED, deelnemer, peildatum):
        raise OnbekendeOpgave(f"Er is geen opgave {id} die gereed is, van {deelnemer} op {peildatum}.")
    return int(rij.inwoners)


def deelnemers_van(gemeentecode: str) -> Limit:
    """Query for the paths of the participants that a gemeente is or is a member of."""
    return repository.deelnemers_van(gemeentecode)


def pad(id: uuid.UUID) -> str:
    """Path of an opgave in this API."""
    return f"/v1/inkoopopgaven/{id}"


def _weergaven(work: Work, rijen: Sequence[Values]) -> list[Inkoopopgave]:
    leden = repository.leden_van(work.session, [rij.id for rij in rijen])
    return Inkoopopgave.from_rows(
        rijen,
        lambda rij: {
            "deelnemer": Reference.make(bron="catalogus", pad=rij.deelnemer),
            "leden": Inkoopopgavelid.from_rows(leden[rij.id]),
            "probleem": als_mislukking(rij.probleem),
        },
    )
