"""Files that clients send: large ones, interrupted ones, slow ones, and no room for them."""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
from typing import Any

import pytest
from abonnement_api.app import service
from abonnement_api.betaling.camt import MEESTE
from abonnement_api.betaling.camt import lees as lees_afschrift
from abonnement_api.betaling.router import AFSCHRIFT
from gemeengoed_kit.app import application
from gemeengoed_kit.upload import AT_ONCE, MAX_UPLOAD_BYTES
from gemeengoed_lokaal.bank import afschrift

from tests.abonnement.wereld import DAG, IBAN, Wereld, post

pytestmark = pytest.mark.usefixtures("klein")
BLOK = 100_000


@pytest.fixture(autouse=True)
def kladmap(tmp_path, monkeypatch):
    """Where files go while they are read; what is open there and has no name any more counts too."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def open_bestanden(kladmap) -> list[str]:
    links = [os.path.join("/proc/self/fd", number) for number in os.listdir("/proc/self/fd")]
    return [target for link in links if os.path.lexists(link) and (target := os.readlink(link)).startswith(str(kladmap))]


def lang(nummer: str, bytes_: int) -> bytes:
    """A good statement in a file of at least this size."""
    tekst = afschrift([post(1234, tekst="niet te koppelen")], nummer=nummer, dag=DAG, eigen_iban=IBAN)
    return tekst.replace(b"<Stmt>", b" " * bytes_ + b"<Stmt>")


async def gestuurd(wereld: Wereld, stukken: list[dict[str, Any]], *, lengte: int) -> tuple[int, bytes]:
    """(status, body) of an upload whose parts come as given; after the last one nothing comes any more."""
    kop = {**wereld.administratie(), "Content-Type": "application/xml", "Content-Length": str(lengte)}
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/bankafschriften",
        "raw_path": b"/v1/bankafschriften",
        "query_string": b"",
        "headers": [(naam.lower().encode(), waarde.encode()) for naam, waarde in kop.items()],
        "root_path": "",
    }
    komende, antwoord = iter(stukken), []

    async def receive() -> dict[str, Any]:
        stuk = next(komende, None)
        if stuk is None:
            await asyncio.Event().wait()
        return stuk

    async def send(bericht: dict[str, Any]) -> None:
        antwoord.append(bericht)

    await application(service.api, wereld.context, media_types=service.media_types)(scope, receive, send)
    return antwoord[0]["status"], b"".join(bericht.get("body", b"") for bericht in antwoord)


def test_groot_afschrift_wordt_ingelezen_en_bij_herhalen_hetzelfde_beantwoord(wereld, kladmap):
    inhoud = lang("A-1", 3_000_000)
    kop = {**wereld.administratie(), "Content-Type": "application/xml", "Idempotency-Key": "afschrift-1"}
    eerste = wereld.client.post("/v1/bankafschriften", content=inhoud, headers=kop)
    assert eerste.status_code == 201 and eerste.json()["ontvangenCent"] == 1234
    nogmaals = wereld.client.post("/v1/bankafschriften", content=inhoud, headers=kop)
    assert nogmaals.json() == eerste.json() and nogmaals.headers["idempotency-replayed"] == "true"
    anders = wereld.client.post("/v1/bankafschriften", content=lang("A-1", 3_000_001), headers=kop)
    assert anders.status_code == 409
    assert open_bestanden(kladmap) == []


def test_json_houdt_zijn_kleine_grens(wereld):
    inhoud = json.dumps({"jaar": 2018, "tariefbesluit": "x" * 2_000_000}).encode()
    kop = {**wereld.administratie(), "Content-Type": "application/json"}
    assert wereld.client.post("/v1/facturatierondes", content=inhoud, headers=kop).status_code == 413


def test_te_groot_zonder_lengte_vooraf_is_413_en_laat_niets_na(wereld, kladmap):
    stukken = [{"type": "http.request", "body": b" " * BLOK, "more_body": True}] * (MAX_UPLOAD_BYTES // BLOK + 1)
    status, _ = asyncio.run(gestuurd(wereld, stukken, lengte=MAX_UPLOAD_BYTES - 1))
    assert status == 413 and open_bestanden(kladmap) == []


def test_client_die_onderweg_weggaat_laat_niets_na(wereld, kladmap):
    stukken = [{"type": "http.request", "body": b" " * BLOK, "more_body": True}] * 10 + [{"type": "http.disconnect"}]
    status, _ = asyncio.run(gestuurd(wereld, stukken, lengte=2 * 10 * BLOK))
    assert status == 499 and open_bestanden(kladmap) == []
    assert wereld.get("/v1/bankafschriften")["count"] == 0


def test_bestand_dat_niet_verder_komt_is_408(wereld, kladmap, monkeypatch):
    monkeypatch.setattr("gemeengoed_kit.upload.UPLOAD_SECONDS", 0.2)
    stukken = [{"type": "http.request", "body": b" " * BLOK, "more_body": True}] * 5
    status, body = asyncio.run(gestuurd(wereld, stukken, lengte=10 * BLOK))
    assert status == 408 and json.loads(body)["type"].endswith("te-traag") and open_bestanden(kladmap) == []


def test_bestand_wordt_gelezen_voordat_een_transactie_begint(wereld, monkeypatch):
    bezet = []

    def lees(bestand):
        bezet.append(wereld.context.engine.pool.checkedout())
        return lees_afschrift(bestand.content)

    monkeypatch.setattr(AFSCHRIFT, "read", lees)
    wereld.xml(lang("A-1", 10), status=201)
    assert bezet == [0]


def test_meer_bestanden_tegelijk_dan_er_mogen_wordt_geweigerd_en_een_volgend_niet(wereld, kladmap):
    stuk = {"type": "http.request", "body": b" " * 3 * BLOK, "more_body": True}

    async def tegelijk() -> tuple[int, bytes]:
        wachtend = [asyncio.create_task(gestuurd(wereld, [stuk], lengte=10 * BLOK)) for _ in range(AT_ONCE)]
        while len(open_bestanden(kladmap)) < AT_ONCE:
            await asyncio.sleep(0)
        antwoord = await gestuurd(wereld, [stuk], lengte=10 * BLOK)
        for taak in wachtend:
            taak.cancel()
        await asyncio.gather(*wachtend, return_exceptions=True)
        return antwoord

    status, body = asyncio.run(tegelijk())
    assert status == 503 and json.loads(body)["type"].endswith("te-druk") and open_bestanden(kladmap) == []
    wereld.xml(lang("A-1", 10), status=201)


def test_bestand_vol_fouten_krijgt_een_kort_antwoord(wereld):
    stmt = lang("A-1", 10).replace(b"<Ntry>", b"<Ntry/>" * 200_000 + b"<Ntry>", 1)
    fout = wereld.xml(stmt, status=400)
    assert len(fout.json()["invalidParams"]) == 100 and "minstens 100" in fout.json()["detail"] and len(fout.content) < 20_000


def test_bestand_met_meer_dan_er_verwerkt_kan_worden_wordt_geweigerd(wereld):
    stmt = lang("A-1", 10)
    gegeven = stmt[stmt.index(b"<Ntry>") : stmt.index(b"</Ntry>") + len(b"</Ntry>")]
    kort = re.sub(rb">\s+<", b"><", gegeven)
    fout = wereld.xml(stmt.replace(gegeven, kort * (MEESTE + 1)), status=400).json()
    assert [(p["code"], p["name"]) for p in fout["invalidParams"]] == [("aantal", f"Stmt.0.Ntry.{MEESTE}")]
    fout = wereld.xml(b"<a>" + b"<b/>" * 2_000_001 + b"</a>", status=400).json()
    assert [p["code"] for p in fout["invalidParams"]] == ["omvang"]


def test_geen_plaats_voor_het_bestand_is_503_en_daarna_gaat_het_weer(wereld, kladmap, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(kladmap / "weg"))
    weigering = wereld.xml(lang("A-1", 3_000_000), status=503)
    assert weigering.headers["content-type"] == "application/problem+json" and weigering.headers["retry-after"]
    monkeypatch.setattr(tempfile, "tempdir", str(kladmap))
    wereld.xml(lang("A-1", 3_000_000), status=201)
