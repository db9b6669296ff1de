"""Outcomes of the catalogus API."""

from __future__ import annotations

from catalogus_api.routekaart import service as routekaart
from catalogus_api.routekaart.service import GROOTSTE_ROUTEKAART
from gemeengoed_kit.audit import Actor

from tests.catalogus.mijlpalen import mijlpaal
from tests.contract.proef import Proef

VORMEN = ("", "/routekaart.csv", "/routekaart.ics", "/routekaart.svg")


def scenario(proef: Proef) -> None:
    for path, status in (
        ("/gemeenten?page=0", 400),
        ("/gemeenten/GM0344", 200),
        ("/gemeenten/GM9999", 404),
        ("/gemeenten/x", 400),
        ("/gemeenten/GM0344/inwonertallen", 200),
        ("/gemeenten/GM9999/inwonertallen", 404),
        ("/gemeenten/x/inwonertallen", 400),
        ("/herindelingen?vanaf=gisteren", 400),
        ("/voorzieningen?page=x", 400),
        ("/voorzieningen/kindertelefoon", 200),
        ("/voorzieningen/geen", 404),
        ("/voorzieningen/GEEN", 400),
    ):
        assert proef.client.get("/v1" + path).status_code == status, path
    _mijlpalen(proef)


def _mijlpalen(proef: Proef) -> None:
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
