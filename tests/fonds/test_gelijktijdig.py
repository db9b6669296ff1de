"""Many bookers at once: exact counts, and every invariant afterwards."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import threading
import time
from collections import Counter

import httpx
import psycopg
from fonds_api.app import service
from gemeengoed_kit.app import application
from sqlalchemy import text

from tests.invariants.fonds import schendingen

WERKERS = 16
Aanvraag = tuple[dict, dict[str, str]] | tuple[dict, dict[str, str], str]
"""Body and headers, and the path if it is not that of boekingen."""


async def post(app, body: dict, headers: dict[str, str], pad: str = "/v1/boekingen") -> httpx.Response:
    """One POST straight into the application: an HTTP client would cost more than what it measures."""
    inhoud = json.dumps(body).encode()
    kop = {"content-type": "application/json", "content-length": str(len(inhoud)), **headers}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": pad,
        "raw_path": pad.encode(),
        "query_string": b"",
        "root_path": "",
        "server": ("dienst.test", 80),
        "client": ("127.0.0.1", 1),
        "headers": [(naam.lower().encode(), waarde.encode()) for naam, waarde in kop.items()],
    }
    gezonden: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": inhoud, "more_body": False}

    async def send(bericht) -> None:
        gezonden.append(bericht)

    try:
        await app(scope, receive, send)
    except Exception:  # Starlette raises again after it has answered 500
        if not gezonden:
            raise
    return httpx.Response(
        gezonden[0]["status"],
        headers=gezonden[0]["headers"],
        content=b"".join(bericht.get("body", b"") for bericht in gezonden[1:]),
    )


def verstuur(context, aanvragen: list[Aanvraag]) -> list[httpx.Response]:
    """POST all requests by 16 workers at once, against the whole application, again after a 503; answers in their order."""
    app = application(service.api, context)

    async def alles() -> list[httpx.Response]:
        wachtrij, antwoorden = iter(enumerate(aanvragen)), {}

        async def werker() -> None:
            for nummer, aanvraag in wachtrij:
                antwoorden[nummer] = await post(app, *aanvraag)
                while antwoorden[nummer].status_code == 503:
                    antwoorden[nummer] = await post(app, *aanvraag)

        await asyncio.gather(*(werker() for _ in range(WERKERS)))
        return [antwoorden[nummer] for nummer in range(len(aanvragen))]

    return asyncio.run(alles())


def aantal(context, tabel: str) -> int:
    with context.sessions() as session:
        return session.scalar(text(f"SELECT count(*) FROM {tabel}"))


def test_elke_sleutel_twee_keer_geeft_een_boeking_per_sleutel(context, database, als, boeking):
    kop, zaad = als("administratie"), 20180115
    bodies = [(boeking(("1300", 100 + n), ("2310", -60 - n), ("2320", -40)), f"sleutel-{n}") for n in range(600)]
    aanvragen = [(body, {**kop, "Idempotency-Key": sleutel}) for body, sleutel in bodies * 2]
    random.Random(zaad).shuffle(aanvragen)
    begin = time.monotonic()
    antwoorden = verstuur(context, aanvragen)
    print(f"zaad {zaad}: {len(antwoorden)} aanvragen in {time.monotonic() - begin:.1f} s")
    assert Counter(a.status_code for a in antwoorden) == {201: 1200}
    assert sum("idempotency-replayed" in a.headers for a in antwoorden) == 600
    per_sleutel = Counter(
        (headers["Idempotency-Key"], a.headers["location"], a.text) for (_, headers), a in zip(aanvragen, antwoorden, strict=True)
    )
    assert len(per_sleutel) == 600 and set(per_sleutel.values()) == {2}
    assert aantal(context, "boeking") == aantal(context, "audit") == aantal(context, "idempotentie") == 600
    assert aantal(context, "boekingsregel") == 1800
    assert schendingen(database.url) == []


def test_een_brondocument_met_vele_sleutels_wordt_een_keer_geboekt(context, database, als, boeking):
    kop = als("administratie")
    aanvragen = [(boeking(pad=f"/v1/facturen/{n % 10}"), {**kop, "Idempotency-Key": f"s-{n}"}) for n in range(160)]
    antwoorden = verstuur(context, aanvragen)
    assert Counter(a.status_code for a in antwoorden) == {201: 10, 409: 150}
    gemaakt = {a.json()["bron"]["pad"]: a.headers["location"] for a in antwoorden if a.status_code == 201}
    for (body, _), antwoord in zip(aanvragen, antwoorden, strict=True):
        if antwoord.status_code == 409:
            assert antwoord.json()["boeking"] == gemaakt[body["bron"]["pad"]]
    assert aantal(context, "boeking") == 10 and aantal(context, "idempotentie") == 10
    assert schendingen(database.url) == []


def test_geweigerde_boekingen_tussen_goede_laten_geen_spoor_na(context, database, als, boeking):
    kop, nummers = als("administratie"), itertools.count()
    goed = [boeking(("1100", 5), ("2900", -5)) for _ in range(100)]
    scheef = [boeking(("1100", 5), ("2900", -6)) for _ in range(100)]
    om_en_om = [body for paar in zip(goed, scheef, strict=True) for body in paar]
    aanvragen = [(body, {**kop, "Idempotency-Key": f"s-{next(nummers)}"}) for body in om_en_om]
    assert Counter(a.status_code for a in verstuur(context, aanvragen)) == {201: 100, 409: 100}
    assert aantal(context, "boeking") == aantal(context, "idempotentie") == aantal(context, "audit") == 100
    assert schendingen(database.url) == []


def test_afgebroken_verbindingen_verliezen_en_verdubbelen_niets(context, database, server, als, boeking):
    kop, klaar, gedood = als("administratie"), threading.Event(), Counter()
    bodies = [(boeking(("1300", 100), ("2310", -100)), {**kop, "Idempotency-Key": f"s-{n}"}) for n in range(300)]

    def breek_af() -> None:
        with psycopg.connect(server.url, autocommit=True) as admin:
            while not klaar.wait(0.1):
                gedood["verbindingen"] += len(
                    admin.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND state <> 'idle' LIMIT 1",
                        [database.name],
                    ).fetchall()
                )

    breker = threading.Thread(target=breek_af)
    breker.start()
    try:
        antwoorden = verstuur(context, bodies)
    finally:
        klaar.set()
        breker.join()
    print(dict(gedood))
    assert gedood["verbindingen"] > 0, "nothing was broken off, so nothing was tried"
    assert {a.status_code for a in antwoorden} == {201} and len({a.headers["location"] for a in antwoorden}) == 300
    assert aantal(context, "boeking") == aantal(context, "audit") == aantal(context, "idempotentie") == 300
    assert schendingen(database.url) == []
