"""Use cases of coverage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import Sight

from catalogus_api.deelname import service as deelname
from catalogus_api.deelname.rules import ZICHTBAARHEDEN
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
from catalogus_api.namens.belang import Belang
from catalogus_api.toegang import GEPUBLICEERD
from catalogus_api.voorziening import service as voorziening
from catalogus_api.voorziening.schemas import VoorzieningenFilter, VoorzieningKort

LAND = "Nederland"


def list_voorzieningen(work: Work, kijk: Belang, wens: VoorzieningendekkingFilter) -> tuple[int, list[Voorzieningdekking], date]:
    """(number in all, voorzieningen of this page, the day), on code."""
    dag = wens.op or today(work.clock)
    filter_ = VoorzieningenFilter.make(**wens.model_dump(exclude={"op"}))
    count, gevonden = voorziening.list_voorzieningen(work, GEPUBLICEERD, filter_, VoorzieningKort)
    gemeenten, inwoners = _land(work, dag)
    gebruik = {rij.voorziening: rij for rij in deelname.gebruik(work, kijk, [een.code for een in gevonden], dag)}
    regels = []
    for een in gevonden:
        telling = _telling(gebruik.get(een.code), gemeenten, inwoners)
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
    aanbod = repository.aanbod(work.session, dag)
    provincies = _provincies(work, kijk, dag, sum(aanbod.values()))
    land = rules.samen(list(provincies.values()))
    groepen = provincies if wens.per == "provincie" else _domeinen(work, kijk, dag, aanbod, land)
    hoe = rules.weergaven(groepen)
    return Dekking.make(
        op=dag,
        per=wens.per,
        land=_groep(LAND, land, rules.weergave(land)),
        results=[_groep(naam, telling, hoe[naam]) for naam, telling in groepen.items()],
    )


def get_collectiviseringsgraad(work: Work, kijk: Belang, op: date | None) -> Collectiviseringsgraad:
    """How much of what can be done together is, as far as this catalogue knows; with the calculation."""
    dag = op or today(work.clock)
    voorzieningen = sum(repository.aanbod(work.session, dag).values())
    land = rules.samen(list(_provincies(work, kijk, dag, voorzieningen).values()))
    hoe, van_gewogen = rules.weergave(land), voorzieningen * land.van_inwoners
    precies, bekend = hoe == "exact", hoe != "afgeschermd"
    procent = rules.procent(land.deelnames, land.van_deelnames, heel=not precies) if bekend else None
    som = f"{voorzieningen} voorzieningen × {land.van_gemeenten} gemeenten = {land.van_deelnames}"
    return Collectiviseringsgraad.make(
        op=dag,
        definitie=rules.DEFINITIE,
        bron=rules.BRON,
        streefprocent=rules.STREEFWAARDE,
        gehaald=rules.streefwaarde_gehaald(land.deelnames, land.van_deelnames) if bekend else None,
        weergave=hoe,
        voorzieningen=voorzieningen,
        gemeenten=land.van_gemeenten,
        inwoners=land.van_inwoners,
        naar_deelnames=Graad.make(deel=land.deelnames if precies else None, geheel=land.van_deelnames, procent=procent),
        naar_inwoners=Graad.make(
            deel=land.gewogen if precies else None,
            geheel=van_gewogen,
            procent=rules.procent(land.gewogen, van_gewogen) if precies else None,
        ),
        berekening=f"{land.deelnames} deelnames van {som}: {procent}%" if precies else f"{hoe}, van {som}",
    )


def _land(work: Work, dag: date) -> tuple[int, int]:
    """(gemeenten, inwoners) that there are on a day."""
    rijen = repository.provincies(work.session, dag)
    return sum(rij.gemeenten for rij in rijen), sum(rij.inwoners for rij in rijen)


def _provincies(work: Work, kijk: Belang, dag: date, voorzieningen: int) -> dict[str, Telling]:
    return {
        rij.groep: _groepstelling(rij, rij.van_gemeenten, rij.van_inwoners, voorzieningen)
        for rij in repository.per_provincie(work.session, dag, **_zicht(kijk))
    }


def _domeinen(work: Work, kijk: Belang, dag: date, aanbod: Mapping[str, int], land: Telling) -> dict[str, Telling]:
    gebruik = {rij.groep: rij for rij in repository.per_domein(work.session, dag, **_zicht(kijk))}
    return {
        naam: _groepstelling(gebruik.get(naam), land.van_gemeenten, land.van_inwoners, aanbod[naam]) for naam in sorted(aanbod)
    }


def _zicht(kijk: Belang) -> dict[str, Any]:
    if kijk.alle:
        return {"open_voor": ZICHTBAARHEDEN, "eigen": ()}
    return {"open_voor": ("gemeenten", "iedereen") if kijk.als_gemeente else ("iedereen",), "eigen": kijk.gemeenten}


def _telling(rij: Values | None, van_gemeenten: int, van_inwoners: int) -> Telling:
    if rij is None:
        return Telling(0, van_gemeenten, 0, van_inwoners)
    return Telling(rij.gemeenten, van_gemeenten, int(rij.inwoners), van_inwoners, rij.gemeenten - rij.zichtbaar)


def _groepstelling(rij: Values | None, van_gemeenten: int, van_inwoners: int, voorzieningen: int) -> Telling:
    leeg = Telling(0, van_gemeenten, 0, van_inwoners, van_deelnames=voorzieningen * van_gemeenten)
    if rij is None:
        return leeg
    return replace(leeg, **{naam: getattr(rij, naam) for naam in ("gemeenten", "inwoners", "verborgen", "deelnames", "gewogen")})


def _bereik(telling: Telling, hoe: rules.Weergave) -> dict[str, Any]:
    bekend = hoe != "afgeschermd"
    return {
        "weergave": hoe,
        "gemeenten": telling.gemeenten if bekend else None,
        "van_gemeenten": telling.van_gemeenten,
        "gemeenten_procent": rules.procent(telling.gemeenten, telling.van_gemeenten) if bekend else None,
        "inwoners": telling.inwoners if hoe == "exact" else None,
        "van_inwoners": telling.van_inwoners,
        "inwoners_procent": rules.procent(telling.inwoners, telling.van_inwoners) if hoe == "exact" else None,
    }


def _groep(naam: str, telling: Telling, hoe: rules.Weergave) -> Groepsdekking:
    precies = hoe == "exact"
    return Groepsdekking.make(
        groep=naam,
        voorzieningen=telling.van_deelnames // telling.van_gemeenten if telling.van_gemeenten else 0,
        **_bereik(telling, hoe),
        deelnames=telling.deelnames if precies else None,
        van_deelnames=telling.van_deelnames,
        deelnames_procent=rules.procent(telling.deelnames, telling.van_deelnames) if precies else None,
    )
