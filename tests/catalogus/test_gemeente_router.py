"""Gemeenten over HTTP, on the real CBS figures."""

from __future__ import annotations

import pytest

# CBS: number of gemeenten and inhabitants of the Netherlands on 1 January.
LANDSTOTALEN = [(2016, 390, 16_979_120), (2018, 380, 17_181_084), (2020, 355, 17_407_585), (2025, 342, 18_044_027)]


def alle(client, pad: str) -> list[dict]:
    gevonden = []
    while pad:
        antwoord = client.get(pad)
        assert antwoord.status_code == 200, antwoord.text
        gevonden += antwoord.json()["results"]
        pad = antwoord.json()["next"]
    return gevonden


@pytest.mark.parametrize(("jaar", "aantal", "inwoners"), LANDSTOTALEN)
def test_gemeenten_op_1_januari_tellen_op_tot_het_landstotaal(client, jaar, aantal, inwoners):
    gemeenten = alle(client, f"/v1/gemeenten?geldigOp={jaar}-01-01&peildatum={jaar}-01-01&pageSize=150")
    assert len(gemeenten) == aantal
    assert sum(g["inwoners"]["aantal"] for g in gemeenten) == inwoners
    assert [g["code"] for g in gemeenten] == sorted({g["code"] for g in gemeenten})


def test_weesp_bestaat_tot_en_met_zijn_laatste_dag(client):
    weesp = client.get("/v1/gemeenten/GM0457").json()
    assert weesp["einddatum"] == "2022-03-23" and weesp["opvolgers"] == ["GM0363"]
    for dag, bestaat in (("2022-03-23", True), ("2022-03-24", False)):
        codes = [g["code"] for g in alle(client, f"/v1/gemeenten?geldigOp={dag}&pageSize=500")]
        assert ("GM0457" in codes) is bestaat


def test_peildatum_zonder_cijfers_geeft_null_en_geen_schatting(client):
    utrecht = client.get("/v1/gemeenten/GM0344?peildatum=2017-07-01").json()
    assert utrecht["inwoners"] is None
    assert client.get("/v1/gemeenten/GM0344?peildatum=2018-01-01").json()["inwoners"] == {
        "peildatum": "2018-01-01",
        "aantal": 347483,
        "status": None,
        "bron": "CBS, CC BY 4.0",
    }


def test_herindelingen_van_2018_noemen_waadhoeke(client):
    codes = {h["nieuweCode"] for h in alle(client, "/v1/herindelingen?vanaf=2018-01-01&tot=2019-01-01")}
    assert "GM1949" in codes


def test_onbekende_gemeente_geeft_404_met_uitleg(client):
    antwoord = client.get("/v1/gemeenten/GM9999")
    assert antwoord.status_code == 404
    assert antwoord.json()["title"] == "Gemeente niet gevonden" and "GM9999" in antwoord.json()["detail"]


def test_alle_fouten_in_een_antwoord(client):
    antwoord = client.get("/v1/gemeenten?geldigOp=0&page=nul&paginaGrootte=3")
    assert antwoord.status_code == 400
    assert {p["name"] for p in antwoord.json()["invalidParams"]} == {"geldigOp", "page", "paginaGrootte"}


def test_ongeldig_token_geeft_401_ook_op_een_openbare_bron(client):
    antwoord = client.get("/v1/gemeenten", headers={"Fsc-Authorization": "Bearer onzin"})
    assert antwoord.status_code == 401 and antwoord.headers["www-authenticate"] == "Bearer"


def test_geldig_token_mag_lezen(client, issuer):
    assert client.get("/v1/gemeenten", headers=issuer.headers("00000099000000000002")).status_code == 200
    ander = issuer.headers("00000099000000000002", svc="fonds")
    assert client.get("/v1/gemeenten", headers=ander).status_code == 401
