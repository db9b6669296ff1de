"""The billing round: what makes it fail, start again, or change nothing; in a small country."""

from __future__ import annotations

import pytest

from tests.abonnement.test_tarief_router import BESLUIT
from tests.abonnement.wereld import AANMELDING, G4, KLEIN

pytestmark = pytest.mark.usefixtures("klein")


def test_ronde_begint_als_aangevraagd_en_toont_hoeveel_er_te_doen_is(wereld):
    wereld.aangemeld()
    antwoord = wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    assert antwoord.headers["location"] == "/v1/facturatierondes/2018"
    ronde = antwoord.json()
    assert ronde["status"] == "aangevraagd" and ronde["voortgang"] == {"stap": "factureren", "gedaan": 0, "totaal": len(KLEIN)}
    assert ronde["factuurdatum"] == "2018-01-15" and ronde["eersteNummer"] is None and ronde["totaalCent"] == 0


def test_nog_eens_vragen_verandert_niets(wereld):
    eerste = wereld.gefactureerd()
    for inhoud in ({"jaar": 2018}, {"jaar": 2018, "tariefbesluit": "balv-2016-11-30", "factuurdatum": "2018-01-15"}):
        herhaald = wereld.post("/v1/facturatierondes", inhoud, status=200)
        assert herhaald.json() == eerste and herhaald.headers["location"] == "/v1/facturatierondes/2018"
    wereld.jobs()
    assert wereld.get("/v1/facturatierondes")["results"] == [eerste]


def test_ronde_met_een_ander_tarief_wordt_geweigerd(wereld):
    wereld.post("/v1/tariefbesluiten", {**BESLUIT, "eersteJaar": 2018}, status=201)
    wereld.gefactureerd(tariefbesluit="balv-2016-11-30")
    antwoord = wereld.post("/v1/facturatierondes", {"jaar": 2018, "tariefbesluit": BESLUIT["id"]}, status=409)
    assert antwoord.json()["type"].endswith("/ander-tarief")
    ander = wereld.post("/v1/facturatierondes", {"jaar": 2018, "factuurdatum": "2018-02-01"}, status=409)
    assert ander.json()["type"].endswith("/andere-factuurdatum")
    assert wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=200).json()["tariefbesluit"].endswith("/balv-2016-11-30")


@pytest.mark.parametrize(
    ("inhoud", "soort"),
    [
        ({"jaar": 2019}, "geen-tarief"),
        ({"jaar": 2018, "tariefbesluit": "bestaat-niet"}, "geen-tarief"),
        ({"jaar": 2019, "tariefbesluit": "balv-2016-11-30"}, "geen-tarief"),
    ],
)
def test_jaar_zonder_tarief_wordt_geweigerd(wereld, inhoud, soort):
    wereld.aangemeld()
    assert wereld.post("/v1/facturatierondes", inhoud, status=409).json()["type"].endswith(f"/{soort}")
    wereld.get(f"/v1/facturatierondes/{inhoud['jaar']}", status=404)


def test_jaar_zonder_abonnementen_wordt_geweigerd(wereld):
    wereld.aangemeld({**AANMELDING, "begindatum": "2018-01-02"})
    assert wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=409).json()["type"].endswith("/geen-abonnementen")


@pytest.mark.parametrize(
    "inhoud",
    [{}, {"jaar": "2018"}, {"jaar": 18}, {"jaar": 2018, "tarief": "x"}, {"jaar": 2018, "factuurdatum": "2018-02-30"}, [], "2018"],
)
def test_ongeldige_invoer_verandert_niets(wereld, inhoud):
    wereld.aangemeld()
    assert wereld.post("/v1/facturatierondes", inhoud, status=400).json()["invalidParams"]
    wereld.get("/v1/facturatierondes/2018", status=404)


def test_gemeenten_zonder_inwoners_of_onbekend_worden_allemaal_genoemd_en_niets_verandert(wereld):
    wereld.aangemeld()
    alle = list(wereld.outway.gemeenten)
    wereld.outway.gemeenten = [{**g, "inwoners": None} if g["code"] == "GM0088" else g for g in alle if g["code"] != "GM0344"]
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.jobs()
    ronde = wereld.get("/v1/facturatierondes/2018")
    assert ronde["status"] == "mislukt" and ronde["aantalFacturen"] == 0
    assert ronde["probleem"]["gemeentecodes"] == ["GM0088", "GM0344"] and "GM0344 Utrecht" in ronde["probleem"]["detail"]
    wereld.outway.gemeenten = alle
    assert wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202).json()["probleem"] is None
    wereld.jobs()
    assert wereld.get("/v1/facturatierondes/2018")["eersteNummer"] == "2018-000001"


def test_pakket_zonder_tarief_in_het_besluit_laat_de_ronde_mislukken(wereld):
    wereld.post("/v1/tariefbesluiten", {**BESLUIT, "eersteJaar": 2018}, status=201)
    wereld.aangemeld()
    wereld.post("/v1/facturatierondes", {"jaar": 2018, "tariefbesluit": BESLUIT["id"]}, status=202)
    wereld.jobs()
    ronde = wereld.get("/v1/facturatierondes/2018")
    assert ronde["probleem"]["type"] == "pakket-zonder-tarief" and ronde["probleem"]["gemeentecodes"] == sorted(G4)
    opnieuw = wereld.post("/v1/facturatierondes", {"jaar": 2018, "tariefbesluit": "balv-2016-11-30"}, status=202)
    assert opnieuw.json()["tariefbesluit"].endswith("/balv-2016-11-30")


@pytest.mark.parametrize(("status", "uitkomst"), [(503, "aangevraagd"), (401, "aangevraagd"), (400, "mislukt")])
def test_catalogus_die_niet_antwoordt_wordt_opnieuw_gevraagd_tenzij_zij_weigert(wereld, status, uitkomst):
    wereld.aangemeld()
    wereld.outway.storing["catalogus"] = status
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.jobs()
    assert wereld.get("/v1/facturatierondes/2018")["status"] == uitkomst


def test_na_de_laatste_poging_is_de_ronde_mislukt_met_de_oorzaak(wereld):
    wereld.aangemeld()
    wereld.outway.storing["catalogus"] = 503
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    for _ in range(9):
        wereld.jobs()
        wereld.nu()
    ronde = wereld.get("/v1/facturatierondes/2018")
    assert ronde["status"] == "mislukt" and ronde["probleem"]["type"] == "bron-onbereikbaar"
    assert "503" in ronde["probleem"]["detail"] and wereld.outway.vragen == 1 + 9


def test_fonds_dat_niet_antwoordt_houdt_de_facturen_niet_tegen_en_krijgt_de_boekingen_later(wereld, clock):
    wereld.outway.storing["fonds"] = 503
    ronde = wereld.gefactureerd()
    assert ronde["status"] == "gefactureerd" and ronde["voortgang"] == {"stap": "boeken", "gedaan": 0, "totaal": len(KLEIN)}
    wereld.outway.storing.clear()
    wereld.later(clock, minuten=10)
    assert wereld.get("/v1/facturatierondes/2018")["status"] == "geboekt" and len(wereld.outway.boekingen) == len(KLEIN)


def test_wat_fonds_weigert_wordt_geteld(wereld):
    wereld.outway.storing["fonds"] = 409
    ronde = wereld.gefactureerd()
    assert ronde["status"] == "gefactureerd" and ronde["aantalGeweigerdeBoekingen"] == len(KLEIN)


@pytest.mark.parametrize("datum", ["0001-01-01", "0218-01-15", "2118-01-15", "9999-12-31"])
def test_factuurdatum_buiten_elk_venster_is_ongeldige_invoer(wereld, datum):
    geweigerd = wereld.post("/v1/facturatierondes", {"jaar": 2018, "factuurdatum": datum}, status=400)
    assert [fout["name"] for fout in geweigerd.json()["invalidParams"]] == ["factuurdatum"]


@pytest.mark.parametrize("datum", ["2016-12-31", "2019-01-17", "2081-02-28"])
def test_factuurdatum_die_een_vergissing_moet_zijn_wordt_geweigerd(wereld, datum):
    wereld.aangemeld()
    geweigerd = wereld.post("/v1/facturatierondes", {"jaar": 2018, "factuurdatum": datum}, status=409)
    assert geweigerd.json()["type"].endswith("/onmogelijke-factuurdatum") and datum in geweigerd.json()["detail"]
    wereld.get("/v1/facturatierondes/2018", status=404)
