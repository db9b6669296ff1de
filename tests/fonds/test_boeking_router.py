"""Boekingen over HTTP."""

from __future__ import annotations

import psycopg
import pytest
from gemeengoed_kit.retention import tidy
from sqlalchemy import text

from tests.fonds.test_afschrift import vouw


def aantal(context, tabel: str = "boeking") -> int:
    with context.sessions() as session:
        return session.scalar(text(f"SELECT count(*) FROM {tabel}"))


def test_boeking_wordt_vastgelegd_en_is_terug_te_lezen(client, als, boek, boeking, context):
    body = boeking()
    antwoord = boek(body)
    assert antwoord.status_code == 201, antwoord.text
    gelezen = client.get(antwoord.headers["location"], headers=als("fondsbeheerder"))
    assert antwoord.json() == {
        **gelezen.json(),
        "saldi": [
            {"fonds": "derdengelden", "rekening": r, "saldoCent": c} for r, c in [("1300", 900), ("2310", -500), ("2320", -400)]
        ],
    }
    assert {naam: gelezen.json()[naam] for naam in body} == body
    assert gelezen.json()["geboektOp"] == "2018-01-15T09:00:00.000Z" and gelezen.json()["volgnummer"] == 1
    assert aantal(context, "audit") == 1


def test_herhaling_met_dezelfde_sleutel_geeft_hetzelfde_antwoord(boek, boeking, context):
    body = boeking()
    eerste, tweede = boek(body, sleutel="een"), boek(body, sleutel="een")
    assert tweede.status_code == 201 and tweede.json() == eerste.json()
    assert tweede.headers["location"] == eerste.headers["location"]
    assert tweede.headers["idempotency-replayed"] == "true" and aantal(context) == 1


def test_sleutel_van_een_boeking_wordt_nooit_vergeten(client, als, boek, boeking, context, database):
    """Other answers are, once they are old enough; and the document is known under any key."""
    body = boeking()
    eerste = boek(body, sleutel="een")
    client.post(
        "/v1/bijdragerondes", json={"fonds": "ggu", "jaar": 2020}, headers={**als("fondsbeheerder"), "Idempotency-Key": "ronde"}
    )
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("ALTER TABLE idempotentie DISABLE TRIGGER USER")
        connection.execute("UPDATE idempotentie SET ontstaan_op = now() - interval '4000 days'")
    assert aantal(context, "idempotentie") == 2
    tidy(context)
    assert aantal(context, "idempotentie") == 1
    tweede = boek(body, sleutel="een")
    assert tweede.status_code == 201 and tweede.json() == eerste.json() and tweede.headers["idempotency-replayed"] == "true"
    anders = boek(boeking(), sleutel="een")
    assert anders.status_code == 409 and anders.json()["type"].endswith("/idempotentiesleutel-hergebruikt")
    derde = boek(body, sleutel="twee")
    assert derde.status_code == 409 and derde.json()["type"].endswith("/brondocument-al-geboekt")
    assert derde.json()["boeking"] == eerste.headers["location"] and aantal(context) == 1


def test_zelfde_sleutel_met_andere_inhoud_wordt_geweigerd(boek, boeking, context):
    boek(boeking(), sleutel="een")
    tweede = boek(boeking(), sleutel="een")
    assert tweede.status_code == 409 and tweede.json()["type"].endswith("/idempotentiesleutel-hergebruikt")
    assert aantal(context) == 1


def test_zonder_sleutel_wordt_niet_geboekt(client, als, boeking, context):
    antwoord = client.post("/v1/boekingen", json=boeking(), headers=als("administratie"))
    assert antwoord.status_code == 400
    assert [p["name"] for p in antwoord.json()["invalidParams"]] == ["Idempotency-Key"]
    assert aantal(context) == 0


def test_brondocument_wordt_maar_een_keer_geboekt(boek, boeking, context):
    body = boeking()
    eerste = boek(body)
    tweede = boek({**body, "omschrijving": "Nog eens"})
    assert tweede.status_code == 409 and tweede.json()["type"].endswith("/brondocument-al-geboekt")
    assert tweede.json()["boeking"] == eerste.headers["location"] and aantal(context) == 1
    assert boek({**body, "bron": {**body["bron"], "bron": "memoriaal"}}).status_code == 201


def test_boeking_uit_evenwicht_noemt_het_verschil(boek, boeking, context):
    antwoord = boek(boeking(("1300", 900), ("2310", -901)))
    assert antwoord.status_code == 409 and antwoord.json()["type"].endswith("/boeking-niet-in-evenwicht")
    assert antwoord.json()["verschilCent"] == -1 and "€ 0,01 meer credit" in antwoord.json()["detail"]
    assert aantal(context) == aantal(context, "idempotentie") == 0


def test_onbekende_rekeningen_worden_allemaal_tegelijk_genoemd(boek, boeking, context):
    antwoord = boek(boeking(("1300", 900), ("8000", -500), ("9999", -399)))
    assert antwoord.status_code == 409 and antwoord.json()["type"].endswith("/onbekende-rekening")
    assert [p["name"] for p in antwoord.json()["invalidParams"]] == ["regels.1.rekening", "regels.2.rekening", "regels"]
    assert aantal(context) == 0


def test_alle_fouten_in_de_invoer_in_een_antwoord(boek, context):
    antwoord = boek(
        {
            "fonds": "Derdengelden",
            "boekdatum": "2018-02-30",
            "omschrijving": "",
            "extra": 1,
            "bron": {"bron": "abonnement", "pad": "https://elders.example/1"},
            "regels": [{"rekening": "1300", "bedragCent": 0}],
        }
    )
    assert antwoord.status_code == 400
    assert {p["name"] for p in antwoord.json()["invalidParams"]} >= {
        "fonds",
        "boekdatum",
        "omschrijving",
        "extra",
        "bron.pad",
        "regels.0.bedragCent",
    }
    assert aantal(context) == 0


@pytest.mark.parametrize("cent", [1.5, "100", True, 10**15 + 1, None])
def test_bedrag_is_een_geheel_aantal_centen(boek, boeking, cent):
    assert boek(boeking(("1300", cent), ("2310", -100))).status_code == 400


def test_een_regel_is_geen_boeking(boek, boeking):
    antwoord = boek(boeking(("1300", 900)))
    assert antwoord.status_code == 400 and antwoord.json()["invalidParams"][0]["name"] == "regels"


def test_onbekend_fonds_wordt_geweigerd(boek, boeking):
    antwoord = boek(boeking(fonds="kas"))
    assert antwoord.status_code == 409 and antwoord.json()["type"].endswith("/onbekend-fonds")


def test_filters_en_paginas(client, als, boek, boeking):
    gemaakt = [boek(boeking(boekdatum=dag)).json() for dag in ("2018-01-01", "2018-01-31", "2018-02-01")]
    boek(boeking(("1300", 7), ("8000", -7), fonds="ggu"), rol="fondsbeheerder")

    def ids(vraag: str) -> list[str]:
        antwoord = client.get(f"/v1/boekingen?{vraag}", headers=als("fondsbeheerder"))
        assert antwoord.status_code == 200, antwoord.text
        assert antwoord.json()["count"] >= len(antwoord.json()["results"])
        return [b["id"] for b in antwoord.json()["results"]]

    assert len(ids("")) == 4
    assert ids("fonds=derdengelden&vanaf=2018-01-01&tot=2018-02-01") == [b["id"] for b in gemaakt[:2]]
    assert ids(f"bronPad={gemaakt[1]['bron']['pad']}") == [gemaakt[1]["id"]]
    assert ids("fonds=derdengelden&page=2&pageSize=2") == [gemaakt[2]["id"]]
    te_lang = client.get(f"/v1/boekingen?bronPad=/v1/{'a' * 251}", headers=als("fondsbeheerder"))
    assert te_lang.json()["invalidParams"][0]["reason"] == "hoogstens 250 tekens"
    assert client.get("/v1/boekingen?bronpad=x", headers=als("fondsbeheerder")).status_code == 400


def test_aantal_boekingen_klopt_met_en_zonder_tellingen(client, als, boek, boeking, context):
    """The number comes from counts per day, of what is sealed and what is not; it is what a count of the rows gives."""
    for nummer, dag in enumerate(["2017-12-31", "2018-01-01", "2018-01-15", "2018-02-28", "2018-01-15", "2018-12-31"]):
        assert boek(boeking(boekdatum=dag)).status_code == 201
        if nummer in (2, 4):
            vouw(context)
    boek(boeking(("1300", 1), ("8000", -1), fonds="ggu"), rol="fondsbeheerder")
    vragen = [
        ("", "administratie", 6),
        ("", "fondsbeheerder", 7),
        ("fonds=ggu", "fondsbeheerder", 1),
        ("fonds=ggu", "administratie", 0),
        ("vanaf=2018-01-01", "administratie", 5),
        ("tot=2018-01-15", "administratie", 2),
        ("vanaf=2018-01-15&tot=2018-03-01", "accountant", 4),
        ("vanaf=2018-03-01&tot=2018-01-01", "accountant", 0),
    ]
    for vraag, rol, verwacht in vragen:
        for bladzijde in ("pageSize=1", "pageSize=1&page=2", "pageSize=500", "page=99"):
            gegeven = client.get(f"/v1/boekingen?{vraag}&{bladzijde}".replace("?&", "?"), headers=als(rol))
            assert gegeven.status_code == 200 and gegeven.json()["count"] == verwacht, (vraag, rol, bladzijde, gegeven.text)
