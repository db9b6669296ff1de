"""Periods over HTTP, and closing while others book."""

from __future__ import annotations

import itertools
import threading
from collections import Counter

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import text

PERIODEN = "/v1/fondsen/derdengelden/perioden"
JANUARI, FEBRUARI = f"{PERIODEN}/2018-01-31", f"{PERIODEN}/2018-02-28"
SLUIT = {"naar": "voorlopig_gesloten", "naam": "Beheerder (test)"}
OPEN = {"naar": "open", "naam": "Beheerder (test)", "reden": "Nagekomen factuur"}
VAST = {"naar": "definitief_gesloten", "naam": "Bestuur (test)"}


@pytest.fixture
def doe(client, als):
    def vraag(methode: str, pad: str, status: int, *, rol: str = "fondsbeheerder", versie: int | None = None, **inhoud):
        kop = als(rol) | ({"If-Match": f'"{versie}"'} if versie else {})
        antwoord = client.request(methode, pad, headers=kop, **inhoud)
        assert antwoord.status_code == status, f"{methode} {pad}: {antwoord.status_code} {antwoord.text}"
        return antwoord.json()

    return vraag


@pytest.fixture
def maanden(doe):
    for dag in ("2018-02-28", "2018-01-31"):  # the second divides the first
        doe("POST", PERIODEN, 201, json={"totEnMet": dag})


def soort(probleem) -> str:
    return probleem["type"].rpartition("/")[2]


def test_perioden_sluiten_aan_en_gaan_hun_gang(doe, maanden, boek, boeking):
    alle = doe("GET", PERIODEN, 200)["results"]
    assert [(een["vanaf"], een["totEnMet"], een["status"]) for een in alle] == [
        ("2000-01-01", "2018-01-31", "open"),
        ("2018-02-01", "2018-02-28", "open"),
    ]
    assert soort(doe("POST", PERIODEN, 409, json={"totEnMet": "2018-01-31"})) == "periode-kan-niet"
    assert soort(doe("POST", PERIODEN, 409, json={"totEnMet": "2020-01-31"})) == "datum-te-ver-vooruit"
    eerst = doe("POST", f"{FEBRUARI}/stappen", 409, versie=1, json=SLUIT)
    assert soort(eerst) == "periodestap-kan-niet" and "2018-01-31" in eerst["detail"]
    doe("POST", f"{JANUARI}/stappen", 428, json=SLUIT)
    doe("POST", f"{JANUARI}/stappen", 412, versie=2, json=SLUIT)
    doe("POST", f"{JANUARI}/stappen", 200, versie=1, json=SLUIT)
    doe("POST", f"{FEBRUARI}/stappen", 200, versie=1, json=SLUIT)
    dicht = boek(boeking(boekdatum="2018-01-15"))
    assert dicht.status_code == 409 and soort(dicht.json()) == "periode-gesloten"
    assert dicht.json()["periode"] == JANUARI and dicht.json()["eersteOpenDag"] == "2018-03-01"
    assert dicht.json()["status"] == 409 and dicht.json()["periodestatus"] == "voorlopig_gesloten"
    assert "voorlopig gesloten; de eerste open dag is 2018-03-01" in dicht.json()["detail"]
    assert soort(doe("POST", PERIODEN, 409, json={"totEnMet": "2018-02-10"})) == "periode-kan-niet"
    assert soort(doe("POST", f"{JANUARI}/stappen", 409, versie=2, json={**OPEN, "reden": None})) == "periodestap-kan-niet"
    doe("POST", f"{JANUARI}/stappen", 200, versie=2, json=OPEN)
    assert boek(boeking(boekdatum="2018-01-15")).status_code == 201
    assert boek(boeking(boekdatum="2018-02-15")).json()["eersteOpenDag"] == "2018-03-01"
    assert soort(doe("POST", f"{FEBRUARI}/stappen", 409, versie=2, rol="bestuur", json=VAST)) == "periodestap-kan-niet"
    doe("POST", f"{JANUARI}/stappen", 200, versie=3, json=SLUIT)
    assert soort(doe("POST", f"{JANUARI}/stappen", 403, versie=4, json=VAST)) == "niet-uw-stap"
    assert soort(doe("POST", f"{JANUARI}/stappen", 403, versie=4, rol="bestuur", json=OPEN)) == "niet-uw-stap"
    vast = doe("POST", f"{JANUARI}/stappen", 200, versie=4, rol="bestuur", json=VAST)
    assert [(een["naar"], een["reden"]) for een in vast["stappen"]] == [
        ("voorlopig_gesloten", None),
        ("open", "Nagekomen factuur"),
        ("voorlopig_gesloten", None),
        ("definitief_gesloten", None),
    ]
    assert soort(doe("POST", f"{JANUARI}/stappen", 409, versie=5, json=OPEN)) == "periodestap-kan-niet"
    assert boek(boeking(boekdatum="2018-01-15")).json()["periodestatus"] == "definitief_gesloten"
    assert boek(boeking(boekdatum="2018-03-01")).status_code == 201
    assert [een["totEnMet"] for een in doe("GET", f"{PERIODEN}?status=definitief_gesloten", 200)["results"]] == ["2018-01-31"]
    assert doe("GET", f"{PERIODEN}?pageSize=1&page=2", 200)["results"][0]["vanaf"] == "2018-02-01"


def test_wie_perioden_ziet_en_sluit(doe, maanden):
    for rol in ("administratie", "bestuur", "ledenvergadering", "accountant"):
        assert doe("GET", JANUARI, 200, rol=rol)["status"] == "open"
        doe("POST", PERIODEN, 403, rol=rol, json={"totEnMet": "2018-03-31"})
    for rol in ("administratie", "ledenvergadering", "accountant", "gemeente"):
        doe("POST", f"{JANUARI}/stappen", 403, rol=rol, versie=1, json=SLUIT)
    doe("GET", "/v1/fondsen/ggu/perioden", 404, rol="administratie")
    doe("GET", "/v1/fondsen/ggu/perioden/2018-01-31", 404)
    doe("POST", "/v1/fondsen/geen/perioden", 404, json={"totEnMet": "2018-03-31"})
    doe("POST", f"{PERIODEN}/2018-03-31/stappen", 404, versie=1, json=SLUIT)


def test_sluiten_terwijl_er_wordt_geboekt_verliest_niets(client, als, boeking, maanden, context):
    """Every entry answered 201 is there, each 409 is not, and after the closing none came: by the order of the ledger itself."""
    kop, nummers, uit, geboekt = als("administratie"), itertools.count(1), [], threading.Semaphore(0)
    sluiter = als("fondsbeheerder")

    def boek() -> None:
        for _ in range(12):
            body = boeking(boekdatum="2018-01-15", pad=f"/v1/proef/{next(nummers)}")
            uit.append(client.post("/v1/boekingen", json=body, headers={**kop, "Idempotency-Key": body["bron"]["pad"]}))
            geboekt.release()

    draden = [threading.Thread(target=boek) for _ in range(6)]
    for draad in draden:
        draad.start()
    for _ in range(6):
        geboekt.acquire()
    gesloten = client.post(f"{JANUARI}/stappen", json=SLUIT, headers={**sluiter, "If-Match": '"1"'})
    for draad in draden:
        draad.join()
    assert gesloten.status_code == 200, gesloten.text
    tellen = Counter(een.status_code for een in uit)
    assert set(tellen) <= {201, 409} and tellen[201] >= 6 and sum(tellen.values()) == 72
    assert {soort(een.json()) for een in uit if een.status_code == 409} <= {"periode-gesloten"}
    with context.sessions() as session:
        assert session.scalar(text("SELECT count(*) FROM boeking")) == tellen[201]
        laat = (
            "SELECT count(*) FROM audit WHERE handeling = 'boeking.boeken' "
            "AND id > (SELECT id FROM audit WHERE handeling = 'periode.zetten')"
        )
        assert session.scalar(text(laat)) == 0


BOEKING = (
    "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) "
    "VALUES (gen_random_uuid(), 'derdengelden', '2018-01-15', now(), 'x', 'proef', '/v1/proef/' || gen_random_uuid(), 2)"
)
STAP = (
    "INSERT INTO periodestap (fonds, tot_en_met, versie, naar, naam, op) "
    "VALUES ('derdengelden', '{dag}', {versie}, '{naar}', 'x', now())"
)
ZET = "UPDATE periode SET status = '{naar}', versie = {versie} WHERE tot_en_met = '{dag}'"


def zet(db: psycopg.Connection, dag: str, naar: str, versie: int, stap: bool = True) -> None:
    for opdracht in (ZET, STAP) if stap else (ZET,):
        db.execute(opdracht.format(dag=dag, naar=naar, versie=versie))


@pytest.mark.parametrize("niveau", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_rol_van_de_dienst_boekt_niet_in_wat_intussen_sluit(database, maanden, niveau):
    """A transaction that began before the closing, with a snapshot in which the period is open."""
    with psycopg.connect(database.url) as boeker, psycopg.connect(database.url) as sluiter:
        boeker.execute(f"SET TRANSACTION ISOLATION LEVEL {niveau}".encode())
        assert boeker.execute("SELECT count(*) FROM periode WHERE status = 'open'").fetchone() == (2,)
        zet(sluiter, "2018-01-31", "voorlopig_gesloten", 2)
        sluiter.commit()
        with pytest.raises((errors.IntegrityConstraintViolation, errors.SerializationFailure)):
            boeker.execute(BOEKING)


def test_sluiten_wacht_op_wie_al_boekt(database, maanden):
    with psycopg.connect(database.url) as boeker, psycopg.connect(database.url) as sluiter:
        boeker.execute(BOEKING)
        sluiter.execute("SET lock_timeout = '50ms'")
        with pytest.raises(errors.LockNotAvailable):
            zet(sluiter, "2018-01-31", "voorlopig_gesloten", 2)
        with psycopg.connect(database.url) as ander:
            ander.execute("SET lock_timeout = '50ms'")
            ander.execute(BOEKING)  # who books does not wait for who books
            ander.rollback()
        boeker.rollback()


@pytest.mark.parametrize(
    ("stappen", "fout"),
    [
        ([("2018-01-31", "definitief_gesloten", 2)], True),
        ([("2018-02-28", "voorlopig_gesloten", 2)], True),
        ([("2018-01-31", "voorlopig_gesloten", 3)], True),
        ([("2018-01-31", "voorlopig_gesloten", 2), ("2018-01-31", "definitief_gesloten", 3), ("2018-01-31", "open", 4)], True),
        ([("2018-01-31", "voorlopig_gesloten", 2), ("2018-01-31", "definitief_gesloten", 3)], False),
    ],
)
def test_rol_van_de_dienst_slaat_geen_stap_over(database, maanden, stappen, fout):
    with psycopg.connect(database.url) as db:
        if not fout:
            for stap in stappen:
                zet(db, *stap)
            return db.commit()
        with pytest.raises(errors.IntegrityConstraintViolation):
            for stap in stappen:
                zet(db, *stap)


def test_rol_van_de_dienst_sluit_niet_zonder_te_zeggen_wie(database, maanden):
    with psycopg.connect(database.url) as db:
        zet(db, "2018-01-31", "voorlopig_gesloten", 2, stap=False)
        with pytest.raises(errors.IntegrityConstraintViolation):
            db.commit()
        db.rollback()
        with pytest.raises(errors.IntegrityConstraintViolation):
            db.execute(STAP.format(dag="2018-01-31", naar="voorlopig_gesloten", versie=2))
        db.rollback()
        with pytest.raises(errors.IntegrityConstraintViolation):
            db.execute("INSERT INTO periode (fonds, tot_en_met, status) VALUES ('ggu', '2018-01-31', 'voorlopig_gesloten')")


@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE rekening SET boven = nummer WHERE fonds = 'ggu' AND nummer = '4000'",
        "UPDATE rekening SET boven = '4010' WHERE fonds = 'ggu' AND nummer = '4000'",
        "UPDATE rekening SET boven = '1100' WHERE fonds = 'ggu' AND nummer = '4000'",
        "UPDATE rekening SET minimum_cent = 1 WHERE fonds = 'ggu' AND nummer = '1100'",
        "UPDATE rekening SET minimum_cent = 0 WHERE fonds = 'ggu' AND nummer = '4000'",
        "UPDATE rekening SET geblokkeerd = true WHERE fonds = 'ggu' AND nummer = '4000'",
        "UPDATE rekening SET minimum_cent = 0, maximum_cent = -1 WHERE fonds = 'ggu' AND nummer = '1100'",
        "INSERT INTO rekening (fonds, nummer, naam, soort, boven) VALUES ('ggu', '9000', 'x', 'baten', '8000')",
        "UPDATE fonds SET boekingsrollen = '{administratie}'",
        "UPDATE fonds SET boekingsrollen = '{fondsbeheerder,NULL}'",
        "UPDATE fonds SET boekingsrollen = '{fondsbeheerder,gemeente}'",
        "INSERT INTO fonds (code, naam, omschrijving, bronvermelding, boekingsrollen) "
        "VALUES ('A b', 'x', 'x', 'x', '{fondsbeheerder}')",
    ],
)
def test_rol_van_de_dienst_maakt_geen_schema_dat_niet_kan(database, opdracht):
    with psycopg.connect(database.url) as db, pytest.raises(errors.IntegrityError):
        db.execute(opdracht)


@pytest.mark.parametrize("dicht", ["UPDATE rekening SET geblokkeerd = true WHERE fonds = 'ggu' AND nummer = '1300'", None])
def test_rol_van_de_dienst_boekt_niet_op_wat_dicht_is(database, dicht):
    with psycopg.connect(database.url) as db:
        if dicht:
            db.execute(dicht)
        id = "00000000-0000-4000-8000-000000000001"
        db.execute(BOEKING.replace("gen_random_uuid(), 'derdengelden'", f"'{id}', 'ggu'"))
        with pytest.raises(errors.IntegrityConstraintViolation):
            rekening = "1300" if dicht else "4000"
            db.execute(f"INSERT INTO boekingsregel VALUES ('{id}', 1, 'ggu', '{rekening}', 5), ('{id}', 2, 'ggu', '8000', -5)")
