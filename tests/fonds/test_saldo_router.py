"""Balances over HTTP."""

from __future__ import annotations

AANTAL_REKENINGEN = 65
"""The accounts of both fondsen that come with the migrations: 11 of derdengelden, 53 of ggu."""


def test_saldibalans_telt_tot_en_met_de_dag(client, als, boek, boeking):
    boek(boeking(("1300", 900), ("2310", -500), ("2320", -400), boekdatum="2018-01-01"))
    boek(boeking(("1100", 300), ("1300", -300), boekdatum="2018-02-01"))

    def balans(datum: str) -> dict:
        antwoord = client.get(f"/v1/fondsen/derdengelden/saldibalans?datum={datum}", headers=als("administratie")).json()
        assert antwoord["saldoTotaalCent"] == 0 and antwoord["datum"] == datum and len(antwoord["rekeningen"]) == 12
        gebruikt = [r for r in antwoord["rekeningen"] if r["debetCent"] or r["creditCent"]]
        return {
            "aantal": antwoord["aantalBoekingen"],
            **{r["nummer"]: (r["debetCent"], r["creditCent"], r["saldoCent"]) for r in gebruikt},
        }

    assert balans("2017-12-31") == {"aantal": 0}
    assert balans("2018-01-31") == {"aantal": 1, "1300": (900, 0, 900), "2310": (0, 500, -500), "2320": (0, 400, -400)}
    assert balans("2018-02-01") == {
        "aantal": 2,
        "1100": (300, 0, 300),
        "1300": (900, 300, 600),
        "2310": (0, 500, -500),
        "2320": (0, 400, -400),
    }


def test_zonder_datum_is_het_saldo_van_vandaag(client, als, boek, boeking):
    boek(boeking(boekdatum="2018-01-15"))
    boek(boeking(boekdatum="2018-01-16"))
    balans = client.get("/v1/fondsen/derdengelden/saldibalans", headers=als("administratie")).json()
    assert balans["datum"] == "2018-01-15" and balans["aantalBoekingen"] == 1


def test_rekeningen_van_alle_fondsen_met_hun_saldo_per_pagina(client, als, boek, boeking):
    boek(boeking(("1300", 900), ("2310", -900)))
    boek(boeking(("1300", 7), ("8000", -7), fonds="ggu"), rol="fondsbeheerder")
    gevonden, pad = [], "/v1/rekeningen?datum=2018-12-31&pageSize=5"
    while pad:
        pagina = client.get(pad, headers=als("fondsbeheerder")).json()
        assert pagina["count"] == AANTAL_REKENINGEN and pagina["datum"] == "2018-12-31"
        gevonden += [(r["fonds"], r["nummer"], r["saldoCent"]) for r in pagina["results"]]
        pad = pagina["next"]
    assert len(gevonden) == AANTAL_REKENINGEN and gevonden == sorted(gevonden)
    assert {rij for rij in gevonden if rij[2]} == {
        ("derdengelden", "1300", 900),
        ("derdengelden", "2310", -900),
        ("ggu", "1300", 7),
        ("ggu", "8000", -7),
    }


def test_alleen_de_rekeningen_van_het_gevraagde_fonds(client, als):
    antwoord = client.get("/v1/rekeningen?fonds=ggu", headers=als("fondsbeheerder")).json()
    assert {r["fonds"] for r in antwoord["results"]} == {"ggu"} and antwoord["count"] == 53
    soorten = {r["nummer"]: r["soort"] for r in antwoord["results"]}
    assert (soorten["1100"], soorten["1600"], soorten["4081"], soorten["8000"]) == ("activa", "passiva", "lasten", "baten")


def test_onbekende_vraag_en_onbestaande_dag_geven_400(client, als):
    antwoord = client.get("/v1/fondsen/ggu/saldibalans?datum=2018-02-30&peildatum=2018-01-01", headers=als("fondsbeheerder"))
    assert antwoord.status_code == 400
    assert {p["name"] for p in antwoord.json()["invalidParams"]} == {"datum", "peildatum"}
