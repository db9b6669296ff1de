"""`work` as it runs in production: two processes that are killed again and again seal each entry once, and sign one history."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date

import httpx
import psycopg
import pytest
from fonds_api.boeking import service as boekingen
from fonds_api.boeking.rules import Regel
from gemeengoed_kit.audit import Actor
from gemeengoed_lokaal import netwerk
from gemeengoed_lokaal.processen import Processen

from tests.fonds.zegels import checkpoint, zegelpad
from tests.invariants.fonds import INVARIANTEN, schendingen

RONDES, PER_RONDE = 6, 400
BINNEN = 10
"""Seconds within which an entry is sealed, and signed."""


@pytest.fixture
def settings(settings, tmp_path):
    return settings.model_copy(update={"zegel_sleutel": zegelpad(tmp_path)})


@pytest.fixture
def processen(tmp_path) -> Iterator[Processen]:
    lopend = Processen(tmp_path)
    yield lopend
    lopend.stop()


def wacht_tot(klaar, seconden: float) -> None:
    einde = time.monotonic() + seconden
    while not klaar():
        assert time.monotonic() < einde, "not reached in time"
        time.sleep(0.05)


def test_gedood_en_wel_verzegeld(processen, context, client, database, server, settings):
    adres = netwerk.kies_adres([8000])
    omgeving = {
        "FONDS_DATABASE_URL": database.url,
        "FONDS_PEER_ID": settings.peer_id,
        "FONDS_JWKS_URL": "http://127.0.0.1:9/jwks",
        "FONDS_ZEGEL_SLEUTEL": str(settings.zegel_sleutel),
        "FONDS_WORK_OBSERVE_LISTEN": f"{adres}:8000",
    }
    opdracht = [sys.executable, "-m", "fonds_api", "work", "--processes", "2"]
    werker = processen.start("werker", opdracht, omgeving)
    zaad = 20180115
    loting, geboekt = random.Random(zaad), 0
    print(f"zaad {zaad}")

    def boek() -> None:
        nonlocal geboekt
        with context.work(Actor("proef")) as work:
            posten = [
                boekingen.EigenBoeking(
                    "derdengelden", date(2018, 1, 1), "x", f"/v1/p/{geboekt + n}", [Regel("1300", 5), Regel("2310", -5)]
                )
                for n in range(PER_RONDE)
            ]
            boekingen.boeken_eigen(work, posten)
        geboekt += PER_RONDE

    def bladen() -> int:
        with psycopg.connect(database.url) as db:
            return db.execute("SELECT count(*) FROM blad").fetchone()[0]

    wacht_tot(lambda: client.get("/v1/fondsen/ggu/checkpoint").status_code == 200, 30)  # the key is there
    for ronde in range(RONDES):
        boek()
        if ronde % 2:
            time.sleep(loting.random())
            werker.beeindig(signal.SIGKILL)
            werker = processen.opnieuw("werker")
    begin = time.monotonic()
    boek()
    wacht_tot(lambda: bladen() == geboekt and checkpoint(client).grootte == geboekt, BINNEN + 20)
    duur = time.monotonic() - begin
    print(f"{PER_RONDE} entries sealed and signed after {duur:.1f} s")
    maten = {
        regel.split("{")[0]: float(regel.rpartition(" ")[2])
        for regel in httpx.get(f"http://{adres}:8000/metrics").text.splitlines()
        if regel.startswith("fonds_")
    }
    assert maten == {
        "fonds_unsealed_entries": 0.0,
        "fonds_unsealed_oldest_seconds": 0.0,
        "fonds_sealed_entries": float(geboekt),
        "fonds_unsigned_logs": 0.0,
    }
    bewaard = settings.zegel_sleutel.with_name("bewaard.txt")
    bewaard.write_text(client.get("/v1/fondsen/derdengelden/checkpoint").text)
    nagegaan = [sys.executable, "-m", "fonds_api", "controleer", "--checkpoint", str(bewaard)]
    for waarde, status in (("x", 0), ("anders", 1)):
        with psycopg.connect(server.database_url(database.name)) as db:
            db.execute("SET session_replication_role = replica")
            db.execute("UPDATE boeking SET omschrijving = %s WHERE pad = '/v1/p/7'", [waarde])
        uitkomst = subprocess.run(nagegaan, env={**os.environ, **omgeving}, capture_output=True, text=True, check=False)
        assert uitkomst.returncode == status, uitkomst
        assert (uitkomst.stdout == "Alles klopt.\n") is (status == 0), uitkomst
    met_naam = next(naam for naam in INVARIANTEN if naam.startswith("every boeking of our own"))
    assert [een for een in schendingen(database.url) if not een.startswith(met_naam)] == []
