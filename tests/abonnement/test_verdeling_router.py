"""Distribution over HTTP, and where the money is before and after it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.abonnement.wereld import post

pytestmark = pytest.mark.usefixtures("klein")


@pytest.fixture
def facturen(wereld) -> list[dict]:
    wereld.gefactureerd()
    return wereld.alle("/v1/facturen?jaar=2018")


def verdeeld(stand: dict) -> dict[str, int]:
    return {aandeel["aanbieder"]: aandeel["bedragCent"] for aandeel in stand["verdeeld"]}


def test_ontvangen_geld_gaat_naar_de_aanbieders_van_de_betaalde_regels(wereld, facturen):
    een = facturen[0]
    wereld.lees_in([post(een["bedragCent"] + 11, kenmerk=een["betalingskenmerk"]), post(22, tekst="onbekend")])
    voor = wereld.stand()
    assert [voor[naam] for naam in ("ontvangenCent", "nogTeVerdelenCent", "nietGekoppeldCent")] == [
        een["bedragCent"] + 33,
        een["bedragCent"],
        33,
    ]
    verdeling = wereld.verdeeld("2018-02-15")
    regels = {r["dienst"]: r["bedragCent"] for r in wereld.get(f"/v1/facturen/{een['nummer']}")["regels"]}
    assert {r["dienst"]: r["bedragCent"] for r in verdeling["regels"]} == regels and verdeling["bedragCent"] == een["bedragCent"]
    assert verdeling["status"] == "vastgesteld"
    na = wereld.stand()
    assert verdeeld(na) == {
        "stichting-akj": regels["vertrouwenswerk"],
        "stichting-kindertelefoon": regels["kindertelefoon"],
        "stichting-sensoor": regels["luisterend-oor"],
        "administratiebureau": regels["beheer-en-betaling"],
    }
    assert {a["aanbieder"]: a["bedragCent"] for a in verdeling["aandelen"]} == verdeeld(na)
    assert (na["nogTeVerdelenCent"], na["nietGekoppeldCent"], na["ontvangenCent"]) == (0, 33, voor["ontvangenCent"])
    wereld.jobs()
    geboekt = wereld.get(f"/v1/verdelingen/{verdeling['id']}")
    assert geboekt["status"] == "geboekt" and geboekt["boeking"]["bron"] == "fonds"
    saldi = wereld.outway.saldi()
    assert {n: saldi[n] for n in ("2410", "2420", "2430", "2440")} == dict(
        zip(("2410", "2420", "2430", "2440"), (-cent for cent in verdeeld(na).values()), strict=True)
    )
    assert -sum(saldi[n] for n in ("2310", "2320", "2330", "2340")) == na["openstaandCent"]


def test_wat_verdeeld_is_wordt_niet_nog_eens_verdeeld(wereld, facturen):
    wereld.lees_in([post(1000, kenmerk=facturen[0]["betalingskenmerk"])])
    eerste = wereld.verdeeld("2018-02-15")
    assert wereld.post("/v1/verdelingen", {"totEnMet": "2018-12-31"}, status=409).json()["type"].endswith("/niets-te-verdelen")
    wereld.lees_in([post(2000, kenmerk=facturen[0]["betalingskenmerk"])], "A-2")
    tweede = wereld.verdeeld("2018-12-31")
    assert (eerste["bedragCent"], tweede["bedragCent"]) == (1000, 2000)
    assert [v["id"] for v in wereld.get("/v1/verdelingen")["results"]] == [eerste["id"], tweede["id"]]


def test_alleen_ontvangsten_tot_en_met_de_dag_worden_verdeeld(wereld, facturen):
    wereld.lees_in([post(1000, kenmerk=facturen[0]["betalingskenmerk"])], "A-1", dag=date(2018, 2, 15))
    wereld.lees_in([post(500, kenmerk=facturen[0]["betalingskenmerk"])], "A-2", dag=date(2018, 2, 16))
    wereld.post("/v1/verdelingen", {"totEnMet": "2018-02-14"}, status=409)
    assert wereld.verdeeld("2018-02-15")["bedragCent"] == 1000
    assert wereld.stand()["nogTeVerdelenCent"] == 500


def test_onbekende_betalers_worden_niet_verdeeld(wereld, facturen):
    wereld.lees_in([post(1000, tekst="van niemand")])
    wereld.post("/v1/verdelingen", {"totEnMet": "2018-12-31"}, status=409)


def test_zelfde_sleutel_verdeelt_een_keer(wereld, facturen):
    wereld.lees_in([post(1000, kenmerk=facturen[0]["betalingskenmerk"])])
    kop = {**wereld.administratie(), "Idempotency-Key": "v-1"}
    eerste, tweede = (wereld.post("/v1/verdelingen", {"totEnMet": "2018-02-15"}, headers=kop) for _ in range(2))
    assert eerste.status_code == tweede.status_code == 201 and eerste.content == tweede.content


def test_stand_van_een_ander_jaar_is_leeg_op_wat_nog_bij_geen_jaar_hoort_na(wereld, facturen):
    wereld.lees_in([post(1000, kenmerk=facturen[0]["betalingskenmerk"]), post(7)])
    stand = wereld.get("/v1/verantwoording/stand?jaar=2019")
    bedragen = {naam: cent for naam, cent in stand.items() if isinstance(cent, int) and naam != "jaar"}
    assert bedragen == {
        "gefactureerdCent": 0,
        "openstaandCent": 0,
        "ontvangenCent": 7,
        "nietGekoppeldCent": 7,
        "nogTeVerdelenCent": 0,
        "teruggegaanCent": 0,
        "ontvangenVolgensBankCent": 1007,
        "verschilCent": 0,
        "aansluitend": True,
        "aantalGaten": 0,
    }
    alles = wereld.get("/v1/verantwoording/stand")
    assert alles["jaar"] is None and alles["ontvangenCent"] == 1007


@pytest.mark.parametrize(
    "inhoud", [{}, {"totEnMet": "15-02-2018"}, {"totEnMet": 20180215}, {"totEnMet": "2018-02-15", "van": "2018-01-01"}]
)
def test_ongeldige_invoer_verandert_niets(wereld, inhoud):
    assert wereld.post("/v1/verdelingen", inhoud, status=400).json()["invalidParams"]
