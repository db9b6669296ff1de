"""The service's own processes: API and worker as they run in production, and a worker that is killed half-way."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from gemeengoed_kit import VERSION
from gemeengoed_lokaal import netwerk
from gemeengoed_lokaal.processen import Processen
from sqlalchemy import text

from tests.cbs import gemeenten_op
from tests.fonds.bronnen import ALIAS, Bron, outway
from tests.idle import outlives_a_client
from tests.invariants.fonds import schendingen


@pytest.fixture
def bron() -> Iterator[Bron]:
    with outway(gemeenten_op("2020-01-01")) as bron:
        yield bron


@pytest.fixture
def omgeving(database, bron) -> dict[str, str]:
    return {
        "FONDS_DATABASE_URL": database.url,
        "FONDS_PEER_ID": "00000099000000000001",
        "FONDS_OUTWAY_URL": bron.url,
        "FONDS_JWKS_URL": "http://127.0.0.1:9/jwks",
        "FONDS_ALIASES": json.dumps({"catalogus": ALIAS}),
        "FONDS_HEARTBEAT_SECONDS": "0.2",
    }


@pytest.fixture
def processen(tmp_path, omgeving) -> Iterator[Processen]:
    lopend = Processen(tmp_path)
    yield lopend
    lopend.stop()


def wacht_tot(klaar: Callable[[], bool], seconden: float = 30) -> None:
    einde = time.monotonic() + seconden
    while not klaar():
        assert time.monotonic() < einde, "not reached in time"
        time.sleep(0.05)


def test_api_antwoordt_als_proces(processen, omgeving):
    adres = netwerk.kies_adres([8000])
    processen.start("fonds", [sys.executable, "-m", "fonds_api", "serve", "--host", adres], omgeving)

    def gezond() -> bool:
        try:
            return httpx.get(f"http://{adres}:8000/v1/health").status_code == 200
        except httpx.TransportError:
            return False

    processen.wacht("fonds", gezond)
    geweigerd = httpx.get(f"http://{adres}:8000/v1/boekingen")
    assert geweigerd.status_code == 401 and geweigerd.headers["api-version"] == VERSION and "server" not in geweigerd.headers
    assert outlives_a_client(adres, 8000, "/v1/health")


def test_gedode_werker_en_zijn_opvolger_stellen_een_keer_vast(processen, omgeving, bron, client, als, context, database):
    client.post("/v1/bijdragerondes", json={"fonds": "ggu", "jaar": 2020}, headers=als("fondsbeheerder"))

    def status() -> str:
        return client.get("/v1/bijdragerondes/ggu-2020", headers=als("fondsbeheerder")).json()["status"]

    bron.open.clear()
    eerste = processen.start("werker", [sys.executable, "-m", "fonds_api", "work"], omgeving)
    wacht_tot(lambda: bool(bron.gevraagd))
    eerste.beeindig(signal.SIGKILL)
    assert status() == "aangevraagd"
    bron.open.set()
    processen.opnieuw("werker")
    wacht_tot(lambda: status() == "vastgesteld")
    with context.sessions() as session:
        assert session.scalar(text("SELECT count(*) FROM bijdrage")) == 355
        assert session.scalar(text("SELECT count(*) FROM audit WHERE handeling = 'bijdrageronde.vaststellen'")) == 1
    assert schendingen(database.url) == []
