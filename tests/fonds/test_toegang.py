"""Who sees and may do what: nothing without a token, nothing of a fonds that is not the role's."""

from __future__ import annotations

import re

import pytest
from gemeengoed_kit import VERSION

LEZEN = [
    "/fondsen",
    "/fondsen/derdengelden",
    "/rekeningen",
    "/fondsen/derdengelden/rekeningen/1100",
    "/fondsen/derdengelden/perioden",
    "/fondsen/derdengelden/perioden/2018-01-31",
    "/boekingsvoorstellen",
    "/boekingsvoorstellen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de",
    "/fondsen/derdengelden/saldibalans",
    "/boekingen",
    "/boekingen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de",
    "/bijdragerondes/ggu-2020",
    "/bijdragen",
    "/bijdragen/ggu-2020-GM0344",
    "/bijdragen/ggu-2020-GM0344/onderbouwing",
    "/begrotingen",
    "/meerjarenbegroting?fonds=ggu&eersteJaar=2020",
    "/indexreeksen",
    "/indexcijfers",
    "/indexclausules",
    "/indexaties",
    "/indexatietoepassingen",
    "/inkooptrajecten",
    "/inkooptrajecten/traject-geen",
]
SCHRIJVEN = [
    "/boekingen",
    "/bijdragerondes",
    "/fondsen",
    "/fondsen/ggu/rekeningen",
    "/fondsen/ggu/perioden",
    "/fondsen/ggu/perioden/2018-01-31/stappen",
    "/boekingsvoorstellen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de/bevestigingen",
    "/boekingsvoorstellen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de/afwijzingen",
]
VAN_EEN_GEMEENTE = {"/vooruitblik"}
"""What only a gemeente can ask, of itself; others ask the same of all of them."""
ANDERE = {
    "bijdrage": ["administratie", "aanbieder", "publiek"],
    "overig": ["gemeente", "aanbieder", "publiek"],
    "begroting": ["aanbieder", "publiek"],
    "index": ["aanbieder", "publiek"],
    "inkoop": ["administratie", "aanbieder", "publiek"],
}


def soort(pad: str) -> str:
    return (
        "bijdrage"
        if pad.startswith("/bijdrage")
        else "begroting"
        if "begroting" in pad
        else "index"
        if "/index" in pad
        else "overig"
    )


@pytest.mark.parametrize("pad", LEZEN)
def test_lezen_zonder_token_of_met_een_andere_rol_wordt_geweigerd(client, als, issuer, pad):
    assert client.get("/v1" + pad).status_code == 401
    assert client.get("/v1" + pad, headers=issuer.headers("00000099000000000003")).status_code == 403
    for rol in ANDERE[soort(pad)]:
        assert client.get("/v1" + pad, headers=als(rol)).status_code == 403, rol


@pytest.mark.parametrize("pad", SCHRIJVEN)
def test_schrijven_zonder_token_of_met_een_andere_rol_wordt_geweigerd(client, als, pad):
    sleutel = {"Idempotency-Key": "x"}
    assert client.post("/v1" + pad, json={}, headers=sleutel).status_code == 401
    for rol in [*ANDERE[soort(pad)], "gemeente", "accountant", "ledenvergadering"]:
        assert client.post("/v1" + pad, json={}, headers={**als(rol), **sleutel}).status_code == 403, rol


def test_gezondheid_en_specificatie_zijn_openbaar(client):
    assert client.get("/v1/health").json() == {"status": "ok", "versie": VERSION}
    assert client.get("/v1/openapi.json").json()["info"]["title"] == "Fonds API"


def test_rol_boekt_alleen_in_haar_fondsen(boek, boeking):
    ggu = boeking(("1300", 7), ("8000", -7), fonds="ggu")
    antwoord = boek(ggu, rol="administratie")
    assert antwoord.status_code == 403 and antwoord.json()["type"].endswith("/fonds-niet-toegestaan")
    assert boek(ggu, rol="fondsbeheerder").status_code == 201
    assert boek(boeking(), rol="fondsbeheerder").status_code == 201


def test_ander_fonds_bestaat_niet_voor_de_administratie(client, als, boek, boeking):
    eigen = boek(boeking()).headers["location"]
    ander = boek(boeking(("1300", 7), ("8000", -7), fonds="ggu"), rol="fondsbeheerder").headers["location"]

    def get(pad: str, rol: str = "administratie"):
        return client.get(pad, headers=als(rol))

    assert get(eigen).status_code == 200 and get(ander).status_code == 404
    assert get(ander, "fondsbeheerder").status_code == 200
    assert [f["code"] for f in get("/v1/fondsen").json()["results"]] == ["derdengelden"]
    assert get("/v1/fondsen").json()["count"] == 1 and get("/v1/fondsen", "fondsbeheerder").json()["count"] == 2
    assert get("/v1/fondsen/ggu").status_code == get("/v1/fondsen/ggu/saldibalans").status_code == 404
    assert get("/v1/fondsen/ggu").json()["type"] == get("/v1/fondsen/kas").json()["type"]
    assert get("/v1/boekingen").json()["count"] == 1 and get("/v1/boekingen", "fondsbeheerder").json()["count"] == 2
    assert get("/v1/boekingen?fonds=ggu").json()["count"] == 0
    assert {r["fonds"] for r in get("/v1/rekeningen").json()["results"]} == {"derdengelden"}
    assert get("/v1/rekeningen?fonds=ggu").json()["count"] == 0
    assert get("/v1/rekeningen", "fondsbeheerder").json()["count"] == 65


def test_accountant_leest_alles_en_schrijft_niets(client, als, boek, boeking):
    """Every GET of the specification, and every other operation: the accountant may, or may not, whatever is asked."""
    boek(boeking())
    boek(boeking(("1300", 7), ("8000", -7), fonds="ggu"), rol="fondsbeheerder")
    paden = client.get("/v1/openapi.json").json()["paths"]
    gezien = 0
    for pad, bewerkingen in paden.items():
        for methode in bewerkingen if pad not in VAN_EEN_GEMEENTE else ():
            vol = re.sub(r"\{\w+\}", "x", pad)
            status = client.request(methode, f"/v1{vol}", headers=als("accountant")).status_code
            assert (status != 403) == (methode == "get"), (methode, pad, status)
            gezien += 1
    assert gezien > 30
    for rol in ("accountant", "bestuur", "ledenvergadering"):
        assert client.get("/v1/boekingen", headers=als(rol)).json()["count"] == 2
        assert client.get("/v1/fondsen", headers=als(rol)).json()["count"] == 2
