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
from fonds_api.bijdrage.rules import AANGEVRAAGD, MISLUKT, VASTGESTELD
from fonds_api.bijdrage.schemas import (
    Bijdrage,
    BijdragenFilter,
    Bijdrageronde,
    Deel,
    NieuweBijdrageronde,
    Onderbouwing,
)
from fonds_api.fonds import service as fonds
from fonds_api.omslag import rules as omslagregels
from fonds_api.omslag import service as omslag
from fonds_api.omslag.rules import Inwonertal
from fonds_api.peiling import service as peiling
from fonds_api.peiling.schemas import Mislukking, Voorganger

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
    besloten = omslag.vastgestelde(work, nieuw.fonds, nieuw.jaar)
    if besloten is None:
        raise GeenOmslag(f"Er is geen omslag van fonds {nieuw.fonds} over {nieuw.jaar}.")
    id = f"{besloten.fonds}-{besloten.jaar}"
    begint = repository.insert_ronde(work.session, besloten.fonds, besloten.jaar, id, work.clock.now())
    ronde = repository.lock_ronde(work.session, id)
    if ronde.status == MISLUKT:
        begint, ronde.status, ronde.probleem, ronde.aangevraagd_op = True, AANGEVRAAGD, None, work.clock.now()
        work.session.flush()
    if begint:
        WACHTEND.queue(work, ronde)
        work.record(action="bijdrageronde.aanvragen", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return _ronde(ronde, besloten), begint or WACHTEND.resume(work, ronde)


def te_verdelen(work: Work, id: str) -> Values | None:
    """The levy that a round still has to divide; None when it is vastgesteld or mislukt."""
    ronde = repository.find_ronde(work.session, id)
    return omslag_van(work, ronde) if ronde and ronde.status == AANGEVRAAGD else None


def vaststellen(work: Work, id: str, gemeenten: Sequence[Inwonertal]) -> None:
    """Store the bijdragen of a round, for good; does nothing when they are stored already.

    Args:
        gemeenten: the gemeenten on the levy's `indeling`, with their inhabitants.

    Raises:
        GemeentenOnbruikbaar: see `omslag.rules.eisen_bruikbaar`.
    """
    ronde = repository.lock_ronde(work.session, id)
    if ronde.status != AANGEVRAAGD:
        return
    besloten = omslag_van(work, ronde)
    omslagregels.eisen_bruikbaar(besloten.peildatum, gemeenten)
    bedragen = omslagregels.berekenen(omslag.regel_van(besloten), gemeenten)
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
                "peildatum": besloten.peildatum,
                "bedrag_cent": bedragen[g.code].cent,
                "inwonerstatus": g.status,
                "bruto_cent": bedragen[g.code].bruto_cent,
                "compensatie_cent": bedragen[g.code].compensatie_cent,
                "voorgangers": peiling.als_json(g),
            }
            for g in gemeenten
        ],
    )
    totaal = sum(bedrag.cent for bedrag in bedragen.values())
    ronde.status, ronde.vastgesteld_op, ronde.aantal, ronde.totaal_cent = VASTGESTELD, work.clock.now(), len(bedragen), totaal
    work.record(action="bijdrageronde.vaststellen", subject=pad(id), change={"aantal": len(bedragen), "totaalCent": totaal})


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
    return _ronde(ronde, omslag_van(work, ronde))


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
    besloten = omslag_van(work, rij)
    regel = omslag.regel_van(besloten)
    aantal, inwoners_totaal = repository.grondslag(work.session, rij.fonds, rij.jaar)
    aandeel = rules.aandeel(regel, rij.inwoners, inwoners_totaal)
    bruto = rij.bedrag_cent if rij.bruto_cent is None else rij.bruto_cent
    exclusief = omslagregels.exclusief(rij.bedrag_cent, besloten.btw_procent)
    return Onderbouwing.make(
        bijdrage=f"/v1/bijdragen/{rij.id}",
        omslag=omslag.pad(besloten.id),
        bedrag_cent=rij.bedrag_cent,
        exclusief_btw_cent=exclusief,
        btw_cent=rij.bedrag_cent - exclusief,
        btw_procent=besloten.btw_procent,
        vorm=besloten.vorm,
        delen=[Deel.from_row(deel) for deel in delen_van(regel, rij.inwoners)],
        bruto_cent=bruto,
        compensatie_cent=rij.compensatie_cent,
        voorgangers=[Voorganger.from_row(van) for van in peiling.voorgangers(rij)],
        omslag_cent=besloten.bedrag_cent or repository.totaal(work.session, rij.fonds, rij.jaar),
        inwoners=rij.inwoners,
        inwonerstatus=rij.inwonerstatus,
        inwoners_totaal=inwoners_totaal,
        aantal_gemeenten=aantal,
        indeling=besloten.indeling,
        peildatum=rij.peildatum,
        regel=omslag.uitleg(besloten),
        heel_cent=aandeel.heel_cent,
        rest_teller=aandeel.rest_teller,
        rest_noemer=aandeel.rest_noemer,
        restcent=bruto - aandeel.heel_cent,
        besluit=besloten.besluit,
        bronvermelding=besloten.besluit_bronvermelding,
        iv3=omslag.iv3_van(besloten),
        indexering=omslag.indexering_van(work, besloten),
        gemeente=_gemeente(rij),
    )


def bijdragen_over(work: Work, fonds: str, jaar: int) -> dict[str, int]:
    """What each gemeente contributes to a fonds over a year, by gemeentecode, in cents; empty when no round is vastgesteld."""
    return repository.bedragen(work.session, fonds, jaar)


def delen_van(regel: omslagregels.Regel, inwoners: int) -> list[omslagregels.Deel]:
    """The inhabitants over the rates; none of an omvang."""
    return [] if regel.vorm == omslagregels.OMVANG else omslagregels.delen(regel, inwoners)


def vaste_van(work: Work, fonds: str, jaar: int) -> dict[str, Values]:
    """The stored bijdragen to a fonds in a year, by gemeentecode."""
    return {rij.gemeentecode: rij for rij in repository.alle_van(work.session, fonds, jaar)}


def vastgestelde_ronde(work: Work, zicht: Sight, id: str) -> models.Bijdrageronde | None:
    """A round whose bijdragen are stored, for other features; None when there is none that the caller may see."""
    ronde = repository.find_ronde(work.session, id, zicht)
    return ronde if ronde and ronde.status == VASTGESTELD else None


def omslag_van(work: Work, wat: Any) -> Values:
    """The levy of a round or a bijdrage, which is given as an object or as values."""
    besloten = omslag.vastgestelde(work, wat.fonds, wat.jaar)
    if besloten is None:
        raise LookupError(f"round {wat.fonds}-{wat.jaar} has no levy")
    return besloten


def pad(id: str) -> str:
    """Path of a round in this API."""
    return f"/v1/bijdragerondes/{id}"


def _zichtbare(work: Work, zicht: Sight, id: str) -> Values:
    return found(repository.find(work.session, zicht, id), BijdrageNietGevonden, f"Er is geen bijdrage {id}, of niet voor u.")


def _ronde(rij: models.Bijdrageronde, besloten: Values) -> Bijdrageronde:
    totaal = (rij.totaal_cent or besloten.bedrag_cent or 0) if rij.status == VASTGESTELD else 0
    return Bijdrageronde.from_row(
        rij,
        omslag_cent=besloten.bedrag_cent or totaal,
        aantal=rij.aantal or 0,
        totaal_cent=totaal,
        probleem=Mislukking.make(**rij.probleem) if rij.probleem else None,
    )


def _verwijzingen(rij: Values) -> dict[str, Any]:
    return {"gemeente": _gemeente(rij), "onderbouwing": f"/v1/bijdragen/{rij.id}/onderbouwing"}


def _gemeente(rij: Values) -> Reference:
    return Reference.make(bron="catalogus", pad=f"/v1/gemeenten/{rij.gemeentecode}")
