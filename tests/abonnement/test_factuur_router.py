"""Invoices over HTTP: who sees which, and how an amount explains itself."""

from __future__ import annotations

import pytest

from tests.abonnement.wereld import KLEIN, post

pytestmark = pytest.mark.usefixtures("klein")


@pytest.fixture
def facturen(wereld) -> dict[str, dict]:
    wereld.gefactureerd()
    return {f["gemeentecode"]: f for f in wereld.alle("/v1/facturen?jaar=2018")}


def test_factuur_toont_waarop_zij_rust(wereld, facturen):
    factuur = wereld.get(f"/v1/facturen/{facturen['GM0344']['nummer']}")
    assert (factuur["inwoners"], factuur["peildatum"], factuur["tariefPerInwoner"]) == (347483, "2018-01-01", "0.67")
    assert factuur["bedragCent"] == 347483 * 67 == sum(r["bedragCent"] for r in factuur["regels"])
    assert [r["dienst"] for r in factuur["regels"]] == ["beheer-en-betaling", "kindertelefoon", "vertrouwenswerk"]
    assert (factuur["factuurdatum"], factuur["vervaldatum"]) == ("2018-01-15", "2018-02-14")
    assert factuur["boeking"]["bron"] == "fonds" and factuur["boeking"]["pad"].startswith("/v1/boekingen/")
    assert wereld.get(factuur["abonnement"])["gemeentecode"] == "GM0344"
    assert wereld.get(factuur["facturatieronde"])["jaar"] == 2018
    assert wereld.client.get(factuur["tariefbesluit"]).json()["id"] == "balv-2016-11-30"


def test_boeking_staat_op_de_factuurdatum_en_noemt_de_factuur(wereld, facturen):
    pad = f"/v1/facturen/{facturen['GM0003']['nummer']}"
    boeking = wereld.outway.boekingen[pad]
    assert boeking["fonds"] == "derdengelden" and boeking["boekdatum"] == "2018-01-15"
    assert boeking["bron"] == {"bron": "abonnement", "pad": pad} and "Appingedam" in boeking["omschrijving"]
    assert boeking["regels"][0] == {"rekening": "1300", "bedragCent": facturen["GM0003"]["bedragCent"]}
    assert {r["rekening"] for r in boeking["regels"][1:]} == {"2310", "2320", "2330", "2340"}


def test_onderbouwing_rekent_het_bedrag_na(wereld, facturen):
    for factuur in facturen.values():
        volledig = wereld.get(f"/v1/facturen/{factuur['nummer']}")
        uitleg = wereld.get(volledig["onderbouwing"])
        assert uitleg["bedragCent"] == factuur["bedragCent"] and uitleg["invoer"]["inwoners"] == volledig["inwoners"]
        regels = {r["dienst"]: r["bedragCent"] for r in volledig["regels"]}
        assert {d["dienst"]: d["bedragCent"] for d in uitleg["verdeling"]} == regels
        assert uitleg["besluit"]["gremium"] == "BALV" and uitleg["invoer"]["bron"]["bron"] == "catalogus"
        assert float(uitleg["exactCent"]) == factuur["bedragCent"]


def test_gemeente_ziet_alleen_haar_eigen_factuur_ook_in_totalen_en_onderbouwing(wereld, facturen):
    utrecht = wereld.gemeente("GM0344")
    eigen = wereld.get("/v1/facturen", utrecht)
    assert eigen["count"] == 1 and eigen["results"] == [facturen["GM0344"]]
    assert eigen["totaalCent"] == eigen["openstaandCent"] == facturen["GM0344"]["bedragCent"]
    vreemd = wereld.get("/v1/facturen?gemeentecode=GM0363", utrecht)
    assert (vreemd["count"], vreemd["totaalCent"], vreemd["openstaandCent"]) == (0, 0, 0)
    for code, factuur in facturen.items():
        for pad in (f"/v1/facturen/{factuur['nummer']}", f"/v1/facturen/{factuur['nummer']}/onderbouwing"):
            wereld.get(pad, utrecht, status=200 if code == "GM0344" else 404)


def test_leverancier_namens_een_gemeente_ziet_wat_die_gemeente_ziet(wereld, facturen):
    kop = wereld.issuer.headers(
        "00000099000000000005", "gemeente", delegator_id="00000099000000000004", properties={"gemeentecode": "GM0003"}
    )
    assert [f["gemeentecode"] for f in wereld.get("/v1/facturen", kop)["results"]] == ["GM0003"]


def test_gemeente_zonder_gemeentecode_in_haar_contract_ziet_niets(wereld, facturen):
    nummer = facturen["GM0003"]["nummer"]
    for pad in ("/v1/facturen", f"/v1/facturen/{nummer}", f"/v1/facturen/{nummer}/onderbouwing", "/v1/abonnementen"):
        assert "gemeentecode" in wereld.get(pad, wereld.gemeente(None), status=403)["detail"]


def test_filters_en_totalen_gaan_over_hetzelfde(wereld, facturen):
    betaald, deels = facturen["GM0003"], facturen["GM0363"]
    wereld.lees_in(
        [post(betaald["bedragCent"], kenmerk=betaald["betalingskenmerk"]), post(500, kenmerk=deels["betalingskenmerk"])]
    )
    alles = wereld.get("/v1/facturen?pageSize=2")
    assert alles["count"] == len(KLEIN) and len(alles["results"]) == 2
    assert alles["totaalCent"] == sum(f["bedragCent"] for f in facturen.values())
    assert alles["openstaandCent"] == alles["totaalCent"] - betaald["bedragCent"] - 500
    dicht = wereld.get("/v1/facturen?openstaand=false")
    assert [f["gemeentecode"] for f in dicht["results"]] == ["GM0003"] and dicht["openstaandCent"] == 0
    vol = wereld.get("/v1/facturen?openstaand=true")
    assert vol["count"] == len(KLEIN) - 1 and vol["openstaandCent"] == alles["openstaandCent"]
    assert wereld.get("/v1/facturen?jaar=2019")["count"] == 0


def test_onbekende_en_ongeldige_nummers(wereld, facturen):
    assert "2018-999999" in wereld.get("/v1/facturen/2018-999999", status=404)["detail"]
    assert wereld.get("/v1/facturen/2018", status=400)["invalidParams"][0]["name"] == "nummer"
    fout = wereld.get("/v1/facturen?jaar=x&openstaand=misschien&gemeente=GM0003", status=400)
    assert {p["name"] for p in fout["invalidParams"]} == {"jaar", "openstaand", "gemeente"}
