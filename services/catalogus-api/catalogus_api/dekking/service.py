"""Use cases of coverage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import Sight

from catalogus_api.deelname import service as deelname
from catalogus_api.dekking import repository, rules
from catalogus_api.dekking.rules import Telling
from catalogus_api.dekking.schemas import (
    Collectiviseringsgraad,
    Dekking,
    DekkingFilter,
    DekkingVanVoorziening,
    Graad,
    Groepsdekking,
    Provinciedekking,
    Voorzieningdekking,
    VoorzieningendekkingFilter,
)
from catalogus_api.toegang import GEPUBLICEERD, Belang
from catalogus_api.voorziening import service as voorziening
from catalogus_api.voorziening.schemas import VoorzieningenFilter

LAND = "Nederland"


def list_voorzieningen(work: Work, kijk: Belang, wens: VoorzieningendekkingFilter) -> tuple[int, list[Voorzieningdekking], date]:
    """(number in all, voorzieningen of this page, the day), on code."""
    dag = wens.op or today(work.clock)
    filter_ = VoorzieningenFilter.make(**wens.model_dump(exclude={"op"}))
    count, gevonden = voorziening.list_voorzieningen(work, GEPUBLICEERD, filter_)
    land = _land(work, dag)
    gebruik = {rij.voorziening: rij for rij in deelname.gebruik(work, kijk, [een.code for een in gevonden], dag)}
    regels = []
    for een in gevonden:
        telling = _telling(gebruik.get(een.code), land.van_gemeenten, land.van_inwoners)
        regels.append(
            Voorzieningdekking.make(
                voorziening=een.code, naam=een.naam, domein=een.domein, **_bereik(telling, rules.weergave(telling))
            )
        )
    return count, regels, dag


def get_van_voorziening(work: Work, zicht: Sight, kijk: Belang, code: str, op: date | None) -> DekkingVanVoorziening:
    """Coverage of one voorziening, in the country and per province; the provinces add up to the country.

    Raises:
        VoorzieningNietGevonden: there is none with this code, for this caller.
    """
    dag = op or today(work.clock)
    wie = voorziening.get_voorziening(work, zicht, code)
    gebruik = {rij.provincie: rij for rij in deelname.gebruik(work, kijk, [code], dag, per_provincie=True)}
    tellingen = {
        rij.provincie: _telling(gebruik.get(rij.provincie), rij.gemeenten, rij.inwoners)
        for rij in repository.provincies(work.session, dag)
    }
    land, hoe = rules.samen(list(tellingen.values())), rules.weergaven(tellingen)
    return DekkingVanVoorziening.make(
        op=dag,
        voorziening=code,
        naam=wie.naam,
        domein=wie.domein,
        **_bereik(land, rules.weergave(land)),
        provincies=[Provinciedekking.make(provincie=naam, **_bereik(telling, hoe[naam])) for naam, telling in tellingen.items()],
    )


def get_dekking(work: Work, kijk: Belang, wens: DekkingFilter) -> Dekking:
    """Coverage of all voorzieningen together, per domein or province."""
    dag = wens.op or today(work.clock)
    plaatsen = {rij.provincie: rij for rij in repository.provincies(work.session, dag)}
    aanbod = repository.aanbod(work.session, dag)
    land = _land_van(plaatsen)
    gebruik = {rij.groep: rij for rij in _groepen(work, kijk, dag, wens.per)}
    (alles,) = _groepen(work, kijk, dag, None) or [None]
    namen = sorted({*aanbod, *gebruik}) if wens.per == "domein" else list(plaatsen)
    tellingen, aantal = {}, {}
    for naam in namen:
        gemeenten, inwoners = land.van_gemeenten, land.van_inwoners
        aantal[naam] = sum(aanbod.values())
        if wens.per == "domein":
            aantal[naam] = aanbod.get(naam, 0)
        else:
            gemeenten, inwoners = plaatsen[naam].gemeenten, plaatsen[naam].inwoners
        tellingen[naam] = _groepstelling(gebruik.get(naam), gemeenten, inwoners, aantal[naam])
    hoe = rules.weergaven(tellingen)
    heel = _groepstelling(alles, land.van_gemeenten, land.van_inwoners, sum(aanbod.values()))
    return Dekking.make(
        op=dag,
        per=wens.per,
        land=_groep(LAND, heel, sum(aanbod.values()), rules.weergave(heel)),
        results=[_groep(naam, tellingen[naam], aantal[naam], hoe[naam]) for naam in namen],
    )


def get_collectiviseringsgraad(work: Work, kijk: Belang, op: date | None) -> Collectiviseringsgraad:
    """How much of what can be done together is, as far as this catalogue knows; with the calculation."""
    dag = op or today(work.clock)
    land, voorzieningen = _land(work, dag), sum(repository.aanbod(work.session, dag).values())
    (alles,) = _groepen(work, kijk, dag, None) or [None]
    heel = _groepstelling(alles, land.van_gemeenten, land.van_inwoners, voorzieningen)
    hoe = rules.weergave(heel)
    gewogen, van_gewogen = int(alles.gewogen) if alles else 0, voorzieningen * land.van_inwoners
    bekend = hoe != "afgeschermd"
    procent = rules.procent(heel.deelnames, heel.van_deelnames) if bekend else None
    som = f"{voorzieningen} voorzieningen × {land.van_gemeenten} gemeenten = {heel.van_deelnames}"
    return Collectiviseringsgraad.make(
        op=dag,
        definitie=rules.DEFINITIE,
        bron=rules.BRON,
        streefprocent=rules.STREEFWAARDE,
        gehaald=rules.streefwaarde_gehaald(heel.deelnames, heel.van_deelnames) if bekend else None,
        weergave=hoe,
        voorzieningen=voorzieningen,
        gemeenten=land.van_gemeenten,
        inwoners=land.van_inwoners,
        naar_deelnames=Graad.make(deel=heel.deelnames if bekend else None, geheel=heel.van_deelnames, procent=procent),
        naar_inwoners=Graad.make(
            deel=gewogen if hoe == "exact" else None,
            geheel=van_gewogen,
            procent=rules.procent(gewogen, van_gewogen, heel=hoe != "exact") if bekend else None,
        ),
        berekening=f"{heel.deelnames} deelnames van {som}: {procent}%" if bekend else f"afgeschermd, van {som}",
    )


def _land(work: Work, dag: date) -> Telling:
    return _land_van({rij.provincie: rij for rij in repository.provincies(work.session, dag)})


def _land_van(plaatsen: Mapping[str, Values]) -> Telling:
    return Telling(0, sum(rij.gemeenten for rij in plaatsen.values()), 0, sum(rij.inwoners for rij in plaatsen.values()))


def _groepen(work: Work, kijk: Belang, dag: date, per: str | None) -> Any:
    if kijk.alle:
        open_voor: tuple[str, ...] = ("deelnemers", "gemeenten", "iedereen")
    else:
        open_voor = ("gemeenten", "iedereen") if kijk.als_gemeente else ("iedereen",)
    return repository.groepen(work.session, dag, per, open_voor=open_voor, eigen=kijk.gemeenten)


def _telling(rij: Values | None, van_gemeenten: int, van_inwoners: int) -> Telling:
    if rij is None:
        return Telling(0, van_gemeenten, 0, van_inwoners)
    return Telling(rij.gemeenten, van_gemeenten, int(rij.inwoners), van_inwoners, rij.gemeenten - rij.zichtbaar)


def _groepstelling(rij: Values | None, van_gemeenten: int, van_inwoners: int, voorzieningen: int) -> Telling:
    mogelijk = voorzieningen * van_gemeenten
    if rij is None:
        return Telling(0, van_gemeenten, 0, van_inwoners, 0, 0, mogelijk)
    return Telling(rij.gemeenten, van_gemeenten, int(rij.inwoners), van_inwoners, rij.verborgen, int(rij.deelnames), mogelijk)


def _bereik(telling: Telling, hoe: rules.Weergave) -> dict[str, Any]:
    bekend = hoe != "afgeschermd"
    return {
        "weergave": hoe,
        "gemeenten": telling.gemeenten if bekend else None,
        "van_gemeenten": telling.van_gemeenten,
        "gemeenten_procent": rules.procent(telling.gemeenten, telling.van_gemeenten) if bekend else None,
        "inwoners": telling.inwoners if hoe == "exact" else None,
        "van_inwoners": telling.van_inwoners,
        "inwoners_procent": rules.procent(telling.inwoners, telling.van_inwoners, heel=hoe != "exact") if bekend else None,
    }


def _groep(naam: str, telling: Telling, voorzieningen: int, hoe: rules.Weergave) -> Groepsdekking:
    bekend = hoe != "afgeschermd"
    return Groepsdekking.make(
        groep=naam,
        voorzieningen=voorzieningen,
        **_bereik(telling, hoe),
        deelnames=telling.deelnames if bekend else None,
        van_deelnames=telling.van_deelnames,
        deelnames_procent=rules.procent(telling.deelnames, telling.van_deelnames) if bekend else None,
    )
