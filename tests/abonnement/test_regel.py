"""Lines per dienst: each aanbieder and gemeente its own, and together exactly what invoices, receipts and distributions are."""

from __future__ import annotations

import pytest

from tests.abonnement.test_verantwoordingsstuk import KIND, SENSOOR
from tests.abonnement.wereld import post

LIJSTEN = ("factuurregels", "toewijzingen", "verdelingsregels")


@pytest.fixture
def betaald(wereld, klein):
    """A small round: one invoice paid, one for a part, then distributed; one receipt undone afterwards."""
    wereld.gefactureerd()
    eerste, tweede, *_ = wereld.alle("/v1/facturen")
    wereld.lees_in(
        [
            post(eerste["bedragCent"], kenmerk=eerste["betalingskenmerk"]),
            post(tweede["bedragCent"] - 777, kenmerk=tweede["betalingskenmerk"]),
        ]
    )
    wereld.verdeeld("2018-02-28")
    betaling = wereld.alle("/v1/betalingen")[0]
    ongedaan = {"factuur": eerste["nummer"], "toelichting": "proef"}
    wereld.post(f"/v1/betalingen/{betaling['id']}/ontkoppelingen", ongedaan, status=201)
    return wereld


def test_samen_zijn_het_de_facturen_ontvangsten_en_verdelingen(betaald):
    wereld = betaald
    facturen, stand = wereld.get("/v1/facturen"), wereld.stand()
    regels = wereld.get("/v1/factuurregels")
    for naam in ("totaalCent", "openstaandCent"):
        assert regels[naam] == facturen[naam]
    per_factuur = wereld.get(f"/v1/facturen/{facturen['results'][1]['nummer']}")
    van_factuur = wereld.get(f"/v1/factuurregels?factuur={per_factuur['nummer']}")["results"]
    assert [(een["dienst"], een["bedragCent"], een["betaaldCent"]) for een in van_factuur] == [
        (een["dienst"], een["bedragCent"], een["betaaldCent"]) for een in per_factuur["regels"]
    ]
    assert wereld.get("/v1/toewijzingen")["totaalCent"] == sum(een["betaaldCent"] for een in facturen["results"])
    assert any(een["bedragCent"] < 0 for een in wereld.alle("/v1/toewijzingen"))
    assert wereld.get("/v1/verdelingsregels")["totaalCent"] == sum(een["bedragCent"] for een in stand["verdeeld"])


def test_een_aanbieder_ziet_alleen_eigen_diensten(betaald):
    wereld = betaald
    wie = {een["code"]: wereld.aanbieder(een["code"]) for een in wereld.alle("/v1/aanbieders")}
    for lijst in LIJSTEN:
        alles = wereld.get(f"/v1/{lijst}?pageSize=500")
        delen = {code: wereld.get(f"/v1/{lijst}?pageSize=500", kop) for code, kop in wie.items()}
        for naam in alles.keys() & {"count", "totaalCent", "openstaandCent"}:
            assert sum(deel[naam] for deel in delen.values()) == alles[naam] != 0
        for code, deel in delen.items():
            assert deel["results"] == [rij for rij in alles["results"] if rij["aanbieder"] == code]
        assert wereld.get(f"/v1/{lijst}?dienst=luisterend-oor", wie[KIND])["count"] == 0
        assert wereld.get(f"/v1/{lijst}?dienst=luisterend-oor", wie[SENSOOR])["count"] > 0


def test_een_gemeente_ziet_alleen_haar_facturen_en_ontvangsten(betaald):
    wereld = betaald
    for lijst in LIJSTEN[:2]:
        alles = wereld.get(f"/v1/{lijst}?pageSize=500")["results"]
        code = alles[0]["gemeentecode"]
        deel = wereld.get(f"/v1/{lijst}?pageSize=500", wereld.gemeente(code))
        assert deel["results"] == [rij for rij in alles if rij["gemeentecode"] == code]
        assert deel["totaalCent"] == sum(rij["bedragCent"] for rij in deel["results"])
        assert wereld.get(f"/v1/{lijst}?gemeentecode=GM0599", wereld.gemeente(code))["count"] == 0
    assert wereld.client.get("/v1/verdelingsregels", headers=wereld.gemeente("GM0344")).status_code == 403


def test_een_contract_zonder_of_met_een_onbekende_aanbieder_zegt_waarom(wereld):
    for kop, wat in (
        (wereld.aanbieder(None), "noemt geen aanbieder"),
        (wereld.aanbieder("Geen!"), "geeft een ongeldige aanbieder"),
        (wereld.aanbieder("stichting-die-er-niet-is"), "die is er niet"),
    ):
        for lijst in LIJSTEN:
            antwoord = wereld.client.get(f"/v1/{lijst}", headers=kop)
            assert antwoord.status_code == 403 and wat in antwoord.json()["detail"]
    assert antwoord.json()["type"].endswith("/contract-noemt-onbekende-aanbieder")
