"""Outcomes of the catalogus API."""

from __future__ import annotations

import uuid

from catalogus_api.routekaart import service as routekaart
from catalogus_api.routekaart.service import GROOTSTE_ROUTEKAART
from gemeengoed_kit.audit import Actor

from tests.catalogus.mijlpalen import mijlpaal
from tests.cbs import inwoners
from tests.contract import scenario_catalogus_levensloop
from tests.contract.proef import Proef
from tests.contract.scenario_catalogus_besluit import besluiten
from tests.contract.scenario_catalogus_deelname import deelnames
from tests.contract.scenario_catalogus_factsheet import factsheets_en_duiding
from tests.contract.scenario_catalogus_gebeurtenis import gebeurtenissen_en_vormen

GEEN = uuid.uuid4()
CSV = {"Content-Type": "text/csv"}
NIEUW = {
    "code": "proef",
    "naam": "Proefvoorziening",
    "soort": "app",
    "domein": "generiek",
    "omschrijving": "Voor deze test.",
    "bronvermelding": "Verzonnen (test)",
}
VORMEN = ("", "/routekaart.csv", "/routekaart.ics", "/routekaart.svg")


def scenario(proef: Proef) -> None:
    lezen(proef)
    identificaties(proef)
    inwonertallen(proef)
    herindelingen(proef)
    samenwerkingsverbanden(proef)
    voorzieningen(proef)
    factsheets_en_duiding(proef)
    gebeurtenissen_en_vormen(proef)
    mijlpalen(proef)
    besluiten(proef)
    deelnames(proef)
    scenario_catalogus_levensloop.scenario(proef)


def lezen(proef: Proef) -> None:
    for path, status in (
        ("/gemeenten?page=0", 400),
        ("/gemeenten/GM0344", 200),
        ("/gemeenten/GM9999", 404),
        ("/gemeenten/x", 400),
        ("/gemeenten/GM0344/inwonertallen", 200),
        ("/gemeenten/GM9999/inwonertallen", 404),
        ("/gemeenten/x/inwonertallen", 400),
        ("/gemeenten/GM0344/geschiedenis", 200),
        ("/gemeenten/GM9999/geschiedenis", 404),
        ("/gemeenten/x/geschiedenis", 400),
        ("/gemeenten/GM0344/identificaties", 200),
        ("/gemeenten/GM9999/identificaties", 404),
        ("/gemeenten/x/identificaties", 400),
        ("/herindelingen?vanaf=gisteren", 400),
        (f"/herindelingen/{GEEN}", 404),
        ("/herindelingen/x", 400),
        ("/samenwerkingsverbanden?op=gisteren", 400),
        ("/samenwerkingsverbanden/geen", 404),
        ("/samenwerkingsverbanden/GEEN", 400),
        ("/voorzieningen?page=x", 400),
        ("/voorzieningen/kindertelefoon", 200),
        ("/voorzieningen/geen", 404),
        ("/voorzieningen/GEEN", 400),
        ("/voorzieningen/facetten?soort=geen", 400),
        ("/voorzieningen/facetten?zoek=overlijden", 200),
        ("/voorzieningen/kindertelefoon/versies", 200),
        ("/voorzieningen/geen/versies", 404),
        ("/voorzieningen/kindertelefoon/versies?page=x", 400),
    ):
        assert proef.client.get("/v1" + path).status_code == status, path


def identificaties(proef: Proef) -> None:
    oin = {"waarde": "00000099000000000004", "bron": "Proef", "datum": "2026-01-15"}
    proef.doe("PUT", "/gemeenten/GM0014/identificaties/oin", 200, json=oin)
    proef.doe("PUT", "/gemeenten/GM0363/identificaties/oin", 409, json=oin)
    proef.doe("PUT", "/gemeenten/GM9999/identificaties/oin", 404, json=oin)
    proef.doe("PUT", "/gemeenten/GM0344/identificaties/rsin", 409, json={**oin, "waarde": "123456789"})
    proef.doe("PUT", "/gemeenten/GM0344/identificaties/rsin", 400, json={})


def inwonertallen(proef: Proef) -> None:
    cijfers = inwoners("2025-01-01")
    tekst = "\n".join(["gemeentecode,inwoners", *(f"{code},{aantal}" for code, aantal in cijfers.items())])
    pad = f"/inwonertallen?peildatum=2025-01-01&landstotaal={sum(cijfers.values())}"
    proef.doe("POST", pad, 200, content=tekst, headers=CSV)
    proef.doe("POST", pad, 400, content="gemeentecode,inwoners\n", headers=CSV)
    proef.doe("POST", f"{pad}&status=definitief", 409, content=tekst, headers=CSV)
    proef.doe("POST", f"{pad}&status=definitief&correctie=true", 200, content=tekst, headers=CSV)


def herindelingen(proef: Proef) -> None:
    uitbreiding = {"ingangsdatum": "2026-01-01", "delen": [{"van": "GM1696", "naar": "GM0402"}]}
    ver = {**uitbreiding, "ingangsdatum": "2030-01-01"}
    proef.doe("POST", "/herindelingen/voorbeeld", 200, json=uitbreiding)
    proef.doe("POST", "/herindelingen/voorbeeld", 400, json={**uitbreiding, "grondslag": "een brief"})
    proef.doe("POST", "/herindelingen/voorbeeld", 409, json={"ingangsdatum": "2026-01-01"})
    proef.doe("POST", "/herindelingen/voorbeeld", 409, json=ver)
    gemaakt = proef.doe("POST", "/herindelingen", 201, json=uitbreiding)
    proef.doe("GET", f"/herindelingen/{gemaakt['id']}", 200)
    proef.doe("POST", "/herindelingen", 400, json={})
    proef.doe("POST", "/herindelingen", 409, json=uitbreiding)
    proef.doe("POST", "/herindelingen", 409, json=ver)


def samenwerkingsverbanden(proef: Proef) -> None:
    verband = {"code": "proefverband", "naam": "Proefverband (test)", "vanaf": "2020-01-01", "leden": ["GM0505", "GM0482"]}
    proef.doe("POST", "/samenwerkingsverbanden", 201, json=verband)
    proef.doe("POST", "/samenwerkingsverbanden", 400, json={})
    proef.doe("POST", "/samenwerkingsverbanden", 409, json=verband)
    proef.doe("POST", "/samenwerkingsverbanden", 409, json={**verband, "code": "ander", "leden": ["GM9999"]})
    proef.doe("POST", "/samenwerkingsverbanden", 409, json={**verband, "code": "ander", "vanaf": "2030-01-01"})
    proef.doe("GET", "/samenwerkingsverbanden/proefverband", 200)
    proef.doe("GET", "/samenwerkingsverbanden?gemeentecode=GM0505&op=2020-01-01", 200)
    pad = "/samenwerkingsverbanden/proefverband/ledenwijzigingen"
    wissel = {"ingangsdatum": "2021-01-01", "toetreders": ["GM0610"], "uittreders": ["GM0482"]}
    proef.doe("POST", pad, 200, json=wissel)
    proef.doe("POST", pad, 400, json={})
    proef.doe("POST", pad, 409, json=wissel)
    proef.doe("POST", pad, 409, json={**wissel, "ingangsdatum": "2030-01-01"})
    proef.doe("POST", pad.replace("proefverband", "geen"), 404, json=wissel)


def voorzieningen(proef: Proef) -> None:
    assert proef.client.get("/v1/voorzieningen/kindertelefoon", headers={"If-None-Match": '"1"'}).status_code == 304
    proef.doe("POST", "/voorzieningen", 201, json=NIEUW)
    proef.doe("POST", "/voorzieningen", 409, json=NIEUW)
    proef.doe("POST", "/voorzieningen", 409, json={**NIEUW, "code": "dubbel", "bouwstenen": ["BAG", "BAG"]})
    for wijziging, kop, status in (
        ({"publicatiestatus": "gepubliceerd"}, {"If-Match": '"1"'}, 200),
        ({"publicatiestatus": "concept"}, {"If-Match": '"2"'}, 409),
        ({"naam": "Anders"}, {"If-Match": '"1"'}, 412),
        ({"naam": "Anders"}, {}, 428),
        ({"naam": None}, {"If-Match": '"2"'}, 400),
    ):
        proef.doe("PATCH", "/voorzieningen/proef", status, json=wijziging, headers=kop)
    proef.doe("PATCH", "/voorzieningen/geen", 404, json={}, headers={"If-Match": "*"})


def mijlpalen(proef: Proef) -> None:
    versie = {"If-Match": '"1"'}
    proef.doe("POST", "/mijlpalen", 201, json=mijlpaal("een"))
    proef.doe("POST", "/mijlpalen", 409, json=mijlpaal("een"))
    proef.doe("POST", "/mijlpalen", 201, json=mijlpaal("twee", afhankelijkVan=["een"]))
    proef.doe("POST", "/mijlpalen", 201, json=mijlpaal("geheim", publicatiestatus="concept"))
    for fout in (
        {"voorziening": "geen"},
        {"afhankelijkVan": ["geen"]},
        {"begin": "2019-04-02"},
        {"afhankelijkVan": ["geheim"]},
        {"afhankelijkVan": ["drie"]},
    ):
        proef.doe("POST", "/mijlpalen", 409, json=mijlpaal("drie", **fout))
        proef.doe("PATCH", "/mijlpalen/twee", 409, json=fout, headers=versie)
    proef.doe("PATCH", "/mijlpalen/een", 409, json={"afhankelijkVan": ["twee"]}, headers=versie)
    proef.doe("PATCH", "/mijlpalen/een", 428, json={"naam": "Anders"})
    proef.doe("PATCH", "/mijlpalen/een", 200, json={"naam": "Anders"}, headers=versie)
    proef.doe("PATCH", "/mijlpalen/een", 412, json={"naam": "Nog anders"}, headers=versie)
    proef.doe("PATCH", "/mijlpalen/een", 400, json={"naam": ""}, headers=versie)
    proef.doe("PATCH", "/mijlpalen/geen", 404, json={}, headers=versie)
    for pad, status in (
        ("/mijlpalen/een", 200),
        ("/mijlpalen/geen", 404),
        ("/mijlpalen/GEEN", 400),
        ("/mijlpalen/een/versies", 200),
        ("/mijlpalen/geen/versies", 404),
        ("/mijlpalen/GEEN/versies", 400),
        *((f"/routekaart{vorm}", 200) for vorm in VORMEN),
        *((f"/routekaart{vorm}?vanaf=gisteren", 400) for vorm in VORMEN),
    ):
        proef.doe("GET", pad, status)
    _meer_dan_past(proef)
    for vorm in VORMEN:
        proef.doe("GET", f"/routekaart{vorm}", 409)


def _meer_dan_past(proef: Proef) -> None:
    assert proef.context is not None
    with proef.context.work(Actor()) as work:
        routekaart.inlezen(work, [mijlpaal(f"m{n}") for n in range(GROOTSTE_ROUTEKAART)])
