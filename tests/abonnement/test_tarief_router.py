"""Tariefbesluiten over HTTP."""

from __future__ import annotations

import copy

import pytest

BESLUIT = {
    "id": "besluit-2019",
    "datum": "2018-01-10",
    "gremium": "ALV",
    "omschrijving": "Indexatie 2019",
    "bronvermelding": "verzonnen voor de test",
    "prijspeil": 2018,
    "eersteJaar": 2019,
    "laatsteJaar": 2019,
    "pakketten": [
        {
            "code": "volledig",
            "naam": "Alle drie",
            "tariefPerInwoner": "0.9234",
            "diensten": ["kindertelefoon", "luisterend-oor", "vertrouwenswerk"],
        }
    ],
    "verdeelsleutel": [
        {"dienst": "kindertelefoon", "gewicht": "3.83"},
        {"dienst": "luisterend-oor", "gewicht": "3.94"},
        {"dienst": "vertrouwenswerk", "gewicht": "7.50"},
    ],
}


def anders(**wijziging) -> dict:
    return {**copy.deepcopy(BESLUIT), **wijziging}


def gegeven(antwoord: dict) -> dict:
    """Of a decision what an older client gives and reads."""
    pakketten = [{naam: pakket[naam] for naam in BESLUIT["pakketten"][0]} for pakket in antwoord["pakketten"]]
    return {**{naam: antwoord[naam] for naam in BESLUIT}, "pakketten": pakketten}


def test_besluit_van_30_november_2016_staat_vast_en_is_openbaar(client):
    besluit = client.get("/v1/tariefbesluiten/balv-2016-11-30").json()
    assert (besluit["gremium"], besluit["datum"], besluit["prijspeil"]) == ("BALV", "2016-11-30", 2017)
    tarieven = {p["code"]: p["tariefPerInwoner"] for p in besluit["pakketten"]}
    assert tarieven == {"volledig": "0.90", "zonder-luisterend-oor": "0.67"}
    assert {d["dienst"]: d["gewicht"] for d in besluit["verdeelsleutel"]} == {
        "vertrouwenswerk": "7.50",
        "kindertelefoon": "3.83",
        "luisterend-oor": "3.94",
        "beheer-en-betaling": "0.05",
    }
    zonder = next(p for p in besluit["pakketten"] if p["code"] == "zonder-luisterend-oor")
    assert "luisterend-oor" not in zonder["diensten"] and len(zonder["diensten"]) == 3


def test_nieuw_besluit_komt_terug_zoals_het_is_vastgelegd(wereld):
    antwoord = wereld.post("/v1/tariefbesluiten", BESLUIT, status=201)
    assert antwoord.headers["location"] == "/v1/tariefbesluiten/besluit-2019"
    assert wereld.client.get(antwoord.headers["location"]).json() == antwoord.json()
    assert gegeven(antwoord.json()) == BESLUIT
    assert [b["id"] for b in wereld.client.get("/v1/tariefbesluiten?jaar=2019").json()["results"]] == ["besluit-2019"]
    assert wereld.client.get("/v1/tariefbesluiten").json()["count"] == 2


def test_besluit_wijzigt_niet(wereld):
    wereld.post("/v1/tariefbesluiten", BESLUIT, status=201)
    antwoord = wereld.post("/v1/tariefbesluiten", anders(gremium="BALV"), status=409)
    assert antwoord.json()["type"].endswith("/tariefbesluit-bestaat")
    assert wereld.client.get("/v1/tariefbesluiten/besluit-2019").json()["gremium"] == "ALV"


def test_zelfde_sleutel_geeft_hetzelfde_antwoord_en_legt_een_keer_vast(wereld):
    kop = {**wereld.administratie(), "Idempotency-Key": "besluit-1"}
    eerste, tweede = (wereld.post("/v1/tariefbesluiten", BESLUIT, headers=kop) for _ in range(2))
    assert eerste.status_code == tweede.status_code == 201 and eerste.json() == tweede.json()
    assert tweede.headers["idempotency-replayed"] == "true"


def test_onbekende_dienst_wordt_genoemd(wereld):
    sleutel = [*BESLUIT["verdeelsleutel"], {"dienst": "doventolk", "gewicht": "1"}]
    antwoord = wereld.post("/v1/tariefbesluiten", anders(verdeelsleutel=sleutel), status=409)
    assert antwoord.json()["type"].endswith("/onbekende-dienst") and "doventolk" in antwoord.json()["detail"]


@pytest.mark.parametrize(
    "wijziging",
    [
        {"id": "Met Hoofdletters"},
        {"datum": "2018-06-31"},
        {"pakketten": []},
        {"extra": 1},
        {"prijspeil": "2018"},
        *(
            {"pakketten": [{**BESLUIT["pakketten"][0], "tariefPerInwoner": fout}]}
            for fout in (0.9, "0.90001", "-1", "", "1e3", "negentig", "0,90")
        ),
    ],
)
def test_ongeldige_invoer_verandert_niets(wereld, wijziging):
    antwoord = wereld.post("/v1/tariefbesluiten", anders(**wijziging), status=400)
    assert antwoord.json()["invalidParams"]
    assert wereld.client.get("/v1/tariefbesluiten").json()["count"] == 1


def test_besluit_dat_zichzelf_tegenspreekt_wordt_geweigerd_met_alles_wat_niet_klopt(wereld):
    pakket = {
        **BESLUIT["pakketten"][0],
        "tariefPerInwoner": "0.0000",
        "diensten": ["kindertelefoon", "kindertelefoon", "vertrouwenswerk"],
    }
    sleutel = [{"dienst": "kindertelefoon", "gewicht": "0"}, {"dienst": "kindertelefoon", "gewicht": "1"}]
    antwoord = wereld.post(
        "/v1/tariefbesluiten", anders(eersteJaar=2020, pakketten=[pakket, pakket], verdeelsleutel=sleutel), status=409
    )
    detail = antwoord.json()["detail"]
    for fout in (
        "het eerste jaar (2020) ligt na het laatste (2019)",
        "pakket volledig staat er twee keer in",
        "dienst kindertelefoon staat twee keer in de verdeelsleutel",
        "het gewicht van kindertelefoon is nul",
        "het tarief van pakket volledig is nul",
        "pakket volledig noemt kindertelefoon twee keer",
        "pakket volledig noemt vertrouwenswerk, die geen gewicht heeft",
    ):
        assert fout in detail
    assert wereld.client.get("/v1/tariefbesluiten").json()["count"] == 1


def test_alle_fouten_in_een_antwoord(wereld):
    antwoord = wereld.post("/v1/tariefbesluiten", anders(datum="x", gremium="", id="!"), status=400)
    assert {p["name"] for p in antwoord.json()["invalidParams"]} == {"datum", "gremium", "id"}


def test_aanbieders_noemen_hun_diensten_en_de_voorziening_in_de_catalogus(client):
    aanbieders = {a["code"]: a for a in client.get("/v1/aanbieders").json()["results"]}
    assert set(aanbieders) == {"stichting-akj", "stichting-kindertelefoon", "stichting-sensoor", "administratiebureau"}
    (dienst,) = aanbieders["stichting-sensoor"]["diensten"]
    assert dienst["sleutel"] == "luisterendOor"
    assert dienst["voorziening"] == {"bron": "catalogus", "pad": "/v1/voorzieningen/luisterend-oor"}
    assert aanbieders["administratiebureau"]["diensten"][0]["voorziening"] is None
