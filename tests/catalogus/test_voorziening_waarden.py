"""voorziening_waarde says of every value who has it: after every transaction, however many wrote, and at once or not."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest

NIEUW = (
    "INSERT INTO voorziening (code, naam, soort, domein, omschrijving, bronvermelding, gebruikers) "
    "VALUES (%s, 'Proef', 'app', 'generiek', 'x', 'x', '{gemeente,inwoner}')"
)
ANDERS = """
    WITH hoort AS (
        SELECT w.filter, w.waarde, v.nummer FROM voorziening v, waarden_van(v) w
    ), staat AS (
        SELECT filter, waarde, deel * 8192 + plaats AS nummer
        FROM voorziening_waarde, generate_series(0, 8191) AS plaats WHERE get_bit(nummers, plaats) = 1
    )
    (TABLE hoort EXCEPT TABLE staat) UNION ALL (TABLE staat EXCEPT TABLE hoort)
"""
WACHT = "SELECT count(*) FROM voorziening_waarde_wacht"


@pytest.fixture
def eigenaar(database) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.owner_url, autocommit=True) as verbinding:
        yield verbinding
        assert verbinding.execute(ANDERS).fetchall() == []
        assert verbinding.execute(WACHT).fetchone() == (0,)


def wie(eigenaar: psycopg.Connection, filter_: str, waarde: str) -> set[str]:
    vraag = (
        "SELECT code FROM voorziening, voorziening_waarde WHERE filter = %s AND waarde = %s AND deel = nummer / 8192 "
        "AND get_bit(nummers, nummer % 8192) = 1"
    ).replace("nummer % ", "nummer %% ")
    return {code for (code,) in eigenaar.execute(vraag.encode(), [filter_, waarde])}


def test_wat_er_staat_wordt_geteld_en_wat_er_niet_meer_staat_niet(database, eigenaar):
    with psycopg.connect(database.url) as dienst:
        for code in ("proef-1", "proef-2"):
            dienst.execute(NIEUW, [code])
        dienst.execute(
            "UPDATE voorziening SET prioriteit = 'A1', gebruikers = '{inwoner}', soort = 'netwerk' WHERE code = 'proef-2'"
        )
        assert eigenaar.execute(ANDERS).fetchall() == []  # nobody sees half of it
    assert wie(eigenaar, "prioriteit", "A1") >= {"proef-2"}
    assert "proef-1" in wie(eigenaar, "gebruiker", "gemeente") and "proef-2" not in wie(eigenaar, "gebruiker", "gemeente")
    eigenaar.execute("UPDATE voorziening SET eigenaar = 'Stichting Proef (test)' WHERE code LIKE 'proef-%'")
    assert wie(eigenaar, "eigenaar", "Stichting Proef (test)") == {"proef-1", "proef-2"}
    eigenaar.execute("UPDATE voorziening SET eigenaar = NULL WHERE code = 'proef-1'")
    assert wie(eigenaar, "eigenaar", "Stichting Proef (test)") == {"proef-2"}


def test_wat_wordt_teruggedraaid_telt_niet(database, eigenaar):
    with psycopg.connect(database.url) as dienst:
        with pytest.raises(ZeroDivisionError), dienst.transaction():
            dienst.execute(NIEUW, ["proef-1"])
            raise ZeroDivisionError
        with dienst.transaction():
            dienst.execute(NIEUW, ["proef-2"])
            with dienst.transaction() as punt:
                dienst.execute("UPDATE voorziening SET prioriteit = 'D2' WHERE code = 'gibit'")
                raise psycopg.Rollback(punt)
            dienst.execute("SET CONSTRAINTS ALL IMMEDIATE")
            dienst.execute("UPDATE voorziening SET prioriteit = 'D2' WHERE code = 'proef-2'")
            dienst.execute(NIEUW, ["proef-3"])
    assert wie(eigenaar, "prioriteit", "D2") & {"gibit", "proef-1", "proef-2"} == {"proef-2"}


def test_nummers_na_het_eerste_deel_tellen_ook(database, eigenaar):
    eigenaar.execute("ALTER TABLE voorziening ALTER nummer RESTART WITH 8190")
    with psycopg.connect(database.url) as dienst:
        for code in range(4):
            dienst.execute(NIEUW, [f"proef-{code}"])
    assert {f"proef-{code}" for code in range(4)} <= wie(eigenaar, "gebruiker", "inwoner")
    assert eigenaar.execute("SELECT DISTINCT deel FROM voorziening_waarde ORDER BY 1").fetchall() == [(0,), (1,)]


def test_wie_tegelijk_schrijft_telt_allemaal(database, eigenaar):
    samen = Barrier(6)

    def schrijf(nummer: int) -> None:
        with psycopg.connect(database.url) as dienst:
            samen.wait(30)
            for keer in range(3):
                dienst.execute(NIEUW, [f"proef-{nummer}-{keer}"])
                dienst.execute("UPDATE voorziening SET prioriteit = 'A1' WHERE code = %s", [f"proef-{nummer}-{keer}"])

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(schrijf, range(6)))
    assert {f"proef-{nummer}-{keer}" for nummer in range(6) for keer in range(3)} <= wie(eigenaar, "prioriteit", "A1")
