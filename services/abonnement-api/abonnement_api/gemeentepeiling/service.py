"""Use cases of peilingen."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import found
from gemeengoed_kit.waiting import Waiting
from gemeengoed_kit.window import require_near

from abonnement_api.gemeentepeiling import models, repository
from abonnement_api.gemeentepeiling.errors import GeenGemeentepeiling, GemeentepeilingNietGevonden
from abonnement_api.gemeentepeiling.schemas import Gemeentepeiling, GemeentepeilingenFilter, NieuweGemeentepeiling
from abonnement_api.mislukking import Probleem

AANGEVRAAGD, GEREED, MISLUKT = "aangevraagd", repository.GEREED, "mislukt"
TASK = "gemeentepeiling.vastleggen"
WACHTEND = Waiting(
    models.Gemeentepeiling,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda peiling: {"peiling": str(peiling.id)},
    lock=lambda peiling: pad(peiling.id),
    path=lambda peiling: pad(peiling.id),
    action="gemeentepeiling.hervatten",
)


def aanvragen(work: Work, nieuw: NieuweGemeentepeiling) -> Gemeentepeiling:
    """Ask catalogus for the gemeenten of a day; a job does the work. Each request is a peiling of its own: what the source says
    may have changed.

    Raises:
        TooFarAhead: the day is more than a year from now.
    """
    require_near(work.clock, peildatum=nieuw.peildatum)
    waarden = {"id": uuid.uuid4(), "peildatum": nieuw.peildatum, "status": AANGEVRAAGD, "aangevraagd_op": work.clock.now()}
    peiling = repository.add(work.session, waarden)
    WACHTEND.queue(work, peiling)
    work.record(action="gemeentepeiling.aanvragen", subject=pad(peiling.id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_peiling(work, peiling.id)


def te_vragen(work: Work, id: uuid.UUID) -> date | None:
    """The day whose gemeenten a peiling asks for; None when that has been done."""
    peiling = repository.find(work.session, id)
    return peiling.peildatum if peiling is not None and peiling.status == AANGEVRAAGD else None


def vastleggen(work: Work, id: uuid.UUID, gemeenten: Mapping[str, tuple[str, int | None]]) -> None:
    """Keep what catalogus answered; does nothing when that was done already.

    Args:
        gemeenten: code to (name, inhabitants).
    """
    peiling = repository.lock(work.session, id)
    if peiling.status != AANGEVRAAGD:
        return
    if gemeenten:
        rijen = [
            {"peiling": id, "gemeentecode": code, "gemeentenaam": naam, "inwoners": inwoners}
            for code, (naam, inwoners) in gemeenten.items()
        ]
        repository.add_gemeenten(work.session, rijen)
    peiling.status, peiling.aantal, peiling.afgerond_op = GEREED, len(gemeenten), work.clock.now()
    work.record(action="gemeentepeiling.vastleggen", subject=pad(id), change={"aantal": len(gemeenten)})


def mislukken(work: Work, id: uuid.UUID, probleem: dict[str, Any]) -> None:
    """Record why the source could not be asked."""
    peiling = repository.lock(work.session, id)
    if peiling.status == AANGEVRAAGD:
        reden = Probleem.make(**probleem).model_dump(mode="json")
        peiling.status, peiling.probleem, peiling.afgerond_op = MISLUKT, reden, work.clock.now()
        work.record(action="gemeentepeiling.mislukken", subject=pad(id), change=reden)


def list_peilingen(work: Work, wens: GemeentepeilingenFilter) -> tuple[int, list[Gemeentepeiling]]:
    """(total number, peilingen of this page), the last one first."""
    count, rijen = repository.list_peilingen(work.session, wens)
    return count, Gemeentepeiling.from_rows(rijen, _verder)


def get_peiling(work: Work, id: uuid.UUID) -> Gemeentepeiling:
    """One peiling.

    Raises:
        GemeentepeilingNietGevonden: there is none with this id.
    """
    rij = found(repository.find(work.session, id), GemeentepeilingNietGevonden, f"Er is geen gemeentepeiling {id}.")
    return Gemeentepeiling.from_rows([rij], _verder)[0]


def gemeenten_op(work: Work, peildatum: date | None) -> tuple[Values, Sequence[Values]]:
    """(the last peiling of a day, or else of the last day; its gemeenten by code).

    Raises:
        GeenGemeentepeiling: none is gereed.
    """
    peiling = repository.laatste(work.session, peildatum)
    if peiling is None:
        raise GeenGemeentepeiling(f"Er is geen gemeentepeiling gereed{f' van {peildatum}' if peildatum else ''}.")
    return peiling, repository.gemeenten(work.session, peiling.id)


def pad(id: uuid.UUID) -> str:
    return f"/v1/gemeentepeilingen/{id}"


def _verder(rij: Values) -> dict[str, Any]:
    return {"probleem": Probleem.make(**rij.probleem) if rij.probleem else None}
