"""Faults that public trackers tell of other ledgers, tried on this one.

Formance ledger 1601 (a key of another reversal); ERPNext 30849 (closing counts what was cancelled), 55268 (a reversal judged by
the day of what it reverses), 44135 and 50505 (matching removes or books entries); Odoo 91245 (matching refused by a lock date);
LedgerSMB 3494 (opened and closed again); ledger 1187 and 1425 (two lines on one account). Others are in the tests of their own:
Firefly III 12862 (running balance of a later day, `test_afschrift.py`), blnk 152 and Formance stack 217 (reversed twice, or at
once, `test_storno.py`), Formance stack 1633 (twice in one batch, `test_bulk.py`).
"""

from __future__ import annotations

import itertools

import pytest

from tests.fonds.omslagen import GROOT, ontvangst
from tests.fonds.test_nota_router import RONDE, besloten, doe
from tests.fonds.test_vier_ogen import soort
from tests.invariants.fonds import schendingen

__all__ = ["besloten", "doe"]
SLEUTELS = itertools.count(1)
PERIODEN = "/v1/fondsen/{}/perioden"


@pytest.fixture
def storneer(client, als):
    def post(pad: str, dag: str = "2018-01-15", sleutel: str | None = None):
        kop = {**als("fondsbeheerder"), "Idempotency-Key": sleutel or f"storno-{next(SLEUTELS)}"}
        return client.post(f"{pad}/storno", json={"boekdatum": dag, "omschrijving": "Storno (test)"}, headers=kop)

    return post


@pytest.fixture
def sluit(client, als):
    def zet(dag: str, naar: str, fonds: str = "derdengelden") -> None:
        pad, stap = PERIODEN.format(fonds), {"naar": naar, "naam": "Beheerder (test)", "reden": "Proef"}
        kop = {**als("fondsbeheerder"), "If-Match": "*"}
        client.post(pad, json={"totEnMet": dag}, headers=kop)
        gezet = client.post(f"{pad}/{dag}/stappen", json=stap, headers=kop)
        assert gezet.status_code == 200, gezet.text

    return zet


def test_sleutel_van_een_andere_storno_is_een_409_en_storneert_niets(boek, boeking, storneer, client, als):
    een, twee = (boek(boeking(), rol="fondsbeheerder").headers["location"] for _ in range(2))
    eerste = storneer(een, sleutel="dezelfde")
    assert eerste.status_code == 201 and storneer(een, sleutel="dezelfde").json() == eerste.json()
    ander = storneer(twee, sleutel="dezelfde")
    assert ander.status_code == 409 and client.get(twee, headers=als("accountant")).json()["gestorneerdDoor"] is None
    assert soort(storneer(een)) == "boeking-al-gestorneerd"


def test_storno_op_een_open_dag_van_wat_in_een_gesloten_periode_staat(boek, boeking, storneer, sluit, database):
    oud = boek(boeking(boekdatum="2017-12-01"), rol="fondsbeheerder").headers["location"]
    sluit("2017-12-31", "voorlopig_gesloten")
    assert soort(storneer(oud, "2017-12-31")) == "periode-gesloten"
    assert storneer(oud, "2018-01-01").status_code == 201
    assert schendingen(database.url) == []


def test_periode_die_vaker_opent_en_sluit(boek, boeking, sluit, client, als, database):
    for ronde in range(3):
        sluit("2017-12-31", "voorlopig_gesloten")
        assert soort(boek(boeking(boekdatum="2017-12-01"))) == "periode-gesloten"
        sluit("2017-12-31", "open")
        assert boek(boeking(boekdatum="2017-12-01")).status_code == 201, ronde
    periode = client.get(f"{PERIODEN.format('derdengelden')}/2017-12-31", headers=als("accountant")).json()
    assert [stap["naar"] for stap in periode["stappen"]] == ["voorlopig_gesloten", "open"] * 3 and periode["versie"] == 7
    assert schendingen(database.url) == []


def test_jaar_sluit_zonder_wat_is_gestorneerd(boek, boeking, storneer, client, als, database):
    blijft, weg, later = (
        boek(boeking(("1300", cent), ("8000", -cent), fonds="ggu", boekdatum="2017-06-01"), rol="fondsbeheerder").headers[
            "location"
        ]
        for cent in (500, 70, 9)
    )
    assert storneer(weg, "2017-07-01").status_code == 201
    gesloten = client.post("/v1/jaarafsluitingen", json={"fonds": "ggu", "jaar": 2017}, headers=als("fondsbeheerder"))
    assert gesloten.status_code == 201 and gesloten.json()["batenCent"] == 509
    assert storneer(later, "2018-01-02").status_code == 201 and soort(storneer(blijft, "2017-12-31")) == "periode-gesloten"
    assert client.get("/v1/jaarafsluitingen/ggu-2017", headers=als("accountant")).json() == gesloten.json()
    assert schendingen(database.url) == []


def test_twee_regels_op_een_rekening_tellen_samen_ook_voor_haar_grens(boek, boeking, client, als, database):
    kop = {**als("fondsbeheerder"), "If-Match": "*"}
    rekening = {"naam": "Debiteuren", "maximumCent": 100}
    assert client.put("/v1/fondsen/derdengelden/rekeningen/1300", json=rekening, headers=kop).status_code == 200
    assert soort(boek(boeking(("1300", 60), ("1300", 60), ("2310", -120)))) == "saldo-buiten-grenzen"
    goed = boek(boeking(("1300", 600), ("1300", -500), ("2310", -100)))
    assert goed.status_code == 201 and {s["rekening"]: s["saldoCent"] for s in goed.json()["saldi"]} == {
        "1300": 100,
        "2310": -100,
    }
    afschrift = client.get("/v1/fondsen/derdengelden/rekeningen/1300/afschrift", headers=als("accountant")).json()
    assert [(r["bedragCent"], r["saldoCent"]) for r in afschrift["results"]] == [(600, 600), (-500, 100)]
    assert schendingen(database.url) == []


def test_verrekenen_en_toerekenen_boeken_niets_en_kunnen_ook_als_de_periode_dicht_is(doe, besloten, sluit, client, als):
    besloten()
    for termijn in (1, 2):
        doe("POST", "/notarondes", 201, {**RONDE, "termijn": termijn})
    een, twee = doe("GET", f"/notas?gemeentecode={GROOT}", 200)["results"]
    cent = een["bedragCent"]
    betaald = doe("POST", "/ontvangsten", 201, ontvangst(cent + 9, (een["id"], cent)))
    doe("POST", f"/notas/{een['id']}/creditnotas", 201, {"bedragCent": 500, "reden": "Test"})
    sluit("2018-12-31", "voorlopig_gesloten", "ggu")
    voor = doe("GET", "/boekingen?fonds=ggu", 200)["count"]
    samen = doe("POST", "/verrekeningen", 201, {"van": een["id"], "met": twee["id"], "bedragCent": 500, "reden": "Test"})
    toe = {"toerekeningen": [{"nota": twee["id"], "bedragCent": 9}]}
    doe("POST", f"/ontvangsten/{betaald['id']}/toerekeningen", 201, toe)
    doe("POST", f"/verrekeningen/{samen['id']}/herroepingen", 201, {"reden": "Test"})
    assert doe("GET", "/boekingen?fonds=ggu", 200)["count"] == voor
    dicht = doe("POST", f"/ontvangsten/{betaald['id']}/herroepingen", 409, {"reden": "Test"})
    assert dicht["type"].endswith("/periode-gesloten")
    assert doe("GET", f"/notas/{twee['id']}", 200)["openCent"] == twee["bedragCent"] - 9, "nothing of it was done by half"
