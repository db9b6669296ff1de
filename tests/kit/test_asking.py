"""Work that needs another source: tried so often, given up once, and never forgotten."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import psycopg
import pytest
from gemeengoed_kit.asking import asking, explain
from gemeengoed_kit.client import BadAnswer, OutwayClient, SourceError
from gemeengoed_kit.errors import Conflict
from gemeengoed_kit.jobs import LostJob, NotWrittenDown, Task, queued

from tests.kit.conftest import Munt
from tests.kit.operations.proces import START
from tests.kit.test_edge import count
from tests.kit.test_jobs_outbox import until, werker_omgeving


class Verboden(Conflict):
    type, title = "verboden", "Verboden"


class Vraag:
    """What a test asks: each try takes the next of `uitkomsten`; `mislukken` fails as often as `stuk` says."""

    def __init__(self, context, *uitkomsten: Exception | None, stuk: int = 0) -> None:
        self.uitkomsten, self.stuk, self.gevraagd = list(uitkomsten), stuk, 0
        self.opgeschreven: list[dict[str, Any]] = []
        self.klaar: list[str] = []
        context.jobs.tasks["vraag"] = asking(
            OutwayClient("", {}),
            load=lambda work, naam: naam,
            ask=self.vraag,
            store=lambda work, antwoord, naam: self.klaar.append(antwoord),
            fail=self.mislukken,
            resume=lambda work: None,
            tries=3,
        )
        with context.sessions.begin() as session:
            context.jobs.defer(session, "vraag", naam="a")

    def vraag(self, client: OutwayClient, naam: str) -> str:
        self.gevraagd += 1
        uitkomst = self.uitkomsten.pop(0) if len(self.uitkomsten) > 1 else self.uitkomsten[0]
        if uitkomst is not None:
            raise uitkomst
        return naam

    def mislukken(self, work, probleem: dict[str, Any], naam: str) -> None:
        if self.stuk:
            self.stuk -= 1
            raise RuntimeError("de database is weg")
        self.opgeschreven.append({**probleem, "naam": naam})


def rondes(context, database, aantal: int) -> list[tuple[str, int]]:
    """Run what waits so often, whenever it is due; (status, attempts) of the job after each, nothing once it is gone."""
    gezien = []
    for _ in range(aantal):
        with psycopg.connect(database.url) as connection:
            connection.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        context.jobs.run_waiting(context)
        with psycopg.connect(database.url) as connection:
            gezien += connection.execute("SELECT status::text, attempts FROM procrastinate_jobs").fetchall()
    return gezien


STIL = SourceError("bron", "/v1/x", None, "geen antwoord")


def test_vraag_wordt_precies_zo_vaak_gedaan_als_er_pogingen_zijn(context, database):
    vraag = Vraag(context, STIL)
    assert rondes(context, database, 5) == [("todo", 1), ("todo", 2), *[("failed", 3)] * 3]
    assert vraag.gevraagd == 3 and [p["type"] for p in vraag.opgeschreven] == ["bron-onbereikbaar"]


def test_vraag_die_later_lukt_is_niet_mislukt(context, database):
    vraag = Vraag(context, STIL, BadAnswer("bron", "/v1/x", 200, "html"), None)
    assert rondes(context, database, 4) == [("todo", 1), ("todo", 2)]
    assert (vraag.gevraagd, vraag.klaar, vraag.opgeschreven) == (3, ["a"], [])


@pytest.mark.parametrize(
    ("fout", "soort"),
    [
        (Verboden("dat mag niet", dorpen=["D1"]), "verboden"),
        (SourceError("bron", "/v1/x", 409, "nee", permanent=True, problem={}), "bron-weigert"),
    ],
)
def test_weigering_geeft_meteen_op(context, database, fout, soort):
    vraag = Vraag(context, fout)
    assert rondes(context, database, 2) == [] and vraag.gevraagd == 1
    assert [p["type"] for p in vraag.opgeschreven] == [soort]


def test_opgeven_dat_niet_lukt_wordt_herhaald_met_dezelfde_reden_en_zonder_te_vragen(context, database):
    vraag = Vraag(context, STIL, STIL, BadAnswer("bron", "/v1/x", 200, "html"), stuk=3)
    assert [status for status, _ in rondes(context, database, 6)] == ["todo"] * 5 + ["failed"]
    assert vraag.gevraagd == 3 and [p["type"] for p in vraag.opgeschreven] == ["bron-onbegrijpelijk"]


def test_weigering_die_niet_kon_worden_opgeschreven_blijft_staan(context, database):
    vraag = Vraag(context, Verboden("dat mag niet"), stuk=5)
    assert [status for status, _ in rondes(context, database, 8)] == ["todo"] * 5
    assert vraag.gevraagd == 3 and [p["type"] for p in vraag.opgeschreven] == ["verboden"]


def test_poging_van_een_gedode_werker_telt_mee(context, database):
    """Three times a worker took the job and died: the rescue counted, and nobody starts a fresh series."""
    vraag = Vraag(context, None)
    with psycopg.connect(database.url) as connection:
        connection.execute("UPDATE procrastinate_jobs SET attempts = 3")
    assert rondes(context, database, 1) == [("failed", 4)]
    assert vraag.gevraagd == 0 and [p["type"] for p in vraag.opgeschreven] == ["interne-fout"]


def test_wachttijd_verdubbelt_en_luistert_naar_de_bron():
    taak = Task(lambda context: None, attempts=12)
    assert [taak.wait_after(n, STIL) for n in (1, 2, 3, 4, 12)] == [2, 4, 8, 16, None]
    druk = SourceError("bron", "/v1/x", 429, "druk", retry_after=30)
    assert [taak.wait_after(n, druk) for n in (1, 5, 12)] == [30, 32, None]
    assert taak.wait_after(1, SourceError("bron", "/v1/x", 503, "weg", retry_after=10**9)) == 900
    assert taak.wait_after(99, NotWrittenDown()) == 5 == Task(lambda context: None, attempts=None).wait_after(99, STIL)


def test_elke_fout_wordt_uitgelegd():
    assert explain(Verboden("nee", dorpen=["D1"])) == {"type": "verboden", "title": "Verboden", "detail": "nee", "dorpen": ["D1"]}
    assert explain(STIL) == {
        "type": "bron-onbereikbaar",
        "title": "Bron niet bereikbaar",
        "detail": "bron/v1/x: geen antwoord: geen antwoord",
    }
    assert explain(BadAnswer("bron", "/v1/x", 200, "html"))["type"] == "bron-onbegrijpelijk"
    assert explain(SourceError("bron", "/v1/x", 409, "nee", permanent=True))["type"] == "bron-weigert"
    intern = explain(LostJob("geheim"))
    assert intern["type"] == "interne-fout" and "geheim" not in intern["detail"]


def test_alleen_een_taak_met_precies_deze_gegevens_die_nog_gedaan_wordt_staat_in_de_rij(context, database):
    def staat(**arguments: Any) -> bool:
        with context.sessions() as session:
            return queued(session, "noteer", **arguments)

    assert not staat(naam="a")
    with context.sessions.begin() as session:
        context.jobs.defer(session, "noteer", naam="a", nummer=1)
        assert queued(session, "noteer", nummer=1, naam="a")
    assert staat(naam="a", nummer=1) and not staat(naam="a") and not staat(naam="a", nummer=2)
    for status, verwacht in (("doing", True), ("failed", False), ("cancelled", False)):
        with psycopg.connect(database.url) as connection:
            connection.execute("UPDATE procrastinate_jobs SET status = %s", [status])
        assert staat(naam="a", nummer=1) is verwacht


def test_taak_waarvan_het_einde_niet_kon_worden_vastgelegd_blijft_niet_hangen(context, settings, database):
    """The worker lives on, so nobody takes its job for that of a dead one; it sees by itself that it does not run it."""

    def taken() -> int:
        with psycopg.connect(database.url) as connection:
            return connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()[0]  # type: ignore[index]

    with psycopg.connect(database.owner_url) as owner:
        owner.execute("REVOKE DELETE ON procrastinate_jobs FROM proef_api")
    with context.sessions.begin() as session:
        context.jobs.defer(session, "noteer", naam="klaar")
    werker = subprocess.Popen([sys.executable, "-c", START, "work"], env=werker_omgeving(settings), stderr=subprocess.DEVNULL)
    try:
        until(lambda: count(context, Munt) == 1)
        assert taken() == 1
        with psycopg.connect(database.owner_url) as owner:
            owner.execute("GRANT DELETE ON procrastinate_jobs TO proef_api")
        until(lambda: taken() == 0)
        assert werker.poll() is None
    finally:
        werker.terminate()
        werker.wait(60)
