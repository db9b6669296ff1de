"""Use cases of peilingen."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import found
from gemeengoed_kit.waiting import Waiting

from fonds_api.omslag import rules
from fonds_api.omslag.rules import Inwonertal
from fonds_api.peiling import models, repository
from fonds_api.peiling.errors import OnbekendePeiling, PeilingGereedNietGevonden, PeilingNietGevonden
from fonds_api.peiling.schemas import (
    Mislukking,
    NieuwePeiling,
    Peiling,
    PeilingenFilter,
    Peilinggemeente,
    PeilingSamenvatting,
    Voorganger,
    als_mislukking,
)

AANGEVRAAGD, GEREED, MISLUKT = "aangevraagd", repository.GEREED, "mislukt"
TASK = "peiling.vastleggen"
WACHTEND = Waiting(
    models.Peiling,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda peiling: {"peiling": str(peiling.id)},
    lock=lambda peiling: pad(peiling.id),
    path=lambda peiling: pad(peiling.id),
    action="peiling.hervatten",
)


def aanvragen(work: Work, nieuw: NieuwePeiling) -> PeilingSamenvatting:
    """Ask catalogus for gemeenten and inhabitants; a job does the work. Each request is a peiling of its own: what the source
    says may have changed."""
    waarden = {**nieuw.model_dump(), "id": uuid.uuid4(), "status": AANGEVRAAGD, "aangevraagd_op": work.clock.now()}
    peiling = repository.insert_peiling(work.session, waarden)
    WACHTEND.queue(work, peiling)
    work.record(action="peiling.aanvragen", subject=pad(peiling.id), change=nieuw.model_dump(mode="json", by_alias=True))
    return PeilingSamenvatting.from_row(peiling)


def te_vragen(work: Work, id: uuid.UUID) -> Values | None:
    """A peiling that still waits for its answer; None otherwise."""
    rij = repository.find(work.session, id)
    return rij if rij and rij.status == AANGEVRAAGD else None


def vastleggen(work: Work, id: uuid.UUID, gemeenten: Sequence[Inwonertal]) -> None:
    """Store what catalogus answered, for good; does nothing when that was done.

    Raises:
        GemeentenOnbruikbaar: see `omslag.rules.eisen_bruikbaar`.
    """
    peiling = repository.lock(work.session, id)
    if peiling.status != AANGEVRAAGD:
        return
    rules.eisen_bruikbaar(peiling.peildatum, gemeenten)
    repository.insert_gemeenten(
        work.session,
        [
            {
                "peiling": id,
                "gemeentecode": g.code,
                "gemeentenaam": g.naam,
                "inwoners": g.inwoners,
                "inwonerstatus": g.status,
                "voorgangers": als_json(g),
            }
            for g in gemeenten
        ],
    )
    peiling.status, peiling.gereed_op, peiling.aantal = GEREED, work.clock.now(), len(gemeenten)
    work.record(action="peiling.vastleggen", subject=pad(id), change={"aantal": len(gemeenten)})


def mislukken(work: Work, id: uuid.UUID, probleem: dict[str, Any]) -> None:
    """Record why a peiling has failed."""
    peiling = repository.lock(work.session, id)
    if peiling.status == AANGEVRAAGD:
        peiling.status, peiling.probleem = MISLUKT, Mislukking.make(**probleem).model_dump(mode="json")
        work.record(action="peiling.mislukken", subject=pad(id), change=peiling.probleem)


def list_peilingen(work: Work, wens: PeilingenFilter) -> tuple[int, list[PeilingSamenvatting]]:
    """(total number, peilingen of this page), the last one first."""
    count, rijen = repository.list_peilingen(work.session, wens)
    return count, PeilingSamenvatting.from_rows(rijen, lambda rij: {"probleem": als_mislukking(rij.probleem)})


def get_peiling(work: Work, id: uuid.UUID) -> Peiling:
    """One peiling with its gemeenten.

    Raises:
        PeilingNietGevonden: there is none with this id.
    """
    rij = found(repository.find(work.session, id), PeilingNietGevonden, f"Er is geen peiling {id}.")
    gemeenten = Peilinggemeente.from_rows(
        repository.gemeenten_van(work.session, id),
        lambda g: {"voorgangers": [Voorganger.make(**van) for van in g.voorgangers]},
    )
    return Peiling.from_row(rij, gemeenten=gemeenten, probleem=als_mislukking(rij.probleem))


def voor_omslag(work: Work, omslag: Values, id: uuid.UUID | None = None) -> Values:
    """The peiling to calculate a levy with: that with this id, or else the last one of its days, or else the last one of all.

    Raises:
        OnbekendePeiling: this one does not exist or is not gereed.
        PeilingGereedNietGevonden: there is none at all.
    """
    if id:
        rij = repository.find(work.session, id)
        if rij is None or rij.status != GEREED:
            raise OnbekendePeiling(f"Er is geen peiling {id} die gereed is.")
        return rij
    eigen = repository.laatste(work.session, omslag.indeling, omslag.peildatum) or repository.laatste(work.session)
    return found(eigen, PeilingGereedNietGevonden, "Er is nog geen peiling die gereed is.")


def gemeenten_van(work: Work, peiling: Values) -> list[Inwonertal]:
    """The gemeenten of a peiling, by code."""
    return [
        Inwonertal(rij.gemeentecode, rij.gemeentenaam, rij.inwoners, peiling.peildatum, rij.inwonerstatus, voorgangers(rij))
        for rij in repository.gemeenten_van(work.session, peiling.id)
    ]


def voorgangers(rij: Values) -> tuple[rules.Voorganger, ...]:
    """The predecessors that are stored with a gemeente."""
    return tuple(rules.Voorganger(**{**van, "peildatum": date.fromisoformat(van["peildatum"])}) for van in rij.voorgangers)


def als_json(gemeente: Inwonertal) -> list[dict[str, Any]]:
    """The predecessors of a gemeente, as they are stored."""
    return [
        {"code": van.code, "naam": van.naam, "inwoners": van.inwoners, "peildatum": van.peildatum.isoformat()}
        for van in gemeente.voorgangers
    ]


def pad(id: uuid.UUID) -> str:
    """Path of a peiling in this API."""
    return f"/v1/peilingen/{id}"
