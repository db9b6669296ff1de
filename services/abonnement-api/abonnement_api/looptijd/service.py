"""Use cases of notice, renewal, change of package and leaving."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import EVERYTHING, Sight, found
from gemeengoed_kit.window import require_near

from abonnement_api.aanbod import service as aanbod
from abonnement_api.abonnement import service as abonnement
from abonnement_api.abonnement.rules import OPZEGGING, PAKKETWIJZIGING, VERLENGING
from abonnement_api.abonnement.schemas import Getekend
from abonnement_api.looptijd import repository, rules
from abonnement_api.looptijd.errors import (
    OpzeggingPastNiet,
    PakketwijzigingPastNiet,
    VerlengingNietGevonden,
    VerlengingPastNiet,
)
from abonnement_api.looptijd.schemas import (
    Gebeurtenis,
    Gebeurtenissen,
    NieuweOpzegging,
    NieuwePakketwijziging,
    NieuweVerlenging,
    Uittreden,
    Verlenging,
)


def opzeggen(work: Work, zicht: Sight, id: uuid.UUID, nieuw: NieuweOpzegging) -> Gebeurtenissen:
    """Give notice of a subscription: it ends on the day asked for, or on the first that its terms allow.

    Raises:
        AbonnementNietGevonden: no subscription has this id, or this caller may not see it.
        OpzeggingPastNiet: names all that is wrong.
    """
    abonnement.grendel(work)
    rij, vandaag = abonnement.find(work, zicht, id), today(work.clock)
    datum = nieuw.datum or vandaag
    laatste_dag, fouten = rules.fouten_in_opzegging(
        _stand(rij),
        aanbod.voorwaarden_van(work, rij.aanbod),
        datum,
        nieuw.ondertekenaar.besluitdatum,
        nieuw.laatste_dag,
        vandaag,
    )
    if fouten:
        raise OpzeggingPastNiet(f"Deze opzegging van {rij.gemeentenaam} past niet.", invalid_params=fouten)
    abonnement.gebeuren(
        work,
        [rij],
        soort=OPZEGGING,
        ingangsdatum=laatste_dag,
        datum=datum,
        toelichting=nieuw.toelichting,
        **nieuw.ondertekenaar.model_dump(),
    )
    change = {**nieuw.model_dump(mode="json", by_alias=True), "laatsteDag": str(laatste_dag), "datum": str(datum)}
    work.record(action="abonnement.opzeggen", subject=abonnement.abonnementspad(id), change=change)
    return get_gebeurtenissen(work, zicht, id)


def wijzig_pakket(work: Work, id: uuid.UUID, nieuw: NieuwePakketwijziging) -> Gebeurtenissen:
    """Let a gemeente have another package from a 1 January that is to come.

    Raises:
        AbonnementNietGevonden: no subscription has this id.
        PakketwijzigingPastNiet: names all that is wrong.
        TooFarAhead: the day is more than a year from now.
    """
    require_near(work.clock, ingangsdatum=nieuw.ingangsdatum)
    abonnement.grendel(work)
    rij, vandaag = abonnement.find(work, EVERYTHING, id), today(work.clock)
    eerder = [een.ingangsdatum for een in abonnement.gebeurtenissen(work, id) if een.soort == PAKKETWIJZIGING]
    huidig = abonnement.pakketten_op(work, [(id, nieuw.ingangsdatum)])[id]
    fouten = rules.fouten_in_pakketwijziging(
        _stand(rij), nieuw.ingangsdatum, nieuw.pakket, huidig, max(eerder, default=None), vandaag
    )
    if nieuw.ondertekenaar.besluitdatum > vandaag:
        fouten.append(InvalidParam("ondertekenaar.besluitdatum", "te_laat", "niemand tekent op een besluit dat er nog niet is"))
    if fouten:
        raise PakketwijzigingPastNiet(f"Deze pakketwijziging van {rij.gemeentenaam} past niet.", invalid_params=fouten)
    abonnement.gebeuren(
        work,
        [rij],
        soort=PAKKETWIJZIGING,
        ingangsdatum=nieuw.ingangsdatum,
        datum=vandaag,
        pakket=nieuw.pakket,
        toelichting=nieuw.toelichting,
        **nieuw.ondertekenaar.model_dump(),
    )
    work.record(
        action="abonnement.pakket-wijzigen",
        subject=abonnement.abonnementspad(id),
        change=nieuw.model_dump(mode="json", by_alias=True),
    )
    return get_gebeurtenissen(work, EVERYTHING, id)


def verlengen(work: Work, nieuw: NieuweVerlenging) -> Verlenging:
    """Let all subscriptions that end on a day go on until another, by a decision; of which notice was given, end.

    Raises:
        VerlengingPastNiet: names all that is wrong.
        AanbodNietGevonden: no offer has this code.
        OverlappendAbonnement: gemeenten have another subscription in that time already; names them all.
    """
    vandaag = today(work.clock)
    fouten = []
    if nieuw.tot_en_met <= nieuw.lopend_tot_en_met:
        fouten.append(InvalidParam("totEnMet", "te_vroeg", f"ligt niet na {nieuw.lopend_tot_en_met}"))
    if nieuw.datum > vandaag:
        fouten.append(
            InvalidParam("datum", "in_de_toekomst", f"een besluit is vast te leggen vanaf de dag zelf; het is nu {vandaag}")
        )
    if nieuw.aanbod is not None:
        aanbod.get_aanbod(work, nieuw.aanbod)
    abonnement.grendel(work)
    rijen = abonnement.eindigend_op(work, nieuw.lopend_tot_en_met, nieuw.aanbod)
    if not rijen:
        fouten.append(InvalidParam("lopendTotEnMet", "geen_abonnementen", "geen abonnement eindigt op die dag zonder opzegging"))
    if fouten:
        raise VerlengingPastNiet("Deze verlenging past niet.", invalid_params=fouten)
    abonnement.eisen_vrij(work, [rij.gemeentecode for rij in rijen], nieuw.lopend_tot_en_met + rules.EEN_DAG, nieuw.tot_en_met)
    id, op = uuid.uuid4(), work.clock.now()
    waarden: dict[str, Any] = {"id": id, **nieuw.model_dump(exclude={"aanbod"}), "aantal": len(rijen), "vastgelegd_op": op}
    repository.add(work.session, waarden)
    abonnement.gebeuren(work, rijen, soort=VERLENGING, ingangsdatum=nieuw.tot_en_met, datum=nieuw.datum, verlenging=id)
    change = {**nieuw.model_dump(mode="json", by_alias=True), "aantal": len(rijen)}
    work.record(action="abonnement.verlengen", subject=pad(id), change=change)
    return Verlenging.make(**waarden)


def list_verlengingen(work: Work, wens: PageQuery) -> tuple[int, list[Verlenging]]:
    """(total number, decisions of this page)."""
    count, rows = repository.list_verlengingen(work.session, wens)
    return count, Verlenging.from_rows(rows)


def get_verlenging(work: Work, id: uuid.UUID) -> Verlenging:
    """One decision.

    Raises:
        VerlengingNietGevonden: no decision has this id.
    """
    return Verlenging.from_row(found(repository.find(work.session, id), VerlengingNietGevonden, f"Er is geen verlenging {id}."))


def get_gebeurtenissen(work: Work, zicht: Sight, id: uuid.UUID) -> Gebeurtenissen:
    """What happened to a subscription.

    Raises:
        AbonnementNietGevonden: no subscription has this id, or this caller may not see it.
    """
    abonnement.find(work, zicht, id)
    return Gebeurtenissen.make(results=Gebeurtenis.from_rows(abonnement.gebeurtenissen(work, id), _verder))


def get_uittreden(work: Work, zicht: Sight, id: uuid.UUID) -> Uittreden:
    """When a subscription can end from today on, and what that costs. When notice was given or it went over, only its last day.

    Raises:
        AbonnementNietGevonden: no subscription has this id, or this caller may not see it.
    """
    rij, vandaag = abonnement.find(work, zicht, id), today(work.clock)
    dag = max(vandaag, rij.begindatum)
    pakket = abonnement.pakketten_op(work, [(id, dag)])[id]
    vast = rij.opgezegd or rij.overgegaan_op is not None
    vanaf = rij.laatste_dag if vast else min(dag, rij.laatste_dag)
    return aanbod.uittreden_bij(work, rij.aanbod, rij.gemeentecode, rij.begindatum, rij.laatste_dag, pakket, vanaf)


def pad(id: uuid.UUID) -> str:
    return f"/v1/verlengingen/{id}"


def _stand(rij: Values) -> rules.Stand:
    return rules.Stand(rij.begindatum, rij.laatste_dag, rij.opgezegd, rij.overgegaan_op)


def _verder(rij: Values) -> dict[str, Any]:
    namen = list(Getekend.model_fields)
    getekend = {naam: getattr(rij, naam) for naam in namen}
    return {
        "verlenging": pad(rij.verlenging) if rij.verlenging else None,
        "ondertekenaar": Getekend.make(**getekend) if rij.naam is not None else None,
    }
