"""What the service's own role may do to the logs: append what was booked, in order, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from gemeengoed_lokaal.databases import ServiceDatabase
from psycopg import errors

from tests.fonds.conftest import prepare
from tests.fonds.test_manieren import AUDIT, GOED, boeking
from tests.invariants.fonds import schendingen
from tests.manieren import RECHT, REGEL, Manier, doe, manier, parameters

NIEUW = (boeking(), AUDIT, GOED)
VERZEGEL = "SELECT verzegel('derdengelden', 10)"
SLEUTEL = "INSERT INTO zegelsleutel (nummer, publiek, oorsprong) VALUES ({n}, sha256('{k}'), '{o}')"
CHECKPOINT = (
    "INSERT INTO checkpoint (fonds, grootte, tekst, sleutel, handtekening) "
    "VALUES ('derdengelden', {g}, 'x', {s}, sha256('x') || sha256('x'))"
)
GETUIGE = (
    "INSERT INTO getuige (gemeentecode, oin, naam, publiek, vorige, aangemeld_op) "
    "VALUES ('{c}', '{o}', '{n}', sha256('{k}'), {v}, now())"
)


def sleutel(n: int, k: str, o: str = "a/b") -> str:
    return SLEUTEL.replace("{n}", str(n)).replace("{k}", k).replace("{o}", o)


def checkpoint(g: int, s: int = 1) -> str:
    return CHECKPOINT.replace("{g}", str(g)).replace("{s}", str(s))


def getuige(c: str, k: str, v: str = "NULL", o: str = "1", n: str = "w/1") -> str:
    return GETUIGE.replace("{c}", c).replace("{k}", k).replace("{v}", v).replace("{o}", o).replace("{n}", n)


LAATSTE = "(SELECT max(id) FROM getuige)"
TABELLEN = ("blad", "knoop", "zegelsleutel", "checkpoint", "getuige", "getuige_intrekking", "medeondertekening")
# The template has one entry {e}, sealed as leaf 0 of derdengelden; key 1; a checkpoint of 1; and a witness of GM0001.
MANIEREN = [
    manier("verzegelen", None, *NIEUW, "COMMIT", VERZEGEL, checkpoint(2)),
    manier("in de transactie van de boeking", None, *NIEUW, VERZEGEL),
    manier("niets te verzegelen", None, VERZEGEL, VERZEGEL, "SELECT verzegel('geen', 10)", "SELECT verzegel('ggu', NULL)"),
    manier("boeking weg na verzegelen in een savepoint", None, "SAVEPOINT s", *NIEUW, VERZEGEL, "ROLLBACK TO s"),
    manier("blad erbij", RECHT, "INSERT INTO blad VALUES ('derdengelden', 1, '{e}', sha256('x'))"),
    manier("knoop erbij", RECHT, "INSERT INTO knoop VALUES ('derdengelden', 8, 0, sha256('x'))"),
    manier("blad met COPY", RECHT, "COPY blad FROM STDIN\nderdengelden\t1\t{e}\t\\\\x00"),
    manier("wat wacht wissen", RECHT, "DELETE FROM onverzegeld"),
    manier("wat wacht erbij", RECHT, "INSERT INTO onverzegeld VALUES ('derdengelden', 1, '{e}', '2018-01-01')"),
    manier("vouwen zonder blad", RECHT, "SELECT vouw('derdengelden', ARRAY[1])"),
    manier("eigen verzegel", RECHT, "CREATE OR REPLACE FUNCTION verzegel(p_fonds text, p_hoogstens integer) RETURNS integer LANGUAGE sql AS 'SELECT 0'"),
    *(manier(f"{tabel} wijzigen", RECHT, f"UPDATE {tabel} SET {kolom} = {kolom}") for tabel, kolom in zip(
        TABELLEN, ("hash", "hash", "publiek", "tekst", "publiek", "reden", "handtekening"), strict=True)),
    *(manier(f"{tabel} wissen", RECHT, f"DELETE FROM {tabel}") for tabel in TABELLEN),
    *(manier(f"{tabel} legen", RECHT, f"TRUNCATE {tabel} CASCADE") for tabel in TABELLEN),
    manier("checkpoint van wat er niet is", REGEL, checkpoint(2)),
    manier("checkpoint van vroeger", REGEL, *NIEUW, "COMMIT", VERZEGEL, checkpoint(1)),
    manier("checkpoint nog eens", REGEL, checkpoint(1)),
    manier("checkpoint kleiner", REGEL, checkpoint(0)),
    manier("checkpoint met een onbekende sleutel", REGEL, *NIEUW, "COMMIT", VERZEGEL, checkpoint(2, 2)),
    manier("checkpoint met een opgevolgde sleutel", REGEL, sleutel(2, "b"), *NIEUW, "COMMIT", VERZEGEL, checkpoint(2, 1)),
    manier("checkpoint, eigen moment", RECHT, checkpoint(1).replace("(fonds,", "(ondertekend_op, fonds,").replace("VALUES (", "VALUES (now(), ")),
    manier("sleutel op volgorde", None, sleutel(2, "b")),
    manier("sleutel met een gat", REGEL, sleutel(3, "b")),
    manier("sleutel nog eens", REGEL, sleutel(2, "a")),
    manier("sleutel, andere oorsprong", REGEL, sleutel(2, "b", "c/d")),
    manier("twee sleutels tegelijk", REGEL, sleutel(2, "b"), f"B wacht: {sleutel(2, 'c')}"),
    manier("getuige volgt op", None, getuige("GM0001", "n", LAATSTE)),
    manier("getuige zonder vorige", REGEL, getuige("GM0001", "n")),
    manier("getuige van een andere organisatie", REGEL, getuige("GM0001", "n", LAATSTE, o="2")),
    manier("naam van een ander", REGEL, getuige("GM0002", "n")),
    manier("getuige van een andere gemeente", None, getuige("GM0002", "n", n="w/2")),
    manier("twee getuigen tegelijk", REGEL, getuige("GM0002", "n", n="w/2"), f"B wacht: {getuige('GM0002', 'm', n='w/3')}"),
    manier("ingetrokken, dan een andere organisatie", None, f"INSERT INTO getuige_intrekking VALUES ({LAATSTE}, 'r', 'n', now())", getuige("GM0001", "n", LAATSTE, o="2")),
    manier("medeondertekening van geen checkpoint", REGEL, f"INSERT INTO medeondertekening (fonds, grootte, getuige, tijdstip, handtekening) VALUES ('derdengelden', 9, {LAATSTE}, now(), sha256('x') || sha256('x'))"),
    manier("bedrag buiten de grens", REGEL, boeking(), AUDIT, GOED.replace("900", str(10**15 + 1))),
]  # fmt: skip


@pytest.fixture(scope="module")
def gezegeld(templates) -> Iterator[ServiceDatabase]:
    """One database for all ways: each must leave it as it may be, whatever the ones before it left."""
    made = templates.copy("fonds", prepare)
    with psycopg.connect(made.url) as db:
        for opdracht in (boeking("00000000-0000-4000-8000-000000000001"), AUDIT.replace("{x}", "00000000-0000-4000-8000-000000000001"),
                         GOED.replace("{x}", "00000000-0000-4000-8000-000000000001"), VERZEGEL, sleutel(1, "a"), checkpoint(1),
                         getuige("GM0001", "g")):  # fmt: skip
            db.execute(opdracht)  # type: ignore[call-overload]
    yield made
    templates.drop(made)


@pytest.fixture
def kopie(templates, gezegeld) -> Iterator[ServiceDatabase]:
    from gemeengoed_lokaal import databases

    made = databases.copy_service_database(templates.admin, "fonds", gezegeld, f"zegel_{next(templates.numbers)}")
    yield made
    templates.drop(made)


@pytest.mark.parametrize("wijze", parameters(MANIEREN))
def test_manier_van_schrijven(kopie: ServiceDatabase, wijze: Manier):
    doe(kopie.url, wijze, {"e": "00000000-0000-4000-8000-000000000001"})
    assert schendingen(kopie.url) == []


def test_boekingen_met_veel_regels_komen_niet_allemaal_tegelijk(kopie):
    with psycopg.connect(kopie.url) as db:
        for id in range(2, 5):
            waarde = f"00000000-0000-4000-8000-{id:012d}"
            db.execute(boeking(waarde, aantal=26_000).encode())
            db.execute(AUDIT.replace("{x}", waarde).encode())
            db.execute(
                "INSERT INTO boekingsregel SELECT %s, n, 'derdengelden', '1300', CASE WHEN n %% 2 = 0 THEN 1 ELSE -1 END "
                "FROM generate_series(1, 26000) AS n",
                [waarde],
            )
        db.commit()
        assert [db.execute(VERZEGEL).fetchone() for _ in range(3)] == [(2,), (1,), (0,)]
    assert schendingen(kopie.url) == []


def test_trigger_weigert_ook_de_eigenaar(kopie):
    for tabel in ("blad", "checkpoint", "zegelsleutel", "getuige"):
        for opdracht in (f"DELETE FROM {tabel}", f"TRUNCATE {tabel} CASCADE"):
            with psycopg.connect(kopie.owner_url) as owner, pytest.raises(errors.IntegrityConstraintViolation):
                owner.execute(opdracht)


def test_twee_verzegelaars_maken_elk_blad_een_keer(kopie):
    with psycopg.connect(kopie.url) as a, psycopg.connect(kopie.url) as b:
        for id in range(2, 12):
            waarde = f"00000000-0000-4000-8000-{id:012d}"
            for opdracht in (boeking(waarde), AUDIT.replace("{x}", waarde), GOED.replace("{x}", waarde)):
                a.execute(opdracht)
        a.commit()
        assert a.execute("SELECT verzegel('derdengelden', 4)").fetchone() == (4,)
        b.execute("SET lock_timeout = '50ms'")
        with pytest.raises(errors.LockNotAvailable):
            b.execute(VERZEGEL)
        b.rollback()
        a.commit()
        assert b.execute(VERZEGEL).fetchone() == (6,)
        b.rollback()  # as when its process is killed
        assert a.execute(VERZEGEL).fetchone() == (6,)
        a.commit()
        assert a.execute("SELECT array_agg(nummer ORDER BY nummer) FROM blad").fetchone() == (list(range(11)),)
    assert schendingen(kopie.url) == []
