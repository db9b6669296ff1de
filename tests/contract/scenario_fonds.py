"""Outcomes of the fonds API."""

from __future__ import annotations

import itertools
import uuid
from datetime import date
from typing import Any

from fonds_api.bijdrage import service
from fonds_api.omslag.rules import Inwonertal
from gemeengoed_kit.audit import Actor

from tests.contract import (
    scenario_fonds_begroting,
    scenario_fonds_bijdrage,
    scenario_fonds_grootboek,
    scenario_fonds_indexatie,
    scenario_fonds_inkooptraject,
    scenario_fonds_kern,
    scenario_fonds_rekening,
    scenario_fonds_uitvoering,
    scenario_fonds_verantwoording,
    scenario_fonds_zegel,
)
from tests.contract.proef import Proef

NUMMERS = itertools.count(1)


def scenario(proef: Proef) -> None:
    boekingen(proef)
    bijdragen(proef)
    scenario_fonds_begroting.begrotingen(proef)
    scenario_fonds_kern.kern(proef)
    scenario_fonds_indexatie.indexaties(proef)
    with scenario_fonds_grootboek.eerst_geweigerd(proef):
        scenario_fonds_inkooptraject.inkooptrajecten(proef)
    scenario_fonds_rekening.schema_en_perioden(proef)
    scenario_fonds_kern.grenzen(proef, scenario_fonds_rekening.FONDS)
    scenario_fonds_zegel.zegel(proef)
    with scenario_fonds_grootboek.eerst_geweigerd(proef):
        scenario_fonds_uitvoering.uitvoering(proef)
        scenario_fonds_bijdrage.omslagen(proef)
    scenario_fonds_grootboek.van_de_dienst(proef)
    scenario_fonds_verantwoording.verslagen(proef)
    for pad in ("/fondsen", "/fondsen/ggu", "/rekeningen?fonds=derdengelden", "/fondsen/derdengelden/saldibalans"):
        proef.doe("GET", pad, 200)
    for pad in (
        "/fondsen/geen",
        "/fondsen/geen/saldibalans",
        f"/boekingen/{uuid.uuid4()}",
        "/bijdragen/ggu-2033-GM0344",
        "/bijdragen/ggu-2033-GM0344/onderbouwing",
        "/bijdragerondes/ggu-2033",
    ):
        proef.doe("GET", pad, 404)
    for pad in (
        "/fondsen?page=0",
        "/fondsen/X",
        "/rekeningen?fonds=",
        "/fondsen/ggu/saldibalans?datum=x",
        "/boekingen?vanaf=x",
        "/boekingen/x",
        "/bijdragen?page=0",
        "/bijdragen/x",
        "/bijdragen/x/onderbouwing",
        "/bijdragerondes/X",
    ):
        proef.doe("GET", pad, 400)


def boekingen(proef: Proef) -> None:
    boeking = {
        "fonds": "derdengelden",
        "boekdatum": "2018-01-15",
        "omschrijving": "Factuur",
        "bron": {"bron": "abonnement", "pad": "/v1/facturen/2018-000001"},
        "regels": [{"rekening": "1300", "bedragCent": 900}, {"rekening": "2310", "bedragCent": -900}],
    }
    gemaakt = boek(proef, boeking, 201)
    scheef = [boeking["regels"][0], {"rekening": "2310", "bedragCent": -800}]
    vreemd = [boeking["regels"][0], {"rekening": "9999", "bedragCent": -900}]
    for soort, anders in (
        ("brondocument-al-geboekt", {}),
        ("onbekend-fonds", {"fonds": "geen"}),
        ("datum-te-ver-vooruit", {"boekdatum": "2099-01-01"}),
        ("onbekende-rekening", {"regels": vreemd}),
        ("boeking-niet-in-evenwicht", {"regels": scheef}),
    ):
        assert boek(proef, {**boeking, **anders}, 409)["type"] == f"/v1/problemen/{soort}"
    boek(proef, {**boeking, "fonds": "ggu"}, 403, als=proef.kop("administratie"))
    proef.doe("GET", "/boekingen?fonds=derdengelden", 200)
    proef.doe("GET", f"/boekingen/{gemaakt['id']}", 200)


def boek(proef: Proef, inhoud: dict[str, Any], status: int, als: dict[str, str] | None = None) -> Any:
    return proef.doe("POST", "/boekingen", status, als=als, json=inhoud, headers={"Idempotency-Key": f"b{next(NUMMERS)}"})


def bijdragen(proef: Proef) -> None:
    """A round, with what its job would store after asking catalogus."""
    ronde = {"fonds": "ggu", "jaar": 2020}
    proef.doe("POST", "/bijdragerondes", 202, json=ronde)
    proef.doe("POST", "/bijdragerondes", 200, json=ronde)
    proef.doe("POST", "/bijdragerondes", 409, json={"fonds": "ggu", "jaar": 2033})
    proef.doe("POST", "/bijdragerondes", 409, json={"fonds": "geen", "jaar": 2020})
    proef.doe("GET", "/bijdragerondes/ggu-2020", 200)
    assert proef.context is not None
    with proef.context.work(Actor()) as work:
        service.vaststellen(work, "ggu-2020", [Inwonertal("GM0344", "Utrecht", 357597, date(2020, 1, 1))])
    eerste = proef.doe("GET", "/bijdragen?fonds=ggu&jaar=2020", 200)["results"][0]
    proef.doe("GET", f"/bijdragen/{eerste['id']}", 200)
    proef.doe("GET", f"/bijdragen/{eerste['id']}/onderbouwing", 200)
    for pad in ("", f"/{eerste['id']}", f"/{eerste['id']}/onderbouwing"):
        proef.doe("GET", f"/bijdragen{pad}", 403, als=proef.kop("gemeente"))
