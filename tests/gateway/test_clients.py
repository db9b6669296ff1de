"""Clients of an Outway: how they identify themselves, what they may use, and that their secret is not passed on."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import httpx
import psycopg
import pytest
from gateway.client.rules import Client, check_grant, recognise
from gateway.errors import OutwayError

from tests.gateway.lab import OINS, until

OIN = OINS["clients"]
SECRET = secrets.token_hex(32)


def sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@pytest.fixture(scope="module")
def consumer(lab, peers) -> dict[str, Any]:
    """A peer whose Outway only known clients may use, with two grants."""
    lab.add_peer("clients")
    lab.wait_served("clients")
    lab.announce(OIN)
    grants = [lab.connect(OIN, peers["aanbieder"], "echo", alias)["grants"][0]["hash"] for alias in ("een", "twee")]
    assert lab.beheer.patch(f"/peers/{OIN}", json={"clientsVerplicht": True}).status_code == 200
    return {"path": f"/peers/{OIN}/clients", "een": grants[0], "twee": grants[1]}


def put(lab, consumer, name: str, **body: Any) -> dict[str, Any]:
    answer = lab.beheer.put(f"{consumer['path']}/{name}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def call(lab, credential: str | None, alias: str | None = "een") -> httpx.Response:
    headers = {"Host": "gateway.example"}
    if alias:
        headers["Fsc-Grant-Hash"] = alias
    if credential is not None:
        headers["Proxy-Authorization"] = credential
    return httpx.get(f"{lab.outway('clients')}/clients", headers=headers, timeout=20, trust_env=False)


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.headers.get("Fsc-Error-Code", "")


@pytest.mark.parametrize(
    "credential",
    [None, f"Bearer {'0' * 64}", f"Basic {SECRET}", "Bearer", SECRET],
    ids=["none", "another secret", "another scheme", "no secret", "no scheme"],
)
def test_unknown_client_is_asked_who_it_is(lab, consumer, credential) -> None:
    put(lab, consumer, "zaaksysteem", geheimSha256=sha256(SECRET), grants=[consumer["een"]])
    answer = call(lab, credential)
    assert code(answer) == (407, "ERROR_CODE_CLIENT_UNKNOWN")
    assert answer.headers["Proxy-Authenticate"] == "Bearer" and "WWW-Authenticate" not in answer.headers
    assert answer.json()["domain"] == "ERROR_DOMAIN_OUTWAY"


def test_client_may_use_its_grants_and_no_other(lab, consumer) -> None:
    put(lab, consumer, "zaaksysteem", geheimSha256=sha256(SECRET), grants=[consumer["een"]])
    answer = call(lab, f"Bearer {SECRET}")
    assert answer.status_code == 200, answer.text
    assert SECRET not in answer.text, "the service does not see the secret"
    assert code(call(lab, f"Bearer {SECRET}", "twee")) == (403, "ERROR_CODE_CLIENT_NOT_ALLOWED")
    put(lab, consumer, "zaaksysteem", grants=[consumer["een"], consumer["twee"]])
    assert call(lab, f"bearer {SECRET}", "twee").status_code == 200


def test_client_with_a_default_grant_needs_only_its_secret(lab, consumer) -> None:
    put(lab, consumer, "zaaksysteem", geheimSha256=sha256(SECRET), grants=[consumer["een"]])
    assert code(call(lab, f"Bearer {SECRET}", None)) == (400, "ERROR_CODE_GRANT_HASH_MISSING")
    put(lab, consumer, "zaaksysteem", grants=[consumer["een"]], standaardGrant=consumer["een"])
    until(lambda: call(lab, f"Bearer {SECRET}", None).status_code == 200, what="default grant is used")


def test_blocked_or_rotated_client_is_refused(lab, consumer) -> None:
    put(lab, consumer, "tijdelijk", geheimSha256=sha256("oud" * 20), grants=[consumer["een"]])
    assert call(lab, f"Bearer {'oud' * 20}").status_code == 200
    put(lab, consumer, "tijdelijk", grants=[consumer["een"]], geblokkeerd=True)
    until(lambda: code(call(lab, f"Bearer {'oud' * 20}")) == (403, "ERROR_CODE_CLIENT_NOT_ALLOWED"), seconds=1)
    put(lab, consumer, "tijdelijk", geheimSha256=sha256("nieuw" * 20), grants=[consumer["een"]])
    until(lambda: code(call(lab, f"Bearer {'oud' * 20}")) == (407, "ERROR_CODE_CLIENT_UNKNOWN"), seconds=1)
    assert call(lab, f"Bearer {'nieuw' * 20}").status_code == 200
    assert lab.beheer.delete(f"{consumer['path']}/tijdelijk").status_code == 204
    until(lambda: call(lab, f"Bearer {'nieuw' * 20}").status_code == 407, seconds=1, what="client is gone")
    assert lab.beheer.delete(f"{consumer['path']}/tijdelijk").status_code == 404


def test_client_that_cannot_be_is_refused_with_every_fault(lab, consumer) -> None:
    other = "$1$3$" + "A" * 86
    answer = lab.beheer.put(f"{consumer['path']}/fout", json={"grants": [other], "standaardGrant": consumer["een"]})
    assert answer.status_code == 409
    assert {fault["name"] for fault in answer.json()["invalidParams"]} == {"geheimSha256", "grants.0", "standaardGrant"}
    put(lab, consumer, "zaaksysteem", geheimSha256=sha256(SECRET), grants=[])
    taken = lab.beheer.put(f"{consumer['path']}/dubbel", json={"geheimSha256": sha256(SECRET)})
    assert (taken.status_code, taken.json()["type"].rpartition("/")[2]) == (409, "geheim-bestaat-al")


def test_secret_is_nowhere(lab, consumer) -> None:
    put(lab, consumer, "zaaksysteem", geheimSha256=sha256(SECRET), grants=[consumer["een"]])
    call(lab, f"Bearer {SECRET}")
    told = "".join(path.read_text() for path in lab.folder.glob("*.log"))
    told += "".join(path.read_text() for path in (lab.folder / "run").rglob("*.log"))
    with psycopg.connect(lab.owner_url) as connection:
        for (table,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            told += "".join(str(row) for row in connection.execute(f'SELECT t::text FROM "{table}" t'))  # type: ignore[arg-type]
    assert SECRET not in told


# ---- the rule itself
KNOWN = {sha256("geheim"): Client("c", False, frozenset({"g"}), None), sha256("dicht"): Client("d", True, frozenset(), None)}


def test_nobody_needs_to_say_who_they_are_unless_it_is_required() -> None:
    assert recognise("1", KNOWN, required=False, credential="") is None
    with pytest.raises(OutwayError, match="CLIENT_UNKNOWN"):
        recognise("1", KNOWN, required=True, credential="")
    with pytest.raises(OutwayError, match="CLIENT_UNKNOWN"):
        recognise("1", KNOWN, required=False, credential="Bearer anders")
    with pytest.raises(OutwayError, match="geblokkeerd"):
        recognise("1", KNOWN, required=False, credential="Bearer dicht")
    client = recognise("1", KNOWN, required=True, credential="BEARER  geheim")
    assert client is not None
    check_grant("1", client, "g")
    with pytest.raises(OutwayError, match="CLIENT_NOT_ALLOWED"):
        check_grant("1", client, "h")
