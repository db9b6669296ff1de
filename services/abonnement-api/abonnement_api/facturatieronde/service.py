"""Use cases of the yearly billing round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import found
from gemeengoed_kit.waiting import Waiting

from abonnement_api.aanbieder.service import cent_per_dienst, list_diensten
from abonnement_api.abonnement import service as abonnement
from abonnement_api.betaling import service as betaling
from abonnement_api.boekingsopdracht import service as boeking
from abonnement_api.boekingsopdracht.schemas import Voortgang
from abonnement_api.facturatieronde import models, repository, rules
from abonnement_api.facturatieronde.errors import (
    AndereFactuurdatum,
    AnderTarief,
    FacturatierondeNietGevonden,
    GeenAbonnementen,
    OnmogelijkeFactuurdatum,
)
from abonnement_api.facturatieronde.rules import AANGEVRAAGD, GEFACTUREERD, MISLUKT, Gemeente
from abonnement_api.facturatieronde.schemas import Facturatieronde, NieuweRonde
from abonnement_api.factuur import service as factuur
from abonnement_api.factuurstuk import service as factuurstuk
from abonnement_api.mislukking import Probleem
from abonnement_api.tarief import service as tarief

TASK = "facturatieronde.factureren"
WACHTEND = Waiting(
    models.Facturatieronde,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda ronde: {"jaar": ronde.jaar},
    lock=lambda ronde: f"{TASK} {ronde.jaar}",
    path=lambda ronde: pad(ronde.jaar),
    action="facturatieronde.hervatten",
)


def aanvragen(work: Work, nieuw: NieuweRonde) -> tuple[Facturatieronde, bool]:
    """Ask for the round of a year; a job makes the invoices.

    Returns:
        the round, and whether the job was queued: asking again changes nothing, unless the round failed or its job is gone.

    Raises:
        GeenTarief, GeenAbonnementen: the year cannot be invoiced.
        OnmogelijkeFactuurdatum: the date (given, or today) must be a mistake; not checked when the round exists already.
        AnderTarief, AndereFactuurdatum: the year has a round with another tariefbesluit or factuurdatum.
    """
    bestaand = repository.find(work.session, nieuw.jaar)
    if bestaand is None or bestaand.status == MISLUKT or nieuw.tariefbesluit is not None:
        besluit = tarief.voor_jaar(work, nieuw.jaar, nieuw.tariefbesluit).id
    else:
        besluit = bestaand.tariefbesluit
    peildatum = rules.peildatum(nieuw.jaar)
    if not abonnement.geldig_op(work, peildatum):
        raise GeenAbonnementen(f"Op {peildatum} heeft geen gemeente een abonnement; meld ze eerst aan.")
    factuurdatum = nieuw.factuurdatum or today(work.clock)
    ronde, is_nieuw = repository.neem(
        work.session, jaar=nieuw.jaar, tariefbesluit=besluit, peildatum=peildatum, factuurdatum=factuurdatum, op=work.clock.now()
    )
    if not is_nieuw and ronde.status != MISLUKT:
        _controleer_gelijk(ronde, nieuw)
        return _weergaven(work, [ronde])[0], WACHTEND.resume(work, ronde)
    if not rules.factuurdatum_past(nieuw.jaar, factuurdatum, today(work.clock)):
        raise OnmogelijkeFactuurdatum(
            f"Factuurdatum {factuurdatum} past niet bij een ronde van {nieuw.jaar}: niet eerder dan in het jaar ervoor, "
            "niet later dan een jaar na nu."
        )
    ronde.status, ronde.probleem, ronde.tariefbesluit, ronde.factuurdatum = AANGEVRAAGD, None, besluit, factuurdatum
    work.session.flush()
    WACHTEND.queue(work, ronde)
    work.record(
        action="facturatieronde.aanvragen",
        subject=pad(nieuw.jaar),
        change={"tariefbesluit": besluit, "factuurdatum": factuurdatum.isoformat()},
    )
    return _weergaven(work, [ronde])[0], True


def te_factureren(work: Work, jaar: int) -> date | None:
    """The peildatum of a round that has yet to be invoiced; None when it is gefactureerd or mislukt."""
    ronde = repository.find(work.session, jaar)
    return ronde.peildatum if ronde is not None and ronde.status == AANGEVRAAGD else None


def factureren(work: Work, jaar: int, gemeenten: Mapping[str, Gemeente], betaaltermijn_dagen: int, rekening_iban: str) -> None:
    """Make all invoices of the round at once, and match the receipts that came before them; does nothing when they exist already.

    Args:
        gemeenten: every gemeente that exists on the peildatum: code to the gemeente as catalogus gives it.
        rekening_iban: our account, on which receipts may wait for these invoices.

    Raises:
        GemeenteOnbekendOfLeeg, PakketZonderTarief: name every gemeente concerned.
    """
    ronde = repository.lock(work.session, jaar)
    if ronde.status != AANGEVRAAGD:
        return
    abonnementen = abonnement.geldig_op(work, ronde.peildatum)
    pakketten = tarief.pakketten(work, ronde.tariefbesluit)
    inwoners = rules.inwoners(ronde.peildatum, {rij.gemeentecode: rij.gemeentenaam for rij in abonnementen}, gemeenten)
    zonder_tarief = {rij.gemeentecode: rij.gemeentenaam for rij in abonnementen if rij.pakket not in pakketten}
    rules.eisen_tarief(ronde.tariefbesluit, zonder_tarief)
    afnemers = [
        factuur.Afnemer(rij.id, rij.gemeentecode, gemeenten[rij.gemeentecode].naam, rij.pakket, inwoners[rij.gemeentecode])
        for rij in abonnementen
    ]
    opdracht = factuur.Opdracht(jaar, ronde.tariefbesluit, ronde.peildatum, ronde.factuurdatum, betaaltermijn_dagen, pad(jaar))
    aantal = factuur.vaststellen(work, opdracht, afnemers, pakketten)
    ronde.status, ronde.gefactureerd_op = GEFACTUREERD, work.clock.now()
    work.session.flush()
    betaling.koppel_wachtende(work, rekening_iban)
    factuurstuk.plan(work)
    work.record(action="facturatieronde.factureren", subject=pad(jaar), change={"aantalFacturen": aantal})


def mislukken(work: Work, jaar: int, probleem: dict[str, Any]) -> None:
    """Record why the round cannot be carried out; a round that is gefactureerd does not change."""
    ronde = repository.lock(work.session, jaar)
    if ronde.status == AANGEVRAAGD:
        ronde.status, ronde.probleem = MISLUKT, Probleem.make(**probleem).model_dump(mode="json")
        work.record(action="facturatieronde.mislukken", subject=pad(jaar), change=ronde.probleem)


def get_ronde(work: Work, jaar: int) -> Facturatieronde:
    """The round of a year.

    Raises:
        FacturatierondeNietGevonden: nobody asked for it.
    """
    ronde = found(
        repository.find(work.session, jaar), FacturatierondeNietGevonden, f"Voor {jaar} is geen facturatieronde aangevraagd."
    )
    return _weergaven(work, [ronde])[0]


def list_rondes(work: Work, wens: PageQuery) -> tuple[int, list[Facturatieronde]]:
    """(total number, rounds of this page), by year."""
    count, rows = repository.list_rondes(work.session, wens)
    return count, _weergaven(work, rows)


def pad(jaar: int) -> str:
    return f"/v1/facturatierondes/{jaar}"


def _controleer_gelijk(ronde: models.Facturatieronde, gevraagd: NieuweRonde) -> None:
    if gevraagd.tariefbesluit not in (None, ronde.tariefbesluit):
        raise AnderTarief(
            f"De ronde van {ronde.jaar} is met tariefbesluit {ronde.tariefbesluit} aangevraagd, "
            f"niet met {gevraagd.tariefbesluit}; facturen wijzigen niet."
        )
    if gevraagd.factuurdatum not in (None, ronde.factuurdatum):
        raise AndereFactuurdatum(f"De ronde van {ronde.jaar} is met factuurdatum {ronde.factuurdatum} aangevraagd.")


def _weergaven(work: Work, rondes: Sequence[models.Facturatieronde | Values]) -> list[Facturatieronde]:
    omvang, diensten = factuur.omvang(work, [ronde.jaar for ronde in rondes]), list_diensten(work)
    standen = _standen(work, rondes)
    return [
        Facturatieronde.from_row(
            ronde,
            **standen[ronde.jaar],
            tariefbesluit=f"/v1/tariefbesluiten/{ronde.tariefbesluit}",
            aantal_facturen=omvang[ronde.jaar].aantal,
            eerste_nummer=omvang[ronde.jaar].eerste_nummer,
            laatste_nummer=omvang[ronde.jaar].laatste_nummer,
            totaal_cent=sum(omvang[ronde.jaar].per_dienst_cent.values()),
            per_dienst_cent=cent_per_dienst(diensten, omvang[ronde.jaar].per_dienst_cent),
            probleem=Probleem.make(**ronde.probleem) if ronde.probleem else None,
            facturen=f"/v1/facturen?jaar={ronde.jaar}",
        )
        for ronde in rondes
    ]


def _standen(work: Work, rondes: Sequence[models.Facturatieronde | Values]) -> dict[int, dict[str, Any]]:
    """Status and progress by year: first of the invoices, which are made all at once, then of their entries, one by one."""
    klaar = {ronde.jaar for ronde in rondes if ronde.status == GEFACTUREERD}
    geboekt = boeking.boekstanden(work, [pad(jaar) for jaar in klaar], GEFACTUREERD)
    aantallen = abonnement.aantal_geldig(work, {ronde.peildatum for ronde in rondes if ronde.jaar not in klaar})
    return {
        ronde.jaar: geboekt[pad(ronde.jaar)]
        if ronde.jaar in klaar
        else {
            "status": ronde.status,
            "aantal_geweigerde_boekingen": 0,
            "voortgang": Voortgang.make(stap="factureren", gedaan=0, totaal=aantallen[ronde.peildatum]),
        }
        for ronde in rondes
    }
