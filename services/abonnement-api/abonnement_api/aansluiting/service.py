"""Use cases of the comparison with fonds."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import found
from gemeengoed_kit.waiting import Waiting

from abonnement_api.aansluiting import models, repository
from abonnement_api.aansluiting.errors import AansluitingNietGevonden
from abonnement_api.aansluiting.rules import AANGEVRAAGD, MEESTE, MISLUKT, SOORTEN, VERGELEKEN
from abonnement_api.aansluiting.schemas import (
    Aansluiting,
    AansluitingKort,
    AantalPerSoort,
    Verschil,
    VerschillenFilter,
)
from abonnement_api.mislukking import Probleem

TASK = "aansluiting.vergelijken"
WACHTEND = Waiting(
    models.Aansluiting,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda aansluiting: {"aansluiting": str(aansluiting.id)},
    lock=lambda aansluiting: TASK,
    path=lambda aansluiting: pad(aansluiting.id),
    action="aansluiting.hervatten",
)


def aanvragen(work: Work) -> tuple[Aansluiting, bool]:
    """Ask for a comparison; a job makes it.

    Returns:
        the one that is asked for, and whether it is new: while one is under way there is no other.
    """
    rij, nieuw = repository.neem(work.session, work.clock.now())
    if nieuw:
        WACHTEND.queue(work, rij)
        work.record(action="aansluiting.aanvragen", subject=pad(rij.id), change={})
    else:
        WACHTEND.resume(work, rij)
    work.session.flush()
    return get_aansluiting(work, rij.id), nieuw


def dagelijks(work: Work) -> None:
    """Go on with what waits; ask for a comparison when none was asked for in a day and there is something to compare."""
    WACHTEND.resume_all(work)
    gisteren = work.clock.now() - timedelta(days=1)
    if repository.iets_verstuurd(work.session) and not repository.is_gevraagd_sinds(work.session, gisteren):
        aanvragen(work)


def te_lezen(work: Work, id: uuid.UUID) -> int | None:
    """The page of fonds to ask for next; None when there is nothing left to do."""
    rij = repository.lock(work.session, id)
    if rij.status != AANGEVRAAGD:
        return None
    rij.begonnen_op = rij.begonnen_op or work.clock.now()
    return rij.pagina


def bewaar(work: Work, id: uuid.UUID, pagina: int, boekingen: Sequence[dict[str, Any]], *, laatste: bool) -> None:
    """Store the entries of a page; after the last one, compare. Does nothing when that page was stored already.

    Args:
        boekingen: with pad (of the document), boeking, bedrag_cent and gestorneerd.
    """
    rij = repository.lock(work.session, id)
    if rij.status != AANGEVRAAGD or rij.pagina != pagina:
        return
    repository.bewaar(work.session, [{"aansluiting": id, **boeking} for boeking in boekingen])
    rij.pagina += 1
    rij.aantal_boekingen = repository.aantal_boekingen(work.session, id) if laatste else rij.aantal_boekingen + len(boekingen)
    if not laatste:
        return
    begonnen = rij.begonnen_op or rij.aangevraagd_op
    rij.aantal_documenten, rij.verschillen = repository.vergelijk(work.session, id, begonnen, MEESTE)
    repository.vergeet_boekingen(work.session, id)
    rij.status, rij.vergeleken_op = VERGELEKEN, work.clock.now()
    work.record(
        action="aansluiting.vergelijken",
        subject=pad(id),
        change={
            "aantalDocumenten": rij.aantal_documenten,
            "aantalBoekingen": rij.aantal_boekingen,
            "verschillen": rij.verschillen,
        },
    )


def mislukken(work: Work, id: uuid.UUID, probleem: dict[str, Any]) -> None:
    """Record why there is no comparison; one that was made does not change."""
    rij = repository.lock(work.session, id)
    if rij.status == AANGEVRAAGD:
        rij.status, rij.probleem = MISLUKT, Probleem.make(**probleem).model_dump(mode="json")
        repository.vergeet_boekingen(work.session, id)
        work.record(action="aansluiting.mislukken", subject=pad(id), change=rij.probleem)


def get_aansluiting(work: Work, id: uuid.UUID) -> Aansluiting:
    """One comparison, with its first differences.

    Raises:
        AansluitingNietGevonden: no aansluiting has this id.
    """
    rij = found(repository.find(work.session, id), AansluitingNietGevonden, f"Er is geen aansluiting {id}.")
    verschillen = repository.eerste_verschillen(work.session, id)
    return Aansluiting.from_row(
        rij, **_verder(rij), verschillen=_verschillen(verschillen), alle_verschillen=f"{pad(id)}/verschillen"
    )


def list_aansluitingen(work: Work, wens: PageQuery) -> tuple[int, list[AansluitingKort]]:
    """(total number, aansluitingen of this page), the last one first."""
    count, rijen = repository.list_aansluitingen(work.session, wens)
    return count, AansluitingKort.from_rows(rijen, _verder)


def list_verschillen(work: Work, id: uuid.UUID, wens: VerschillenFilter) -> tuple[int, list[Verschil]]:
    """(total number, differences of this page), by document.

    Raises:
        AansluitingNietGevonden: no aansluiting has this id.
    """
    found(repository.find(work.session, id), AansluitingNietGevonden, f"Er is geen aansluiting {id}.")
    count, rijen = repository.list_verschillen(work.session, id, wens)
    return count, _verschillen(rijen)


def pad(id: uuid.UUID) -> str:
    return f"/v1/aansluitingen/{id}"


def _verder(rij: Values) -> dict[str, Any]:
    aantal = sum(rij.verschillen.values())
    return {
        "sluit_aan": aantal == 0 if rij.status == VERGELEKEN else None,
        "aantal_verschillen": aantal,
        "per_soort": [
            AantalPerSoort.make(soort=soort, aantal=rij.verschillen[soort]) for soort in SOORTEN if soort in rij.verschillen
        ],
        "probleem": Probleem.make(**rij.probleem) if rij.probleem else None,
    }


def _verschillen(rijen: Sequence[Values]) -> list[Verschil]:
    return Verschil.from_rows(rijen, lambda rij: {"boeking": Reference(bron="fonds", pad=rij.boeking) if rij.boeking else None})
