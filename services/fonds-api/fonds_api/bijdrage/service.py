"""Use cases of bijdragerondes and bijdragen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import Sight, found
from gemeengoed_kit.waiting import Waiting

from fonds_api.bijdrage import models, repository, rules
from fonds_api.bijdrage.errors import BijdrageNietGevonden, BijdragerondeNietGevonden, GeenOmslag
from fonds_api.bijdrage.models import Omslag
from fonds_api.bijdrage.rules import AANGEVRAAGD, MISLUKT, VASTGESTELD, Inwonertal
from fonds_api.bijdrage.schemas import Bijdrage, BijdragenFilter, Bijdrageronde, Mislukking, NieuweBijdrageronde, Onderbouwing
from fonds_api.fonds import service as fonds

TASK = "bijdrageronde.vaststellen"
WACHTEND = Waiting(
    models.Bijdrageronde,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda ronde: {"ronde": ronde.id},
    lock=lambda ronde: pad(ronde.id),
    path=lambda ronde: pad(ronde.id),
    action="bijdrageronde.hervatten",
)


def aanvragen(work: Work, rol: str | None, nieuw: NieuweBijdrageronde) -> tuple[Bijdrageronde, bool]:
    """Ask for the levy of a year to be divided; a job does the work.

    Returns:
        the round, and whether a job was queued: asking again changes nothing, unless the round is mislukt or its job is gone.

    Raises:
        OnbekendFonds, FondsNietToegestaan: the fonds does not exist, or this role may not book in it.
        GeenOmslag: no levy was decided for this fonds and year.
    """
    fonds.eisen_boekbaar(work, rol, nieuw.fonds)
    omslag = repository.find_omslag(work.session, nieuw.fonds, nieuw.jaar)
    if omslag is None:
        raise GeenOmslag(f"Er is geen omslag van fonds {nieuw.fonds} over {nieuw.jaar}.")
    id = f"{omslag.fonds}-{omslag.jaar}"
    begint = repository.insert_ronde(work.session, omslag, id, work.clock.now())
    ronde = repository.lock_ronde(work.session, id)
    if ronde.status == MISLUKT:
        begint, ronde.status, ronde.probleem, ronde.aangevraagd_op = True, AANGEVRAAGD, None, work.clock.now()
        work.session.flush()
    if begint:
        WACHTEND.queue(work, ronde)
        work.record(action="bijdrageronde.aanvragen", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return _ronde(ronde, omslag), begint or WACHTEND.resume(work, ronde)


def te_verdelen(work: Work, id: str) -> Omslag | None:
    """The levy that a round still has to divide; None when it is vastgesteld or mislukt."""
    ronde = repository.find_ronde(work.session, id)
    return repository.omslag_van(work.session, ronde) if ronde and ronde.status == AANGEVRAAGD else None


def vaststellen(work: Work, id: str, gemeenten: Sequence[Inwonertal]) -> None:
    """Store the bijdragen of a round, for good; does nothing when they are stored already.

    Args:
        gemeenten: the gemeenten on the levy's `indeling`, with their inhabitants.

    Raises:
        GemeentenOnbruikbaar: see `rules.omslaan`.
    """
    ronde = repository.lock_ronde(work.session, id)
    if ronde.status != AANGEVRAAGD:
        return
    omslag = repository.omslag_van(work.session, ronde)
    bedragen = rules.omslaan(omslag.bedrag_cent, omslag.peildatum, gemeenten)
    repository.insert_bijdragen(
        work.session,
        [
            {
                "id": f"{id}-{g.code}",
                "fonds": ronde.fonds,
                "jaar": ronde.jaar,
                "gemeentecode": g.code,
                "gemeentenaam": g.naam,
                "inwoners": g.inwoners,
                "peildatum": omslag.peildatum,
                "bedrag_cent": bedragen[g.code],
            }
            for g in gemeenten
        ],
    )
    ronde.status, ronde.vastgesteld_op, ronde.aantal = VASTGESTELD, work.clock.now(), len(bedragen)
    work.record(
        action="bijdrageronde.vaststellen",
        subject=pad(id),
        change={"aantal": len(bedragen), "totaalCent": omslag.bedrag_cent},
    )


def mislukken(work: Work, id: str, probleem: dict[str, Any]) -> None:
    """Record why a round cannot be carried out; a round that is vastgesteld does not change."""
    ronde = repository.lock_ronde(work.session, id)
    if ronde.status == AANGEVRAAGD:
        ronde.status, ronde.probleem = MISLUKT, Mislukking.make(**probleem).model_dump(mode="json")
        work.record(action="bijdrageronde.mislukken", subject=pad(id), change=ronde.probleem)


def get_ronde(work: Work, zicht: Sight, id: str) -> Bijdrageronde:
    """One round.

    Raises:
        BijdragerondeNietGevonden: nobody asked for it, or this caller may not see its fonds.
    """
    gezien = repository.find_ronde(work.session, id, zicht)
    ronde = found(gezien, BijdragerondeNietGevonden, f"Er is geen bijdrageronde {id}, of niet voor uw rol.")
    return _ronde(ronde, repository.omslag_van(work.session, ronde))


def list_bijdragen(work: Work, zicht: Sight, wens: BijdragenFilter) -> tuple[int, list[Bijdrage], dict[str, int]]:
    """(total number, bijdragen of this page, sum over all pages) that the caller may see."""
    count, totaal, rijen = repository.list_bijdragen(work.session, zicht, wens)
    return count, Bijdrage.from_rows(rijen, _verwijzingen), {"totaal_cent": totaal}


def get_bijdrage(work: Work, zicht: Sight, id: str) -> Bijdrage:
    """One bijdrage.

    Raises:
        BijdrageNietGevonden: it does not exist, or the caller may not see it.
    """
    return Bijdrage.from_rows([_zichtbare(work, zicht, id)], _verwijzingen)[0]


def get_onderbouwing(work: Work, zicht: Sight, id: str) -> Onderbouwing:
    """How the amount of a bijdrage was calculated, recomputed from the stored data. Raises as `get_bijdrage`."""
    rij = _zichtbare(work, zicht, id)
    omslag = repository.omslag_van(work.session, rij)
    aantal, inwoners_totaal = repository.grondslag(work.session, rij.fonds, rij.jaar)
    aandeel = rules.aandeel(omslag.bedrag_cent, rij.inwoners, inwoners_totaal)
    return Onderbouwing.make(
        bijdrage=f"/v1/bijdragen/{rij.id}",
        bedrag_cent=rij.bedrag_cent,
        omslag_cent=omslag.bedrag_cent,
        inwoners=rij.inwoners,
        inwoners_totaal=inwoners_totaal,
        aantal_gemeenten=aantal,
        indeling=omslag.indeling,
        peildatum=rij.peildatum,
        regel=rules.REGEL,
        heel_cent=aandeel.heel_cent,
        rest_teller=aandeel.rest_teller,
        rest_noemer=aandeel.rest_noemer,
        restcent=rij.bedrag_cent - aandeel.heel_cent,
        besluit=omslag.besluit,
        bronvermelding=omslag.bronvermelding,
        gemeente=_gemeente(rij),
    )


def bijdragen_over(work: Work, fonds: str, jaar: int) -> dict[str, int]:
    """What each gemeente contributes to a fonds over a year, by gemeentecode, in cents; empty when no round is vastgesteld."""
    return repository.bedragen(work.session, fonds, jaar)


def pad(id: str) -> str:
    """Path of a round in this API."""
    return f"/v1/bijdragerondes/{id}"


def _zichtbare(work: Work, zicht: Sight, id: str) -> Values:
    return found(repository.find(work.session, zicht, id), BijdrageNietGevonden, f"Er is geen bijdrage {id}, of niet voor u.")


def _ronde(rij: models.Bijdrageronde, omslag: Omslag) -> Bijdrageronde:
    return Bijdrageronde.from_row(
        rij,
        omslag_cent=omslag.bedrag_cent,
        aantal=rij.aantal or 0,
        totaal_cent=omslag.bedrag_cent if rij.status == VASTGESTELD else 0,
        probleem=Mislukking.make(**rij.probleem) if rij.probleem else None,
    )


def _verwijzingen(rij: Values) -> dict[str, Any]:
    return {"gemeente": _gemeente(rij), "onderbouwing": f"/v1/bijdragen/{rij.id}/onderbouwing"}


def _gemeente(rij: Values) -> Reference:
    return Reference.make(bron="catalogus", pad=f"/v1/gemeenten/{rij.gemeentecode}")
