"""What the database itself refuses, tried as the service's own role with raw SQL."""

from __future__ import annotations

import uuid

import psycopg
import pytest
from gemeengoed_lokaal.databases import ServiceDatabase

from tests.invariants.fonds import schendingen

REGELS = [(1, "1300", 900), (2, "2310", -900)]


def sql_boeking(
    db: psycopg.Connection,
    regels=REGELS,
    *,
    aantal: int | None = None,
    fonds: str = "derdengelden",
    document: tuple[str, str] | None = None,
    op: str = "now",
) -> uuid.UUID:
    """An entry by raw SQL, in the open transaction; `aantal` and `op` are what it says: how many lines, and when."""
    id = uuid.uuid4()
    bron, pad = document or ("proef", f"/v1/proef/{id}")
    db.execute(
        "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) "
        "VALUES (%s, %s, '2018-01-01', %s, 'x', %s, %s, %s)",
        [id, fonds, op, bron, pad, len(regels) if aantal is None else aantal],
    )
    db.execute(
        "INSERT INTO audit (op, peer_id, handeling, onderwerp, wijziging) VALUES (now(), 'proef', 'boeking.boeken', %s, '{}')",
        [f"/v1/boekingen/{id}"],
    )
    sql_regels(db, id, regels, fonds)
    return id


def sql_regels(db: psycopg.Connection, id: uuid.UUID, regels, fonds: str = "derdengelden") -> None:
    for nummer, rekening, cent in regels:
        db.execute("INSERT INTO boekingsregel VALUES (%s, %s, %s, %s, %s)", [id, nummer, fonds, rekening, cent])


@pytest.fixture
def db(database: ServiceDatabase):
    with psycopg.connect(database.url) as connection:
        yield connection
        connection.rollback()
    assert schendingen(database.url) == []


@pytest.fixture
def geboekt(db: psycopg.Connection) -> uuid.UUID:
    id = sql_boeking(db)
    db.commit()
    return id


@pytest.mark.parametrize(
    ("regels", "aantal"),
    [
        ([(1, "1300", 900), (2, "2310", -899)], None),
        ([(1, "1300", 900), (2, "2310", 900)], None),
        ([], 2),
        ([(1, "1300", 900)], 2),
        (REGELS, 3),
    ],
)
def test_boeking_die_niet_klopt_haalt_de_commit_niet(db, regels, aantal):
    sql_boeking(db, regels, aantal=aantal)
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        db.commit()


@pytest.mark.parametrize("aantal", [0, 1])
def test_boeking_van_minder_dan_twee_regels_wordt_geweigerd(db, aantal):
    with pytest.raises(psycopg.errors.CheckViolation):
        sql_boeking(db, REGELS[:aantal], aantal=aantal)


@pytest.mark.parametrize("extra", [[(3, "1300", 5), (4, "2310", -5)], [(2, "1300", 5)]])
def test_regel_erbij_in_een_latere_transactie_wordt_geweigerd(db, geboekt, extra):
    with pytest.raises(psycopg.errors.IntegrityError):
        sql_regels(db, geboekt, extra)


def test_regel_erbij_na_een_vervroegde_controle_wordt_geweigerd(db):
    id = sql_boeking(db)
    db.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        sql_regels(db, id, [(3, "1300", 5)])


@pytest.mark.parametrize("regels", [[(1, "1300", 0), (2, "2310", 0)], [(1, "8000", 5), (2, "1300", -5)]])
def test_nul_en_rekening_van_een_ander_fonds_worden_geweigerd(db, regels):
    with pytest.raises(psycopg.errors.IntegrityError):
        sql_boeking(db, regels)


def test_regel_in_een_ander_fonds_dan_zijn_boeking_wordt_geweigerd(db):
    id = sql_boeking(db, [], aantal=2)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        sql_regels(db, id, REGELS[:1], fonds="ggu")


@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE boeking SET omschrijving = 'anders'",
        "DELETE FROM boeking",
        "TRUNCATE boeking CASCADE",
        "UPDATE boekingsregel SET bedrag_cent = -bedrag_cent",
        "DELETE FROM boekingsregel",
        "TRUNCATE boekingsregel",
        "DELETE FROM audit",
        "UPDATE bijdrage SET bedrag_cent = 1",
        "TRUNCATE bijdrage",
        "DELETE FROM bijdrageronde",
        "UPDATE fonds SET code = 'anders'",
        "DELETE FROM fonds",
        "UPDATE rekening SET soort = 'passiva'",
        "UPDATE rekening SET boekbaar = false",
        "DELETE FROM rekening",
        "DELETE FROM periode",
        "UPDATE periode SET tot_en_met = tot_en_met + 1",
        "UPDATE periodestap SET naam = 'anders'",
        "TRUNCATE periodestap",
        "UPDATE omslag SET bedrag_cent = 1",
        "ALTER TABLE boeking DISABLE TRIGGER ALL",
        "DROP TRIGGER boeking_bevroren ON boeking",
        "SET session_replication_role = replica",
        "UPDATE alembic_version SET version_num = '0000'",
        "DELETE FROM idempotentie",
    ],
)
def test_rol_van_de_dienst_heeft_dit_recht_niet(db, geboekt, opdracht):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute(opdracht)


@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE boeking SET omschrijving = 'anders'",
        "DELETE FROM boeking",
        "TRUNCATE boeking CASCADE",
        "UPDATE boekingsregel SET bedrag_cent = -bedrag_cent",
        "DELETE FROM boekingsregel",
        "TRUNCATE boekingsregel",
    ],
)
def test_trigger_weigert_ook_de_eigenaar_van_de_tabellen(database, geboekt, opdracht):
    with psycopg.connect(database.owner_url) as owner, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        owner.execute(opdracht)


def test_invarianten_zien_een_grootboek_dat_niet_klopt(database, server, geboekt):
    """The queries themselves: a superuser with the triggers off breaks what they guard."""
    admin = server.database_url(database.name)
    with psycopg.connect(admin) as breker:
        breker.execute("SET session_replication_role = replica")
        breker.execute("UPDATE boekingsregel SET bedrag_cent = 1 WHERE regelnummer = 2")
        breker.execute("GRANT DELETE ON boeking TO fonds_api")
        breker.execute("ALTER TABLE boeking DISABLE TRIGGER boeking_bevroren")
        breker.commit()
        gezien = {naam.split(":")[0] for naam in schendingen(database.url)}
        breker.execute("UPDATE boekingsregel SET bedrag_cent = -900 WHERE regelnummer = 2")
        breker.execute("REVOKE DELETE ON boeking FROM fonds_api")
        breker.execute("ALTER TABLE boeking ENABLE TRIGGER boeking_bevroren")
    assert gezien == {
        "F1 every boeking adds up to zero",
        "F2 the shares of an account are its balance",
        "F3 the balances of a fonds add up to zero",
        "F5 the service's role may not change what is booked",
        "F5 the triggers that refuse changes are on",
    }
