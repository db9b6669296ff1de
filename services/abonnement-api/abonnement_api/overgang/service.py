"""Use cases of herindelingen: subscriptions go over to the successors, and a person decides where they differ."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import found
from gemeengoed_kit.waiting import Waiting
from gemeengoed_kit.window import require_near

from abonnement_api.abonnement import service as abonnement
from abonnement_api.abonnement.rules import OVERGANG, PAKKETWIJZIGING
from abonnement_api.abonnement.schemas import Getekend
from abonnement_api.catalogus import gemeente
from abonnement_api.mislukking import Probleem
from abonnement_api.overgang import models, repository, rules
from abonnement_api.overgang.errors import (
    AndereOvergangsronde,
    OvergangBeslist,
    OvergangNietGevonden,
    OvergangsbesluitPastNiet,
    OvergangsrondeNietGevonden,
)
from abonnement_api.overgang.rules import AANGEVRAAGD, BESLOTEN, MISLUKT, VANZELF, VERWERKT, Herindeling, Inhoud
from abonnement_api.overgang.schemas import (
    NieuweOvergangsronde,
    NieuwOvergangsbesluit,
    Overgang,
    OvergangenFilter,
    Overgangsbesluit,
    Overgangsdeel,
    Overgangsronde,
)

TASK = "overgang.verwerken"
WACHTEND = Waiting(
    models.Overgangsronde,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda ronde: {"ronde": str(ronde.id)},
    lock=lambda _: TASK,
    path=lambda ronde: rondepad(ronde.id),
    action="overgangsronde.hervatten",
)


def aanvragen(work: Work, nieuw: NieuweOvergangsronde) -> tuple[Overgangsronde, bool]:
    """Ask for a round along the herindelingen until a day; a job asks catalogus for them.

    Returns:
        the round, and whether its job was queued: as long as one waits, asking again changes nothing.

    Raises:
        AndereOvergangsronde: one until another day waits.
        TooFarAhead: the day is more than a year from now.
    """
    require_near(work.clock, totEnMet=nieuw.tot_en_met)
    waarden = {
        "id": uuid.uuid4(),
        "tot_en_met": nieuw.tot_en_met,
        "status": AANGEVRAAGD,
        "probleem": None,
        "aantal": None,
        "aangevraagd_op": work.clock.now(),
        "afgerond_op": None,
    }
    rij, is_nieuw = repository.neem(work.session, waarden)
    if rij.tot_en_met != nieuw.tot_en_met:
        raise AndereOvergangsronde(f"Er loopt nog een overgangsronde tot en met {rij.tot_en_met}: {rondepad(rij.id)}.")
    if is_nieuw:
        WACHTEND.queue(work, rij)
        work.record(
            action="overgangsronde.aanvragen", subject=rondepad(rij.id), change=nieuw.model_dump(mode="json", by_alias=True)
        )
    return _ronde(rij), is_nieuw or WACHTEND.resume(work, rij)


def te_verwerken(work: Work, id: uuid.UUID) -> date | None:
    """The last day that a round is about; None when it is verwerkt or mislukt."""
    rij = repository.find_ronde(work.session, id)
    return rij.tot_en_met if rij is not None and rij.status == AANGEVRAAGD else None


def verwerken(work: Work, id: uuid.UUID, herindelingen: Iterable[Herindeling], namen: Mapping[str, str]) -> None:
    """Let subscriptions go over, day by day; what went over before stays as it is.

    Args:
        herindelingen: of gemeenten that ended.
        namen: code to name of every gemeente in them.
    """
    ronde = repository.lock(work.session, id)
    if ronde.status != AANGEVRAAGD:
        return
    abonnement.grendel(work)
    per_dag: dict[date, list[Herindeling]] = defaultdict(list)
    for een in herindelingen:
        per_dag[een.ingangsdatum].append(een)
    aantal = sum(_ga_over(work, dag, per_dag[dag], namen) for dag in sorted(per_dag) if dag <= ronde.tot_en_met)
    ronde.status, ronde.aantal, ronde.afgerond_op = VERWERKT, aantal, work.clock.now()
    work.record(action="overgangsronde.verwerken", subject=rondepad(id), change={"aantal": aantal})


def mislukken(work: Work, id: uuid.UUID, probleem: dict[str, Any]) -> None:
    """Record why the round cannot be carried out; a round that is verwerkt does not change."""
    ronde = repository.lock(work.session, id)
    if ronde.status == AANGEVRAAGD:
        reden = Probleem.make(**probleem).model_dump(mode="json")
        ronde.status, ronde.probleem, ronde.afgerond_op = MISLUKT, reden, work.clock.now()
        work.record(action="overgangsronde.mislukken", subject=rondepad(id), change=reden)


def list_rondes(work: Work, wens: PageQuery) -> tuple[int, list[Overgangsronde]]:
    """(total number, rounds of this page)."""
    count, rows = repository.list_rondes(work.session, wens)
    return count, [_ronde(rij) for rij in rows]


def get_ronde(work: Work, id: uuid.UUID) -> Overgangsronde:
    """One round.

    Raises:
        OvergangsrondeNietGevonden: no round has this id.
    """
    rij = repository.find_ronde(work.session, id)
    return _ronde(found(rij, OvergangsrondeNietGevonden, f"Er is geen overgangsronde {id}."))


def list_overgangen(work: Work, wens: OvergangenFilter) -> tuple[int, list[Overgang]]:
    """(total number, overgangen of this page)."""
    count, rows = repository.list_overgangen(work.session, wens)
    return count, _weergaven(work, rows)


def get_overgang(work: Work, id: uuid.UUID) -> Overgang:
    """One overgang.

    Raises:
        OvergangNietGevonden: none has this id.
    """
    return _weergaven(work, [_find(work, id)])[0]


def beslissen(work: Work, id: uuid.UUID, nieuw: NieuwOvergangsbesluit) -> Overgang:
    """Say which subscription a gemeente has after a herindeling, where what went over differs.

    Raises:
        OvergangNietGevonden: none has this id.
        OvergangBeslist: it was decided before, or there was nothing to decide.
        OvergangsbesluitPastNiet: names all that is wrong.
        OverlappendAbonnement: the gemeente has got another subscription since.
    """
    abonnement.grendel(work)
    rij, vandaag = _find(work, id), today(work.clock)
    if id in repository.besluiten(work.session, [id]):
        raise OvergangBeslist(f"Over de overgang van {rij.gemeentenaam} per {rij.ingangsdatum} is al beslist.")
    delen = _overgegaan(work, rij)
    eigen_rijen = abonnement.nog_van(work, [rij.gemeentecode], rij.ingangsdatum)
    eigen = rules.van_de_dag(_inhouden(work, eigen_rijen, rij.ingangsdatum)[rij.gemeentecode], rij.ingangsdatum)
    fouten = rules.fouten_in_besluit(
        rij.ingangsdatum, delen, eigen, nieuw.pakket, nieuw.einddatum, nieuw.ondertekenaar.besluitdatum, vandaag
    )
    if fouten:
        raise OvergangsbesluitPastNiet(f"Dit besluit over {rij.gemeentenaam} past niet.", invalid_params=fouten)
    besluit: dict[str, Any] = {
        "overgang": id,
        "wijze": BESLOTEN,
        "pakket": nieuw.pakket,
        "einddatum": None,
        "abonnement": None,
        **nieuw.ondertekenaar.model_dump(),
        "toelichting": nieuw.toelichting,
        "vastgelegd_op": work.clock.now(),
    }
    if eigen and nieuw.pakket is not None:
        _ander_pakket(work, eigen_rijen[0], rij.ingangsdatum, nieuw, vandaag)
    elif nieuw.pakket is not None:
        inhoud = rules.gekozen(delen, nieuw.pakket, nieuw.einddatum)
        abonnement.eisen_vrij(work, [rij.gemeentecode], inhoud.begindatum, inhoud.einddatum)
        besluit |= _nieuw(work, id, rij.gemeentecode, rij.gemeentenaam, inhoud)
    repository.add_besluiten(work.session, [besluit])
    change = nieuw.model_dump(mode="json", by_alias=True)
    work.record(action="overgang.beslissen", subject=pad(id), change=change)
    return get_overgang(work, id)


def pad(id: uuid.UUID) -> str:
    return f"/v1/overgangen/{id}"


def rondepad(id: uuid.UUID) -> str:
    """Path of a round."""
    return f"/v1/overgangsrondes/{id}"


def _ga_over(work: Work, dag: date, herindelingen: Sequence[Herindeling], namen: Mapping[str, str]) -> int:
    """What happens on one day; returns how many gemeenten received a subscription."""
    van: dict[str, set[str]] = defaultdict(set)
    for een in herindelingen:
        van[een.naar].add(een.van)
    eindigt, ingesteld = {een.van for een in herindelingen}, {een.naar for een in herindelingen if een.nieuw_ingesteld}
    rijen = abonnement.nog_van(work, eindigt | van.keys(), dag)
    gaan = [rij for rij in rijen if rij.gemeentecode in eindigt]
    if not gaan:
        return 0
    ids, inhouden = defaultdict(list), _inhouden(work, rijen, dag)
    for rij in gaan:
        ids[rij.gemeentecode].append(rij.id)
    bekend, op = repository.bekend(work.session, dag), work.clock.now()
    overgangen, delen, besluiten = [], [], []
    for naar, oude in sorted(van.items()):
        if not any(code in ids for code in oude):
            continue
        id = bekend.get(naar) or uuid.uuid4()
        delen += [
            {"overgang": id, "gemeentecode": code, "gemeentenaam": namen[code], "abonnement": eigen}
            for code in sorted(oude)
            for eigen in (ids.get(code) or ([] if naar in bekend else [None]))
        ]
        if naar in bekend:
            continue
        oordeel = rules.beoordeel([inhouden[code] for code in sorted(oude)], inhouden[naar], dag, naar in ingesteld)
        wie = {"gemeentecode": naar, "gemeentenaam": namen[naar]}
        overgangen.append({"id": id, **wie, "ingangsdatum": dag, "reden": oordeel.reden, "vastgelegd_op": op})
        if oordeel.reden is None:
            pakket = inhouden[naar][0].pakket if inhouden[naar] else None
            besluiten.append((id, naar, pakket, oordeel.nieuw))
    if overgangen:
        repository.add(work.session, overgangen)
    repository.add_delen(work.session, delen)
    abonnement.gebeuren(work, gaan, soort=OVERGANG, ingangsdatum=dag, datum=today(work.clock))
    _leg_besluiten_vast(work, besluiten, namen)
    return len(overgangen)


def _leg_besluiten_vast(
    work: Work, besluiten: Sequence[tuple[uuid.UUID, str, str | None, Inhoud | None]], namen: Mapping[str, str]
) -> None:
    """What goes by itself: (overgang, who receives, package of its own subscription, the subscription that it gets)."""
    leeg = dict.fromkeys(("naam", "functie", "grondslag", "kenmerk", "besluitdatum", "toelichting", "einddatum", "abonnement"))
    rijen = []
    for id, code, pakket, inhoud in besluiten:
        rij = {**leeg, "overgang": id, "wijze": VANZELF, "pakket": pakket, "vastgelegd_op": work.clock.now()}
        rijen.append(rij | (_nieuw(work, id, code, namen[code], inhoud) if inhoud else {}))
    if rijen:
        repository.add_besluiten(work.session, rijen)


def _nieuw(work: Work, id: uuid.UUID, code: str, naam: str, inhoud: Inhoud) -> dict[str, Any]:
    """Make the subscription that comes from an overgang; returns what its decision says of it."""
    wie = {"id": uuid.uuid4(), "gemeentecode": code, "gemeentenaam": naam}
    wat = {"pakket": inhoud.pakket, "begindatum": inhoud.begindatum, "einddatum": inhoud.einddatum, "aanbod": inhoud.aanbod}
    abonnement.add(work, [{**wie, **wat, "overgang": id}])
    return {"pakket": inhoud.pakket, "einddatum": inhoud.einddatum, "abonnement": wie["id"]}


def _ander_pakket(work: Work, rij: Values, dag: date, nieuw: NieuwOvergangsbesluit, vandaag: date) -> None:
    """Let the subscription that goes on have the chosen package, from the first 1 January on."""
    vanaf = rules.eerste_januari(max(dag, rij.begindatum))
    if vanaf > rij.laatste_dag or abonnement.pakketten_op(work, [(rij.id, vanaf)])[rij.id] == nieuw.pakket:
        return
    abonnement.gebeuren(
        work,
        [rij],
        soort=PAKKETWIJZIGING,
        ingangsdatum=vanaf,
        datum=vandaag,
        pakket=nieuw.pakket,
        toelichting=nieuw.toelichting,
        **nieuw.ondertekenaar.model_dump(),
    )


def _inhouden(work: Work, rijen: Sequence[Values], dag: date) -> dict[str, list[Inhoud]]:
    """Gemeentecode to what its subscriptions are about from a day on."""
    pakketten = abonnement.pakketten_op(work, [(rij.id, max(dag, rij.begindatum)) for rij in rijen])
    gevonden: dict[str, list[Inhoud]] = defaultdict(list)
    for rij in rijen:
        inhoud = Inhoud(pakketten[rij.id], max(dag, rij.begindatum), rij.laatste_dag, rij.aanbod)
        gevonden[rij.gemeentecode].append(inhoud)
    return gevonden


def _overgegaan(work: Work, rij: Values) -> list[Inhoud]:
    """What the subscriptions were about that went over: with the last day that they had until then."""
    ids = [deel.abonnement for deel in repository.delen(work.session, [rij.id])[rij.id] if deel.abonnement is not None]
    rijen = abonnement.overgegaan(work, ids)
    dagen = {oud.id: max(rij.ingangsdatum, oud.begindatum) for oud in rijen}
    pakketten = abonnement.pakketten_op(work, list(dagen.items()))
    return [Inhoud(pakketten[oud.id], dagen[oud.id], oud.was_tot_en_met, oud.aanbod) for oud in rijen]


def _find(work: Work, id: uuid.UUID) -> Values:
    return found(repository.find(work.session, id), OvergangNietGevonden, f"Er is geen overgang {id}.")


def _ronde(rij: Values | models.Overgangsronde) -> Overgangsronde:
    return Overgangsronde.from_row(rij, probleem=Probleem.make(**rij.probleem) if rij.probleem else None)


def _weergaven(work: Work, rijen: Sequence[Values]) -> list[Overgang]:
    ids = [rij.id for rij in rijen]
    delen, besluiten = repository.delen(work.session, ids), repository.besluiten(work.session, ids)
    namen = list(Getekend.model_fields)

    def besluit(rij: Values) -> Overgangsbesluit:
        getekend = {naam: getattr(rij, naam) for naam in namen}
        return Overgangsbesluit.from_row(
            rij,
            abonnement=abonnement.abonnementspad(rij.abonnement) if rij.abonnement else None,
            ondertekenaar=Getekend.make(**getekend) if rij.wijze == BESLOTEN else None,
        )

    def verder(rij: Values) -> dict[str, Any]:
        return {
            "gemeente": gemeente(rij.gemeentecode),
            "delen": [
                Overgangsdeel.from_row(deel, abonnement=abonnement.abonnementspad(deel.abonnement) if deel.abonnement else None)
                for deel in delen[rij.id]
            ],
            "besluit": besluit(besluiten[rij.id]) if rij.id in besluiten else None,
        }

    return Overgang.from_rows(rijen, verder)
