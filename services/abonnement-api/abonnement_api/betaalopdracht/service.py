"""Use cases of payment orders: one proposes, other eyes approve, and then the message for the bank exists."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from gemeengoed_kit import outbox
from gemeengoed_kit.clock import AMSTERDAM
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import Forbidden, InvalidParam
from gemeengoed_kit.eyes import Eyes, are_others
from gemeengoed_kit.sight import EVERYTHING, found
from gemeengoed_kit.window import require_near
from stdnum import iban as iban_regels

from abonnement_api.aanbieder.service import list_diensten
from abonnement_api.betaalopdracht import paden, repository, rules
from abonnement_api.betaalopdracht.errors import (
    BetaalopdrachtAlBesloten,
    BetaalopdrachtNietGevonden,
    GeenBericht,
    NietsUitTeBetalen,
    OnbekendeOntvangst,
    RekeningGewijzigd,
    RekeningOnbekend,
    TerugbetalingPastNiet,
    UitvoeringsdagVoorbij,
    VerdelingNietVastgesteld,
)
from abonnement_api.betaalopdracht.pain import Overboeking, bericht_van
from abonnement_api.betaalopdracht.schemas import (
    Bankbericht,
    Betaalbesluit,
    Betaalopdracht,
    BetaalopdrachtenFilter,
    BetaalopdrachtKort,
    Betaalregel,
    NieuweBetaalafwijzing,
    NieuweTerugbetaling,
    NieuweUitbetaling,
)
from abonnement_api.betaling import paden as betaling_paden
from abonnement_api.betaling import service as betaling
from abonnement_api.boekingsopdracht import service as boeking
from abonnement_api.boekingsopdracht.rules import NOG_TE_KOPPELEN
from abonnement_api.verdeling import service as verdeling
from abonnement_api.verkoper import service as verkoper
from abonnement_api.verkoper.rules import BUREAU


def uitbetalen(work: Work, wie: Eyes, id: uuid.UUID, nieuw: NieuweUitbetaling, iban: str) -> Betaalopdracht:
    """Propose to pay out shares in a distribution, each as a whole, to the account that is known of its aanbieder.

    Args:
        iban: our account.

    Raises:
        VerdelingNietGevonden, VerdelingNietVastgesteld: there is nothing that may be paid out.
        UitvoeringsdagVoorbij, TooFarAhead: the day must be a mistake.
        NietsUitTeBetalen: an aanbieder has no share, or it is being paid.
        RekeningOnbekend: no name or account is known of an aanbieder or of ourselves.
    """
    nu = work.clock.now()
    datum = _datum(work, nieuw.datum, nu)
    betaling.vergrendel(work, iban)
    repository.lock(work.session)
    stand = verdeling.zichtbaar(work, EVERYTHING, id)
    if stand.vastgesteld_op is None:
        raise VerdelingNietVastgesteld(f"Verdeling {id} is niet vastgesteld.")
    aandelen: Counter[str] = Counter()
    for deel in verdeling.regels_van(work, id):
        aandelen[deel.aanbieder] += deel.bedrag_cent
    bezig = {regel.aanbieder for regel in repository.van_verdeling(work.session, id) if regel.stand in rules.LOOPT}
    bekend = verkoper.gegevens_op(work, {BUREAU, *aandelen}, _dag(nu))
    te_betalen = {wie: cent for wie, cent in aandelen.items() if wie not in bezig}
    if nieuw.aanbieders is None:
        gekozen = sorted(code for code in te_betalen if code != BUREAU or _rekening(bekend, code) not in (None, iban))
    else:
        gekozen = list(dict.fromkeys(nieuw.aanbieders))
    _alles_te_betalen(gekozen, te_betalen, bezig)
    _rekeningen_bekend(gekozen, bekend, iban)
    tekst = f"Verdeling van ontvangsten tot en met {stand.tot:%d-%m-%Y}"
    regels = [
        {
            "naam": bekend[code].naam,
            "iban": bekend[code].iban,
            "bedrag_cent": te_betalen[code],
            "omschrijving": tekst,
            "verdeling": id,
            "aanbieder": code,
            "betaling": None,
        }
        for code in gekozen
    ]
    return _voorstellen(work, wie, rules.VERDELING, nu, datum, iban, bekend[BUREAU].naam, nieuw.verzamelboeking, regels)


def terugbetalen(work: Work, wie: Eyes, nieuw: NieuweTerugbetaling, iban: str) -> Betaalopdracht:
    """Propose to give back what is left of receipts, to the account that each came from. From then on nobody can match it.

    Raises:
        UitvoeringsdagVoorbij, TooFarAhead: the day must be a mistake.
        OnbekendeOntvangst: names every receipt that does not exist on our account.
        TerugbetalingPastNiet: more than is left of a receipt.
        RekeningOnbekend: the bank did not say from which IBAN a receipt came, or nothing is known of ourselves.
    """
    nu = work.clock.now()
    datum = _datum(work, nieuw.datum, nu)
    betaling.vergrendel(work, iban)
    repository.lock(work.session)
    bekend = verkoper.gegevens_op(work, {BUREAU}, _dag(nu))
    gezocht = [deel.betaling for deel in nieuw.terugbetalingen]
    rijen = {id: rij for id, rij in betaling.ontvangsten(work, gezocht).items() if rij.iban == iban}
    onbekend = [
        InvalidParam(f"terugbetalingen.{plaats}.betaling", "onbekend", f"er is geen ontvangst {id}")
        for plaats, id in enumerate(gezocht)
        if id not in rijen
    ]
    if onbekend:
        raise OnbekendeOntvangst("Niet elke genoemde ontvangst bestaat; zie invalidParams.", invalid_params=onbekend)
    fouten, zonder, regels = [], [], []
    for plaats, deel in enumerate(nieuw.terugbetalingen):
        rij = rijen[deel.betaling]
        over = 0 if deel.betaling in gezocht[:plaats] else rij.bedrag_cent - rij.gekoppeld_cent - rij.terug_cent
        cent = over if deel.bedrag_cent is None else deel.bedrag_cent
        if not 0 < cent <= over:
            fouten.append(InvalidParam(f"terugbetalingen.{plaats}", "past_niet", f"van deze ontvangst is {over} cent over"))
        if rij.tegenrekening == iban or not iban_regels.is_valid(rij.tegenrekening or "", check_country=False):
            zonder.append(InvalidParam(f"terugbetalingen.{plaats}.betaling", "rekening", "zij kwam niet van een bekende IBAN"))
        regels.append(
            {
                "naam": rij.naam or "Onbekend",
                "iban": rij.tegenrekening,
                "bedrag_cent": cent,
                "omschrijving": rules.terugbetaling_tekst(rij.factuur, rij.boekdatum),
                "verdeling": None,
                "aanbieder": None,
                "betaling": rij.id,
            }
        )
    if fouten:
        raise TerugbetalingPastNiet("Wat wordt terugbetaald, past niet; zie invalidParams.", invalid_params=fouten)
    if zonder:
        raise RekeningOnbekend("Niet van elke ontvangst is bekend waar zij vandaan kwam.", invalid_params=zonder)
    _rekeningen_bekend([], bekend, iban)
    return _voorstellen(work, wie, rules.TERUGBETALING, nu, datum, iban, bekend[BUREAU].naam, nieuw.verzamelboeking, regels)


def goedkeuren(work: Work, wie: Eyes, id: uuid.UUID) -> Betaalopdracht:
    """Approve an order: make its message, once, and order the entry that its payments are on their way.

    Raises:
        BetaalopdrachtNietGevonden: no order has this id.
        BetaalopdrachtAlBesloten: it was approved or rejected before.
        Forbidden: the same eyes proposed it.
        UitvoeringsdagVoorbij: its day is over.
        RekeningGewijzigd: another account of an aanbieder was put down since.
    """
    rij = _wachtend(work, id)
    if not are_others(wie, Eyes(rij.peer_id, rij.rol, rij.contract)):
        raise Forbidden(f"Betaalopdracht {id} is door deze organisatie in deze rol, of onder dit contract, voorgesteld.")
    nu = work.clock.now()
    vandaag = _dag(nu)
    if rij.datum < vandaag:
        raise UitvoeringsdagVoorbij(f"De bank zou haar op {rij.datum} uitvoeren; dat is voorbij.")
    regels = repository.regels(work.session, [id])[id]
    bekend = verkoper.gegevens_op(work, {regel.aanbieder for regel in regels if regel.aanbieder}, vandaag)
    anders = [
        InvalidParam(f"regels.{regel.volgnummer}.iban", "gewijzigd", f"van {regel.aanbieder} is iets anders vastgelegd")
        for regel in regels
        if regel.aanbieder and (bekend[regel.aanbieder].naam, bekend[regel.aanbieder].iban) != (regel.naam, regel.iban)
    ]
    if anders:
        raise RekeningGewijzigd("Naam of rekening is na het voorstel gewijzigd.", invalid_params=anders)
    bericht = bericht_van(
        kenmerk=rij.kenmerk,
        gemaakt_op=nu.astimezone(AMSTERDAM),
        datum=rij.datum,
        naam=rij.naam,
        iban=rij.iban,
        verzamelboeking=rij.verzamelboeking,
        overboekingen=[
            Overboeking(
                regel.eindnaareind,
                rules.sepa_tekst(regel.naam, 70),
                regel.iban,
                regel.bedrag_cent,
                rules.sepa_tekst(regel.omschrijving, 140),
            )
            for regel in regels
        ],
    )
    sha256 = hashlib.sha256(bericht).hexdigest()
    _besluiten(work, wie, id, rules.GOEDGEKEURD, None, nu)
    repository.add_bericht(work.session, {"opdracht": id, "bericht": bericht, "sha256": sha256})
    boeking.boeken(
        work,
        datum=vandaag,
        omschrijving=f"Betalingen onderweg: {rij.kenmerk}",
        pad=paden.opdracht(id),
        groep=paden.opdracht(id),
        regels=[*rules.per_rekening(tegenrekeningen(work, regels)), (rules.ONDERWEGREKENING, -rij.bedrag_cent)],
    )
    change = {"kenmerk": rij.kenmerk, "bedragCent": rij.bedrag_cent, "sha256": sha256}
    work.record(action="betaalopdracht.goedkeuren", subject=paden.opdracht(id), change=change)
    work.session.flush()
    return get_opdracht(work, id)


def afwijzen(work: Work, wie: Eyes, id: uuid.UUID, nieuw: NieuweBetaalafwijzing) -> Betaalopdracht:
    """Reject an order with a reason; who proposed it withdraws it so.

    Raises:
        BetaalopdrachtNietGevonden, BetaalopdrachtAlBesloten: as `goedkeuren`.
    """
    _wachtend(work, id)
    _besluiten(work, wie, id, rules.AFGEWEZEN, nieuw.reden, work.clock.now())
    work.record(action="betaalopdracht.afwijzen", subject=paden.opdracht(id), change={"reden": nieuw.reden})
    return get_opdracht(work, id)


def list_opdrachten(work: Work, wens: BetaalopdrachtenFilter) -> tuple[int, list[BetaalopdrachtKort]]:
    """(total number, orders of this page), in order of proposal."""
    count, rijen = repository.list_opdrachten(work.session, wens)
    return count, BetaalopdrachtKort.from_rows(rijen, _verder(work, rijen))


def get_opdracht(work: Work, id: uuid.UUID) -> Betaalopdracht:
    """One order with its payments.

    Raises:
        BetaalopdrachtNietGevonden: no order has this id.
    """
    rij = bestaand(work, id)
    regels = repository.regels(work.session, [id])[id]
    getoond = Betaalregel.from_rows(
        regels,
        lambda regel: {"status": regel.stand, "betaling": betaling_paden.betaling(regel.betaling) if regel.betaling else None},
    )
    (kort,) = BetaalopdrachtKort.from_rows([rij], _verder(work, [rij]))
    return Betaalopdracht.make(**dict(kort), regels=getoond)


def get_bericht(work: Work, id: uuid.UUID) -> tuple[bytes, str, str]:
    """The exact bytes of the message, their hash, and the kenmerk.

    Raises:
        BetaalopdrachtNietGevonden: no order has this id.
        GeenBericht: nobody has approved it.
    """
    rij = bestaand(work, id)
    bericht, sha256 = found(repository.bytes_van(work.session, id), GeenBericht, f"Betaalopdracht {id} is niet goedgekeurd.")
    return bericht, sha256, rij.kenmerk


def betaald_van(work: Work, id: uuid.UUID) -> dict[str, str]:
    """Aanbieder to where the payment of its share in a distribution stands; of several the last. None: nothing was ordered."""
    return {regel.aanbieder: regel.stand for regel in repository.van_verdeling(work.session, id)}


def bestaand(work: Work, id: uuid.UUID) -> Values:
    """The row of an order.

    Raises:
        BetaalopdrachtNietGevonden: no order has this id.
    """
    return found(repository.find(work.session, id), BetaalopdrachtNietGevonden, f"Er is geen betaalopdracht {id}.")


def tegenrekeningen(work: Work, regels: Sequence[Values]) -> dict[str, int]:
    """Rekening to the cents of these lines: of a share those of its diensten, of a refund that of what is not matched."""
    rekeningen = {dienst.code: dienst.rekening_af_te_dragen for dienst in list_diensten(work)}
    totalen: Counter[str] = Counter()
    for regel in regels:
        if regel.verdeling is None:
            totalen[NOG_TE_KOPPELEN] += regel.bedrag_cent
    verdeeld = {id: verdeling.regels_van(work, id) for id in {regel.verdeling for regel in regels if regel.verdeling}}
    wie = {(regel.verdeling, regel.aanbieder) for regel in regels if regel.verdeling}
    for id, delen in verdeeld.items():
        for deel in delen:
            if (id, deel.aanbieder) in wie:
                totalen[rekeningen[deel.dienst]] += deel.bedrag_cent
    return dict(totalen)


def _voorstellen(
    work: Work,
    wie: Eyes,
    soort: str,
    nu: datetime,
    datum: date,
    iban: str,
    naam: str,
    verzamelboeking: bool,
    regels: Sequence[Mapping[str, Any]],
) -> Betaalopdracht:
    id = uuid.uuid4()
    kenmerk = rules.kenmerk(soort, datum, id)
    bedrag_cent = sum(regel["bedrag_cent"] for regel in regels)
    repository.add(
        work.session,
        {
            "id": id,
            "soort": soort,
            "kenmerk": kenmerk,
            "datum": datum,
            "iban": iban,
            "naam": rules.sepa_tekst(naam, 70),
            "verzamelboeking": verzamelboeking,
            "aantal": len(regels),
            "bedrag_cent": bedrag_cent,
            "voorgesteld_op": nu,
            **wie.columns(),
        },
        [
            {**regel, "opdracht": id, "volgnummer": nummer, "eindnaareind": rules.eindnaareind(kenmerk, nummer)}
            for nummer, regel in enumerate(regels, start=1)
        ],
    )
    change = {"kenmerk": kenmerk, "bedragCent": bedrag_cent, "aantal": len(regels), "datum": datum.isoformat()}
    work.record(action="betaalopdracht.voorstellen", subject=paden.opdracht(id), change=change)
    return get_opdracht(work, id)


def _dag(nu: datetime) -> date:
    return nu.astimezone(AMSTERDAM).date()


def _datum(work: Work, gevraagd: date | None, nu: datetime) -> date:
    vandaag = _dag(nu)
    datum = gevraagd or vandaag
    require_near(work.clock, datum=datum)
    if datum < vandaag:
        raise UitvoeringsdagVoorbij(f"De bank voert niets uit op {datum}; het is {vandaag}.")
    return datum


def _alles_te_betalen(gekozen: Sequence[str], te_betalen: Mapping[str, int], bezig: set[str]) -> None:
    fouten = [
        InvalidParam(
            f"aanbieders.{plaats}", "niets", f"{code} wordt al betaald" if code in bezig else f"{code} krijgt hiervan niets"
        )
        for plaats, code in enumerate(gekozen)
        if code not in te_betalen
    ]
    if fouten or not gekozen:
        raise NietsUitTeBetalen("Er is niets uit te betalen, of niet aan wie is genoemd.", invalid_params=fouten)


def _rekening(bekend: Mapping[str, Values], code: str) -> str | None:
    return bekend[code].iban if code in bekend else None


def _rekeningen_bekend(gekozen: Sequence[str], bekend: Mapping[str, Values], iban: str) -> None:
    zonder = [
        InvalidParam(code, "rekening", f"van {code} is geen rekening bekend")
        for code in gekozen
        if _rekening(bekend, code) in (None, iban)
    ]
    if BUREAU not in bekend:
        zonder.append(InvalidParam(BUREAU, "naam", f"van {BUREAU} is geen naam bekend"))
    if zonder:
        raise RekeningOnbekend("Niet van iedereen zijn naam en rekening bekend; zie invalidParams.", invalid_params=zonder)


def _wachtend(work: Work, id: uuid.UUID) -> Values:
    rij = bestaand(work, id)
    betaling.vergrendel(work, rij.iban)
    repository.lock(work.session)
    rij = bestaand(work, id)
    if rij.uitkomst is not None:
        raise BetaalopdrachtAlBesloten(f"Betaalopdracht {id} is al {rij.uitkomst}.")
    return rij


def _besluiten(work: Work, wie: Eyes, id: uuid.UUID, uitkomst: str, reden: str | None, nu: datetime) -> None:
    besluit = {"opdracht": id, "uitkomst": uitkomst, "reden": reden, "op": nu, **wie.columns()}
    repository.add_besluit(work.session, besluit)


def _verder(work: Work, rijen: Sequence[Values]) -> Any:
    sommen = repository.sommen(work.session, [rij.id for rij in rijen])
    boekingen = outbox.answers(work.session, [paden.opdracht(rij.id) for rij in rijen])

    def verder(rij: Values) -> dict[str, Any]:
        per_stand, welke = sommen[rij.id]
        pad = paden.opdracht(rij.id)
        return {
            "verdeling": verdeling.pad(welke) if welke else None,
            "status": rules.status(rij.uitkomst, list(per_stand)),
            "onderweg_cent": per_stand.get(rules.ONDERWEG, 0),
            "betaald_cent": per_stand.get(rules.BETAALD, 0),
            "besluit": Betaalbesluit.make(uitkomst=rij.uitkomst, rol=rij.besluiter, reden=rij.reden, op=rij.besloten_op)
            if rij.uitkomst
            else None,
            "bericht": Bankbericht.make(pad=f"{pad}/bericht", sha256=rij.sha256) if rij.sha256 else None,
            "boeking": boeking.verwijzing(boekingen, pad),
        }

    return verder
