"""Many entries in one call: all of them or none; and trying out what would happen."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import text

from tests.fonds.test_gelijktijdig import verstuur
from tests.invariants.fonds import schendingen

TABELLEN = ("boeking", "boekingsregel", "audit", "idempotentie", "onverzegeld", "rekeningteller")


def aantallen(context) -> list[int]:
    with context.sessions() as session:
        return [session.scalar(text(f"SELECT count(*) FROM {tabel}")) for tabel in TABELLEN]


@pytest.fixture
def bulk(client, als):
    def doe(boekingen, sleutel="bulk", rol="administratie", vraag=""):
        kop = {**als(rol), "Idempotency-Key": sleutel}
        return client.post(f"/v1/boekingen/bulk{vraag}", json={"boekingen": boekingen}, headers=kop)

    return doe


def test_bulk_legt_alles_vast_in_volgorde(client, als, bulk, boeking, context, database):
    posten = [boeking(("1300", n), ("2310", 1 - n), ("2320", -1)) for n in range(2, 402)]
    antwoord = bulk(posten)
    assert antwoord.status_code == 201, antwoord.text
    gegeven = antwoord.json()
    assert (gegeven["aantalBoekingen"], gegeven["aantalRegels"], len(gegeven["boekingen"])) == (400, 1200, 400)
    assert antwoord.headers["location"] == f"/v1/boekingen/{gegeven['boekingen'][0]}"
    assert {s["rekening"]: s["saldoCent"] for s in gegeven["saldi"]} == {"1300": 80600, "2310": -80200, "2320": -400}
    gelezen = client.get("/v1/boekingen?pageSize=500", headers=als("administratie")).json()["results"]
    assert [b["id"] for b in gelezen] == gegeven["boekingen"]
    assert [{naam: b[naam] for naam in posten[0]} for b in gelezen] == posten
    assert bulk(posten).headers["idempotency-replayed"] == "true" and aantallen(context)[:4] == [400, 1200, 1, 1]
    assert bulk(posten, sleutel="anders").status_code == 409
    assert schendingen(database.url) == []


def test_bulk_noemt_alle_bezwaren_en_boekt_niets(bulk, boek, boeking, context):
    eerder = boek(boeking(pad="/v1/facturen/eerder"))
    voor = aantallen(context)
    dubbel = boeking(pad="/v1/facturen/dubbel")
    antwoord = bulk(
        [
            boeking(),
            boeking(("1300", 5), ("2310", -6)),
            boeking(("1300", 5), ("9999", -5)),
            dubbel,
            boeking(boekdatum="2020-01-01"),
            dubbel,
            boeking(pad="/v1/facturen/eerder"),
            boeking(fonds="geen"),
        ]
    )
    assert antwoord.status_code == 409 and antwoord.json()["type"].endswith("/boekingen-geweigerd")
    assert [(p["name"], p["code"]) for p in antwoord.json()["invalidParams"]] == [
        ("boekingen.1.regels", "evenwicht"),
        ("boekingen.2.regels.1.rekening", "onbekend"),
        ("boekingen.4.boekdatum", "te_ver_vooruit"),
        ("boekingen.5.bron", "dubbel"),
        ("boekingen.7.fonds", "onbekend"),
        ("boekingen.6.bron", "al_geboekt"),
    ]
    assert eerder.headers["location"] in antwoord.text and aantallen(context) == voor


def test_bulk_weigert_vreemde_fondsen_bronnen_en_te_veel(bulk, boeking, context):
    ggu = boeking(("1100", 5), ("8000", -5), fonds="ggu")
    assert bulk([boeking(), ggu]).json()["type"].endswith("/fonds-niet-toegestaan")
    vreemd = bulk([{**boeking(), "bron": {"bron": "fonds", "pad": "/v1/x/1"}}])
    assert vreemd.status_code == 403 and vreemd.json()["type"].endswith("/bron-niet-van-u")
    assert bulk([]).status_code == 400
    half = [("1300", 1)] * 400 + [("2310", -1)] * 400
    veel = bulk([boeking(*half)] * 63)
    assert veel.status_code == 400 and "50000 regels" in veel.json()["invalidParams"][0]["reason"]
    assert bulk([boeking(), ggu], rol="fondsbeheerder").status_code == 201
    assert aantallen(context)[0] == 2


def test_bulken_die_elkaar_raken_boeken_elk_document_een_keer(context, database, als, boeking):
    """Forty bulks of thirty entries, each of which shares its documents with three others: ten can be booked."""
    groepen = [[boeking(("1300", 3), ("2310", -3)) for _ in range(30)] for _ in range(10)]
    aanvragen = [
        ({"boekingen": groepen[n % 10]}, {**als("administratie"), "Idempotency-Key": f"b-{n}"}, "/v1/boekingen/bulk")
        for n in range(40)
    ]
    antwoorden = verstuur(context, aanvragen)
    assert Counter(a.status_code for a in antwoorden) == {201: 10, 409: 30}
    assert aantallen(context)[:4] == [300, 600, 10, 10] and schendingen(database.url) == []


def test_proef_antwoordt_hetzelfde_en_legt_niets_vast(client, als, boek, bulk, boeking, context):
    eerste = boek(boeking()).headers["location"]
    voor, body = aantallen(context), boeking()
    kop = {**als("administratie"), "Idempotency-Key": "sleutel"}
    proef = client.post("/v1/boekingen?proef=true", json=body, headers=kop)
    assert proef.status_code == 200 and "location" not in proef.headers
    assert bulk([body, boeking()], sleutel="sleutel", vraag="?proef=true").json()["aantalRegels"] == 6
    op = {"boekdatum": "2018-01-15", "omschrijving": "Dubbel"}
    storno = client.post(f"{eerste}/storno?proef=true", json=op, headers=kop)
    assert storno.status_code == 200 and storno.json()["stornoVan"] == eerste
    assert client.get(f"/v1/boekingen/{proef.json()['id']}", headers=kop).status_code == 404
    assert aantallen(context) == voor
    echt = client.post("/v1/boekingen", json=body, headers=kop)
    assert echt.status_code == 201 and "idempotency-replayed" not in echt.headers
    eigen = ("id", "volgnummer", "vastgelegdOp")
    assert {**echt.json(), **dict.fromkeys(eigen)} == {**proef.json(), **dict.fromkeys(eigen)}
    for weer in (body, boeking(("1300", 1), ("2310", -2)), boeking(("1300", 1), ("9999", -1)), boeking(fonds="geen")):
        echt = client.post("/v1/boekingen", json=weer, headers={**kop, "Idempotency-Key": "anders"})
        proef = client.post("/v1/boekingen?proef=true", json=weer, headers={**kop, "Idempotency-Key": "anders"})
        assert (proef.status_code, proef.json()) == (echt.status_code, echt.json()) and proef.status_code == 409
    assert client.post("/v1/boekingen?proef=ja", json=body, headers={**kop, "Idempotency-Key": "b"}).status_code == 400


def test_bulk_noemt_elke_dag_die_gesloten_is_met_wat_te_doen(client, als, bulk, boeking, context):
    kop = {**als("fondsbeheerder"), "If-Match": "*"}
    for dag in ("2018-01-05", "2018-01-10"):
        pad = "/v1/fondsen/derdengelden/perioden"
        assert client.post(pad, json={"totEnMet": dag}, headers=kop).status_code == 201
        stap = {"naar": "voorlopig_gesloten", "naam": "Beheerder (test)"}
        assert client.post(f"{pad}/{dag}/stappen", json=stap, headers=kop).status_code == 200
    dagen = ["2018-01-11", "2018-01-02", "2018-01-07", "2018-01-15", "2018-01-07"]
    antwoord = bulk([boeking(boekdatum=dag) for dag in dagen])
    fouten = antwoord.json()["invalidParams"]
    assert antwoord.status_code == 409 and antwoord.json()["type"] == "/v1/problemen/boekingen-geweigerd"
    assert [(f["name"], f["code"]) for f in fouten] == [(f"boekingen.{n}.boekdatum", "periode_gesloten") for n in (1, 2, 4)]
    assert "tot en met 2018-01-05" in fouten[0]["reason"] and "tot en met 2018-01-10" in fouten[1]["reason"]
    assert all(f["reason"].endswith("de eerste open dag is 2018-01-11") for f in fouten) and aantallen(context)[0] == 0
