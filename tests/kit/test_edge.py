"""The edge: headers, negotiation, access before input, one transaction, audit."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from gemeengoed_kit.app import application
from gemeengoed_kit.audit import AuditRow
from gemeengoed_kit.outbox import OutboxMessage
from sqlalchemy import func, select
from starlette.testclient import TestClient

from tests.kit.conftest import Munt, service

STUIVER = {"naam": "stuiver", "waardeCent": 5}


def is_problem(response, status):
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert {"type", "status", "title", "detail"} <= set(response.json())
    return response.json()


def count(context, model) -> int:
    with context.sessions() as session:
        return session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/munten", 200),
        ("GET", "/v1/munten/", 404),
        ("GET", "/v1/openapi.json", 200),
        ("GET", "/v1/health", 200),
        ("GET", "/bestaat-niet", 404),
        ("GET", "/v1", 404),
        ("GET", "/v1/", 404),
        ("PATCH", "/v1/munten", 405),
        ("POST", "/v1/munten", 401),
    ],
)
def test_elk_antwoord_heeft_de_kopregels(client, method, path, status):
    response = client.request(method, path)
    assert response.status_code == status
    assert response.headers["api-version"] == "1.2.3"
    for name in (
        "strict-transport-security",
        "x-content-type-options",
        "x-frame-options",
        "content-security-policy",
        "cache-control",
        "content-type",
    ):
        assert name in response.headers, name
    if status >= 400:
        is_problem(response, status)


def test_405_noemt_alle_methoden(client):
    assert client.patch("/v1/munten").headers["allow"] == "GET, HEAD, POST"


def test_head_is_get_zonder_inhoud(client):
    response = client.head("/v1/munten")
    assert response.status_code == 200 and response.content == b""


def test_specificatie_is_openbaar_voor_elke_website(client):
    response = client.get("/v1/openapi.json", headers={"Origin": "https://iemand.example"})
    assert response.headers["access-control-allow-origin"] == "*" and response.json()["openapi"] == "3.0.3"


def test_onderhandelen_over_media(client, munter):
    is_problem(client.get("/v1/munten", headers={"Accept": "text/csv"}), 406)
    is_problem(client.post("/v1/munten", content="x", headers={**munter, "Content-Type": "text/plain"}), 415)
    is_problem(client.post("/v1/munten", content=b"{", headers={**munter, "Content-Type": "application/json"}), 400)
    is_problem(
        client.post(
            "/v1/munten", content=b'{"naam": "' + b"a" * 2_100_000 + b'"}', headers={**munter, "Content-Type": "application/json"}
        ),
        413,
    )


def test_gecomprimeerde_inhoud_is_415(client, munter):
    is_problem(client.post("/v1/munten", json=STUIVER, headers={**munter, "Content-Encoding": "gzip"}), 415)


def test_toegang_gaat_voor_invoer(client, issuer):
    assert is_problem(client.post("/v1/munten", json={"onzin": 1}), 401)["title"] == "Geen geldig token"
    detail = is_problem(client.post("/v1/munten", json={"onzin": 1}, headers=issuer.headers("1" * 20, "kijker")), 403)["detail"]
    assert "kijker" in detail and "munter" in detail
    is_problem(client.post("/v1/munten", json={"onzin": 1}, headers=issuer.headers("1" * 20)), 403)


def test_alle_fouten_tegelijk_en_niets_veranderd(client, munter, context):
    problem = is_problem(
        client.post(
            "/v1/munten",
            json={"waardeCent": "5", "geslagen": 0, "gezienOp": "2018-01-01T09:00:00", "waarde_cent": 5},
            headers=munter,
        ),
        400,
    )
    assert {p["name"]: p["reason"] for p in problem["invalidParams"]} == {
        "naam": "verplicht gegeven ontbreekt",
        "waardeCent": "moet een geheel getal zijn",
        "waarde_cent": "onbekend gegeven",
        "geslagen": "geen geldige notatie; verwacht bijvoorbeeld 2018-01-01",
        "gezienOp": "geen geldige notatie; verwacht bijvoorbeeld 2018-01-01T09:00:00Z",
    }
    assert count(context, Munt) == 0


def test_grenzen_worden_genoemd(client, munter):
    problem = is_problem(client.post("/v1/munten", json={"naam": "x" * 21, "waardeCent": 10**16}, headers=munter), 400)
    assert [p["reason"] for p in problem["invalidParams"]] == ["hoogstens 20 tekens", "hoogstens 1000000000000000"]


def test_moment_komt_terug_in_utc(client, munter):
    response = client.post("/v1/munten", json={**STUIVER, "gezienOp": "2018-07-01T09:00:00+02:00"}, headers=munter)
    assert response.json()["gezienOp"] == "2018-07-01T07:00:00.000Z"


def test_schrijven_laat_een_auditregel_na(client, munter, context):
    response = client.post("/v1/munten", json=STUIVER, headers=munter)
    assert response.status_code == 201 and response.headers["location"] == "/v1/munten/stuiver"
    with context.sessions() as session:
        row = session.scalars(select(AuditRow)).one()
    assert (row.peer_id, row.transactie_id, row.handeling, row.onderwerp, row.wijziging) == (
        "00000099000000000002",
        munter["Fsc-Transaction-Id"],
        "munt.slaan",
        "/v1/munten/stuiver",
        {"waardeCent": 5},
    )


def test_schrijven_zonder_auditregel_wordt_een_500_en_verandert_niets(client, munter, context):
    is_problem(client.post("/v1/munten", json={**STUIVER, "naam": "stil"}, headers=munter), 500)
    assert count(context, Munt) == 0


def test_regel_die_pas_bij_commit_faalt_geeft_geen_halve_uitkomst(client, munter, context):
    problem = is_problem(client.post("/v1/munten", json={**STUIVER, "waardeCent": 13}, headers=munter), 500)
    assert "dertien" not in str(problem)
    assert (count(context, Munt), count(context, AuditRow), count(context, OutboxMessage)) == (0, 0, 0)


def test_weigering_draait_alles_terug(client, munter, context):
    client.post("/v1/munten", json=STUIVER, headers=munter)
    assert is_problem(client.post("/v1/munten", json=STUIVER, headers=munter), 409)["type"].endswith("/al-bekend")
    assert count(context, AuditRow) == 1


def test_lezen_kan_niet_schrijven(client, munter, context):
    client.post("/v1/munten", json={**STUIVER, "naam": "lek"}, headers=munter)
    is_problem(client.get("/v1/munten"), 500)
    assert count(context, Munt) == 1


def test_auditregels_veranderen_nooit(client, munter, database):
    client.post("/v1/munten", json=STUIVER, headers=munter)
    for url in (database.url, database.owner_url):
        for statement in ("UPDATE audit SET handeling = 'x'", "DELETE FROM audit", "TRUNCATE audit"):
            with psycopg.connect(url) as connection, pytest.raises(psycopg.Error):
                connection.execute(statement)


def test_wie_te_lang_op_een_ander_wacht_mag_het_later_opnieuw_proberen(client, munter, context, database):
    with psycopg.connect(database.owner_url) as ander:
        ander.execute("LOCK TABLE munt")
        response = client.post("/v1/munten", json=STUIVER, headers=munter)
    is_problem(response, 503)
    assert response.headers["retry-after"] == "5"
    assert client.post("/v1/munten", json=STUIVER, headers=munter).status_code == 201


def test_na_een_interne_fout_blijft_de_verbinding_heel(context, munter):
    """A server that sees the exception cuts the connection, and the next call on it fails."""
    heel = TestClient(application(service.api, context), raise_server_exceptions=True)
    is_problem(heel.post("/v1/munten", json={**STUIVER, "naam": "stil"}, headers=munter), 500)


def test_tekst_die_geen_unicode_is_wordt_in_het_nederlands_geweigerd(client, munter):
    kop = {**munter, "Content-Type": "application/json"}
    problem = is_problem(client.post("/v1/munten", content=b'{"naam": "\\ud800", "waardeCent": 1}', headers=kop), 400)
    assert problem["invalidParams"][0]["reason"] == "geen geldige Unicode-tekst"


@pytest.mark.parametrize("root_path", ["/elders", "/v1/munten", "/v1/munten/en/verder"])
def test_an_odd_root_path_is_no_failure(context, root_path):
    got = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        got.append(message)

    scope = {"type": "http", "method": "GET", "path": "/v1/munten", "raw_path": b"/v1/munten", "root_path": root_path}
    scope |= {"query_string": b"", "headers": [], "scheme": "http", "server": ("dienst", 80)}
    asyncio.run(application(service.api, context)(scope, receive, send))

    assert got[0]["status"] == 404
