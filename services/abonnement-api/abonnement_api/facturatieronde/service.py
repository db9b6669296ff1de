"""Use cases of the yearly billing round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import Forbidden
from gemeengoed_kit.eyes import Eyes, are_others
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import found
from gemeengoed_kit.waiting import Waiting

from abonnement_api.aanbieder.service import cent_per_dienst, list_diensten
from abonnement_api.abonnement import service as abonnement
from abonnement_api.abonnement.errors import OvergangOnbeslist
from abonnement_api.betaling import service as betaling
from abonnement_api.boekingsopdracht import service as boeking
from abonnement_api.boekingsopdracht.schemas import Voortgang
from abonnement_api.facturatieronde import models, repository, rules
from abonnement_api.facturatieronde.errors import (
    AndereFactuurdatum,
    AndereRondeBezig,
    AnderTarief,
    AnderVoorstel,
    BuitenGrenzen,
    FacturatierondeNietGevonden,
    GeenVoorstel,
    NietTeBeoordelen,
    OnmogelijkeFactuurdatum,
    VoorstelAchterhaald,
)
from abonnement_api.facturatieronde.rules import (
    AANGEVRAAGD,
    AFGEWEZEN,
    GEFACTUREERD,
    GOEDGEKEURD,
    MISLUKT,
    OPNIEUW,
    VOORGESTELD,
)
from abonnement_api.facturatieronde.schemas import (
    Facturatieronde,
    NieuweAfwijzing,
    NieuweGoedkeuring,
    NieuweRonde,
    Rondebesluit,
)
from abonnement_api.factuur import service as factuur
from abonnement_api.factuurstuk import service as factuurstuk
from abonnement_api.mislukking import Probleem
from abonnement_api.tarief import service as tarief
from abonnement_api.voorvertoning import service as voorvertoning
from abonnement_api.voorvertoning.rules import peildatum as peildatum_van

VOORSTELLEN, FACTUREREN = "facturatieronde.voorstellen", "facturatieronde.factureren"
PER_KEER = 100
"""Invoices that one transaction makes."""


def _wachtend(status: str, task: str) -> Waiting:
    return Waiting(
        models.Facturatieronde,
        status=status,
        task=task,
        arguments=lambda ronde: {"jaar": ronde.jaar},
        lock=lambda ronde: f"{task} {ronde.jaar}",
        path=lambda ronde: pad(ronde.jaar),
        action="facturatieronde.hervatten",
    )


WACHT_OP_VOORSTEL, WACHT_OP_FACTUREN = _wachtend(AANGEVRAAGD, VOORSTELLEN), _wachtend(GOEDGEKEURD, FACTUREREN)


def aanvragen(work: Work, wie: Eyes, nieuw: NieuweRonde) -> tuple[Facturatieronde, bool]:
    """Ask for the round of a year; a job works out its proposal, and then it waits for somebody else.

    Returns:
        the round, and whether a job was queued: asking again changes nothing, unless the round failed or was rejected, or its job
        is gone.

    Raises:
        GeenTarief, GeenAbonnementen, OvergangOnbeslist, OnbekendeVoorvertoning: the year cannot be invoiced, or compared
            with that preview.
        OnmogelijkeFactuurdatum: the date (given, or today) must be a mistake; not checked when the round exists already.
        AnderTarief, AndereFactuurdatum: the year has a round with another tariefbesluit or factuurdatum.
    """
    bestaand = repository.find(work.session, nieuw.jaar)
    if bestaand is None or bestaand.status in OPNIEUW or nieuw.tariefbesluit is not None:
        besluit = tarief.voor_jaar(work, nieuw.jaar, nieuw.tariefbesluit).id
    else:
        besluit = bestaand.tariefbesluit
    voorvertoning.eisen_abonnementen(work, nieuw.jaar)
    factuurdatum = nieuw.factuurdatum or today(work.clock)
    ronde, is_nieuw = repository.neem(
        work.session,
        jaar=nieuw.jaar,
        tariefbesluit=besluit,
        peildatum=peildatum_van(nieuw.jaar),
        factuurdatum=factuurdatum,
        op=work.clock.now(),
    )
    if not is_nieuw and ronde.status not in OPNIEUW:
        _controleer_gelijk(ronde, nieuw)
        hervat = WACHT_OP_VOORSTEL.resume(work, ronde) or WACHT_OP_FACTUREN.resume(work, ronde)
        return _weergaven(work, [ronde])[0], hervat
    if not rules.factuurdatum_past(nieuw.jaar, factuurdatum, today(work.clock)):
        raise OnmogelijkeFactuurdatum(
            f"Factuurdatum {factuurdatum} past niet bij een ronde van {nieuw.jaar}: niet eerder dan in het jaar ervoor, "
            "niet later dan een jaar na nu."
        )
    ronde.status, ronde.probleem, ronde.tariefbesluit, ronde.factuurdatum = AANGEVRAAGD, None, besluit, factuurdatum
    ronde.voorstel = voorvertoning.beginnen(work, wie, nieuw.jaar, besluit, voor_ronde=True, vergeleken_met=nieuw.voorvertoning)
    work.session.flush()
    WACHT_OP_VOORSTEL.queue(work, ronde)
    work.record(
        action="facturatieronde.aanvragen",
        subject=pad(nieuw.jaar),
        change={
            "tariefbesluit": besluit,
            "factuurdatum": factuurdatum.isoformat(),
            "voorstel": voorvertoning.pad(ronde.voorstel),
        },
    )
    return _weergaven(work, [ronde])[0], True


def te_vragen(work: Work, jaar: int) -> Sequence[date] | None:
    """The days that the proposal of a round needs from catalogus; None when it has its proposal, or failed.

    Raises:
        GeenVoorstel: it was asked for by a release that made no proposals.
    """
    ronde = repository.find(work.session, jaar)
    if ronde is None or ronde.status != AANGEVRAAGD:
        return None
    if ronde.voorstel is None:
        raise GeenVoorstel(f"De ronde van {jaar} is aangevraagd voordat rondes een voorstel kregen.")
    return voorvertoning.te_vragen(work, ronde.voorstel)


def voorstellen(work: Work, jaar: int, antwoord: voorvertoning.Antwoord) -> None:
    """Work out the proposal of a round; does nothing when it has one.

    Raises:
        GeenAbonnementen, GemeenteOnbekendOfLeeg, PakketZonderTarief: name every gemeente concerned.
    """
    ronde = repository.lock(work.session, jaar)
    if ronde.status != AANGEVRAAGD or ronde.voorstel is None or not voorvertoning.berekenen(work, ronde.voorstel, antwoord):
        return
    ronde.status = VOORGESTELD
    work.session.flush()
    work.record(action="facturatieronde.voorstellen", subject=pad(jaar), change={"voorstel": voorvertoning.pad(ronde.voorstel)})


def goedkeuren(work: Work, wie: Eyes, jaar: int, nieuw: NieuweGoedkeuring) -> Facturatieronde:
    """Approve the proposal of a round; a job makes its invoices.

    Raises:
        FacturatierondeNietGevonden: nobody asked for it.
        NietTeBeoordelen, AnderVoorstel: it does not wait for this, or not with this proposal.
        Forbidden: who asked for it is no other.
        BuitenGrenzen: the proposal passes bounds that are not named as accepted.
        VoorstelAchterhaald: what it rests on has changed, or is to be decided first.
        AndereRondeBezig: another round is being invoiced.
    """
    ronde = _te_beoordelen(work, jaar)
    assert ronde.voorstel is not None
    voorstel = voorvertoning.rijen(work, [ronde.voorstel])[ronde.voorstel]
    if nieuw.voorstel != ronde.voorstel:
        raise AnderVoorstel(f"De ronde van {jaar} heeft voorstel {ronde.voorstel}, niet {nieuw.voorstel}.")
    if not are_others(wie, Eyes(voorstel.peer_id, voorstel.rol, voorstel.contract)):
        raise Forbidden(f"De ronde van {jaar} is door deze organisatie in deze rol, of onder dit contract, aangevraagd.")
    buiten = [over for over in voorvertoning.overschrijdingen(voorstel) if over.grens not in nieuw.aanvaard]
    if buiten or (nieuw.aanvaard and nieuw.toelichting is None):
        tekst = "; ".join(f"{over.grens}: {over.toelichting}" for over in buiten) or "een toelichting ontbreekt"
        raise BuitenGrenzen(f"De ronde van {jaar} wacht: {tekst}.", grenzen=[over.grens for over in buiten])
    if (ander := repository.bezig(work.session)) is not None:
        raise AndereRondeBezig(f"De ronde van {ander} wordt gefactureerd; wacht tot dat klaar is.")
    _eisen_actueel(work, ronde)
    _besluit(work, wie, ronde, GOEDGEKEURD, nieuw.naam, nieuw.toelichting, sorted(set(nieuw.aanvaard)))
    WACHT_OP_FACTUREN.queue(work, ronde)
    return _weergaven(work, [ronde])[0]


def afwijzen(work: Work, wie: Eyes, jaar: int, nieuw: NieuweAfwijzing) -> Facturatieronde:
    """Reject the proposal of a round; who asked for it may do so too. Then the round can be asked for again.

    Raises:
        FacturatierondeNietGevonden, NietTeBeoordelen: as `goedkeuren`.
    """
    ronde = _te_beoordelen(work, jaar)
    _besluit(work, wie, ronde, AFGEWEZEN, nieuw.naam, nieuw.toelichting, [])
    return _weergaven(work, [ronde])[0]


def factureren(work: Work, jaar: int, betaaltermijn_dagen: int, rekening_iban: str) -> bool:
    """Make the next invoices of an approved round, as its proposal says; the last ones finish it, and then the receipts that came
    before them are matched. Goes on where it was, however often it is called and by whom.

    Args:
        rekening_iban: our account, on which receipts may wait for these invoices.

    Returns:
        whether there are more.

    Raises:
        VoorstelAchterhaald: what the proposal rests on changed before the first invoice.
    """
    ronde = repository.lock(work.session, jaar)
    if ronde.status != GOEDGEKEURD or ronde.voorstel is None:
        return False
    na = voorvertoning.volgnummer_van(work, ronde.voorstel, factuur.laatst_gefactureerd(work, jaar))
    if not na:
        _eisen_actueel(work, ronde)
    voorstel = voorvertoning.rijen(work, [ronde.voorstel])[ronde.voorstel]
    regels = voorvertoning.concepten(work, ronde.voorstel, na, PER_KEER)
    opdracht = factuur.Opdracht(jaar, ronde.tariefbesluit, ronde.peildatum, ronde.factuurdatum, betaaltermijn_dagen, pad(jaar))
    afnemers = [(_afnemer(regel), voorvertoning.verrekeningen_van(work, regel)) for regel in regels]
    factuur.vaststellen(
        work, opdracht, afnemers, tarief.pakketten(work, ronde.tariefbesluit), voorstel.wijze, voorstel.penvoerder
    )
    if na + len(regels) < voorstel.aantal:
        return True
    ronde.status, ronde.gefactureerd_op = GEFACTUREERD, work.clock.now()
    work.session.flush()
    betaling.koppel_wachtende(work, rekening_iban)
    factuurstuk.plan(work)
    work.record(action="facturatieronde.factureren", subject=pad(jaar), change={"aantalGemeenten": voorstel.aantal})
    return False


def mislukken(work: Work, jaar: int, probleem: dict[str, Any]) -> None:
    """Record why the round cannot be carried out; one that waits for somebody, or has invoices, does not change."""
    ronde = repository.lock(work.session, jaar)
    if ronde.status == AANGEVRAAGD or (ronde.status == GOEDGEKEURD and not factuur.laatst_gefactureerd(work, jaar)):
        if ronde.status == AANGEVRAAGD and ronde.voorstel is not None:
            voorvertoning.mislukken(work, ronde.voorstel, probleem)
        ronde.status, ronde.probleem = MISLUKT, Probleem.make(**probleem).model_dump(mode="json")
        work.session.flush()
        work.record(action="facturatieronde.mislukken", subject=pad(jaar), change=ronde.probleem or {})


def get_ronde(work: Work, jaar: int) -> Facturatieronde:
    """The round of a year.

    Raises:
        FacturatierondeNietGevonden: nobody asked for it.
    """
    return _weergaven(work, [_bestaand(work, jaar)])[0]


def list_rondes(work: Work, wens: PageQuery) -> tuple[int, list[Facturatieronde]]:
    """(total number, rounds of this page), by year."""
    count, rows = repository.list_rondes(work.session, wens)
    return count, _weergaven(work, rows)


def pad(jaar: int) -> str:
    return f"/v1/facturatierondes/{jaar}"


def _bestaand(work: Work, jaar: int) -> models.Facturatieronde:
    ronde = repository.find(work.session, jaar)
    return found(ronde, FacturatierondeNietGevonden, f"Voor {jaar} is geen facturatieronde aangevraagd.")


def _te_beoordelen(work: Work, jaar: int) -> models.Facturatieronde:
    """The round, locked, that waits for a decision."""
    _bestaand(work, jaar)
    ronde = repository.lock(work.session, jaar)
    if ronde.status != VOORGESTELD:
        raise NietTeBeoordelen(f"De ronde van {jaar} is {ronde.status}.")
    return ronde


def _eisen_actueel(work: Work, ronde: models.Facturatieronde) -> None:
    assert ronde.voorstel is not None
    try:
        anders = voorvertoning.achterhaald(work, ronde.voorstel)
    except OvergangOnbeslist as open_:
        raise VoorstelAchterhaald(open_.detail) from None
    if anders:
        raise VoorstelAchterhaald(f"Sinds het voorstel van {ronde.jaar} is veranderd: {'; '.join(anders)}.")


def _besluit(
    work: Work, wie: Eyes, ronde: models.Facturatieronde, uitkomst: str, naam: str, reden: str | None, aanvaard: list[str]
) -> None:
    waarden = {"uitkomst": uitkomst, "naam": naam, "reden": reden, "aanvaard": aanvaard}
    repository.add_besluit(
        work.session,
        {"voorvertoning": ronde.voorstel, "jaar": ronde.jaar, **waarden, "op": work.clock.now(), **wie.columns()},
    )
    ronde.status = uitkomst
    work.session.flush()
    work.record(action=f"facturatieronde.{uitkomst}", subject=pad(ronde.jaar), change=waarden)


def _afnemer(regel: Values) -> factuur.Afnemer:
    return factuur.Afnemer(
        regel.abonnement,
        regel.gemeentecode,
        regel.gemeentenaam,
        regel.pakket,
        regel.inwoners,
        regel.maanden,
        regel.voorlopig,
        (regel.betaler, regel.betaler_naam) if regel.betaler else None,
    )


def _controleer_gelijk(ronde: models.Facturatieronde, gevraagd: NieuweRonde) -> None:
    if gevraagd.tariefbesluit not in (None, ronde.tariefbesluit):
        raise AnderTarief(
            f"De ronde van {ronde.jaar} is aangevraagd met tariefbesluit {ronde.tariefbesluit}, niet {gevraagd.tariefbesluit}."
        )
    if gevraagd.factuurdatum not in (None, ronde.factuurdatum):
        raise AndereFactuurdatum(f"De ronde van {ronde.jaar} is met factuurdatum {ronde.factuurdatum} aangevraagd.")


def _weergaven(work: Work, rondes: Sequence[models.Facturatieronde | Values]) -> list[Facturatieronde]:
    omvang, diensten = factuur.omvang(work, [ronde.jaar for ronde in rondes]), list_diensten(work)
    voorstellen = voorvertoning.rijen(work, [ronde.voorstel for ronde in rondes if ronde.voorstel])
    besluiten = repository.besluiten(work.session, list(voorstellen))
    standen = _standen(work, rondes, voorstellen, omvang)
    return [
        Facturatieronde.from_row(
            ronde,
            **standen[ronde.jaar],
            tariefbesluit=f"/v1/tariefbesluiten/{ronde.tariefbesluit}",
            voorstel=voorvertoning.pad(ronde.voorstel) if ronde.voorstel else None,
            overschrijdingen=voorvertoning.overschrijdingen(voorstellen[ronde.voorstel]) if ronde.voorstel else [],
            besluit=_besluitweergave(besluiten[ronde.voorstel]) if ronde.voorstel in besluiten else None,
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


def _besluitweergave(rij: Values) -> Rondebesluit:
    return Rondebesluit.from_row(rij, toelichting=rij.reden)


def _standen(
    work: Work,
    rondes: Sequence[models.Facturatieronde | Values],
    voorstellen: dict[Any, Values],
    omvang: dict[int, factuur.Omvang],
) -> dict[int, dict[str, Any]]:
    """Status and progress by year: of the proposal, then of the invoices, then of their entries."""
    klaar = {ronde.jaar for ronde in rondes if ronde.status == GEFACTUREERD}
    geboekt = boeking.boekstanden(work, [pad(jaar) for jaar in klaar], GEFACTUREERD)
    aantallen = abonnement.aantal_geldig(work, {ronde.peildatum for ronde in rondes if ronde.jaar not in klaar})

    def voortgang(ronde: models.Facturatieronde | Values) -> Voortgang:
        voorstel = voorstellen.get(ronde.voorstel)
        if voorstel is None or voorstel.aantal is None:
            return Voortgang.make(stap="voorstellen", gedaan=0, totaal=aantallen[ronde.peildatum])
        return Voortgang.make(stap="factureren", gedaan=omvang[ronde.jaar].gemeenten, totaal=voorstel.aantal)

    return {
        ronde.jaar: geboekt[pad(ronde.jaar)]
        if ronde.jaar in klaar
        else {"status": ronde.status, "aantal_geweigerde_boekingen": 0, "voortgang": voortgang(ronde)}
        for ronde in rondes
    }
