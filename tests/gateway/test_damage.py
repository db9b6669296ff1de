"""What is damaged of one peer takes out that peer alone: calls of others pass, a revocation works, and all can be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.gateway.lab import OINS, until

OIN = OINS["beschadigd"]
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "half copied": lambda was: was[: len(was) // 2],
    "empty": lambda was: b"",
    "no PEM": lambda was: b"\xff\xfe\x00",
}


@pytest.fixture(scope="module")
def damaged(lab, peers, connected) -> Path:
    """A peer of which tests damage the keys; its folder."""
    lab.add_peer("beschadigd")
    lab.wait_served("beschadigd")
    lab.announce(OIN)
    return lab.folder / "keys" / OIN


@pytest.fixture
def revoke(lab, peers, connected) -> Callable[[], None]:
    """A new contract between two others is used, revoked and refused; meanwhile calls under another one pass."""

    def call(alias: str) -> int:
        with httpx.Client(base_url=lab.outway("afnemer"), trust_env=False, timeout=20) as client:
            return client.get("/x", headers={"Fsc-Grant-Hash": alias}).status_code

    made = lab.connect(peers["afnemer"], peers["aanbieder"], "echo", "herroepen")["contentHash"]
    assert call("herroepen") == 200

    def check() -> None:
        shown = [lab.beheer.get(f"/peers/{peer}/contracts") for peer in peers.values()]
        assert {answer.status_code for answer in (lab.beheer.get("/peers"), lab.beheer.get(f"/peers/{OIN}"), *shown)} == {200}
        lab.post(f"/peers/{peers['aanbieder']}/contracts/{made}/revoke", expect=200)
        until(lambda: call("herroepen") == 403, seconds=20, what="the revocation works")
        assert [call("dataplane") for _ in range(3)] == [200] * 3

    return check


def findings(lab, about: str) -> list[dict]:
    told = lab.get("/controle")["results"]
    return [one for one in told if one["peerId"] == OIN and about in one["onderdeel"] and one["ernst"] == "fout"]


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("file", ["outway/certificate.pem", "outway/key.pem", "manager/certificate.pem", "inway/key.pem"])
def test_a_damaged_file_of_a_peer_harms_no_other(lab, damaged, revoke, file, how) -> None:
    component = file.partition("/")[0]
    path = (damaged / file).resolve()
    was = path.read_bytes()
    path.write_bytes(DAMAGE[how](was))
    try:
        revoke()
        assert findings(lab, component), "the doctor names it"
    finally:
        path.write_bytes(was)
    assert findings(lab, component) == []


def test_a_key_of_another_pair_harms_no_other(lab, damaged, revoke) -> None:
    path, other = ((damaged / f"{component}/key.pem").resolve() for component in ("outway", "inway"))
    was = path.read_bytes()
    path.write_bytes(other.read_bytes())
    try:
        revoke()
        assert "hoort niet bij het certificaat" in findings(lab, "sleutel outway")[0]["gevonden"]
    finally:
        path.write_bytes(was)


def unharmed(lab, peers, grant: str, alias: str) -> None:
    """Another peer makes a change and uses it, nginx takes up the state, and commands show everything."""
    aanbieder, afnemer = peers["aanbieder"], peers["afnemer"]
    assert lab.beheer.put(f"/peers/{afnemer}/aliases/{alias}", json={"grantHash": grant}).status_code in (200, 201)
    with httpx.Client(base_url=lab.outway("afnemer"), trust_env=False, timeout=20) as client:
        assert client.get("/x", headers={"Fsc-Grant-Hash": alias}).status_code == 200
    configuration = lab.folder / "run" / "nginx" / "nginx.conf"
    before = configuration.read_text()
    lab.post(f"/peers/{aanbieder}/services", {"naam": alias, "url": f"http://{lab.address}:7001"})
    until(lambda: configuration.read_text() != before, seconds=20, what="nginx has the service")
    paths = ("/peers", f"/peers/{afnemer}/contracts", f"/peers/{aanbieder}/contracts", f"/peers/{afnemer}/services")
    assert {path: lab.beheer.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    assert lab.beheer.get("/controle").status_code == 200


@pytest.fixture(scope="module")
def filled(lab, peers, damaged) -> None:
    """Rows of the damaged peer in the tables that decisions, nginx and commands read."""
    lab.post(f"/peers/{OIN}/services", {"naam": "eigen", "url": f"http://{lab.address}:7001"})
    lab.connect(OIN, peers["aanbieder"], "echo", "beschadigd")
    with httpx.Client(base_url=lab.outway("beschadigd"), trust_env=False, timeout=20) as client:
        until(lambda: client.get("/x", headers={"Fsc-Grant-Hash": "beschadigd"}).status_code == 200, what="a call, so an Inway")


TABLES = {
    "hosted_peer": "peer_id",
    "peer_certificate": "peer_id",
    "offered_service": "peer_id",
    "grant_alias": "peer_id",
    "remote_inway": "peer_id",
    "known_peer": "owner_id",
    "contract": "owner_id",
    "contract_grant": "owner_id",
    "contract_signature": "owner_id",
}


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("table", TABLES)
def test_damaged_rows_of_a_peer_harm_no_other(lab, peers, connected, table) -> None:
    """Every text in every row of the peer, one after the other, as far as the database lets its owner write it."""
    with psycopg.connect(lab.owner_url, autocommit=True) as connection:
        columns = connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND data_type = 'text'",
            [table],
        ).fetchall()
        connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # type: ignore[arg-type]
        written, grant = 0, connected["grants"][0]["hash"]
        for (column,) in columns:
            where = f"WHERE {TABLES[table]} = %s"
            kept = connection.execute(f"SELECT {column} FROM {table} {where}", [OIN]).fetchall()  # type: ignore[arg-type]
            assert kept, "the peer has rows here"
            change = f"UPDATE {table} SET {column} = %s {where}"
            for value in (*dict.fromkeys(("\x1b{geen", "0")),):
                try:
                    connection.execute(change, [value, OIN])  # type: ignore[arg-type]
                except psycopg.IntegrityError:
                    continue
                written += 1
                connection.execute("NOTIFY gateway_changed")
                try:
                    unharmed(lab, peers, grant, f"na-{table.replace('_', '-')}-{written}")
                finally:
                    connection.execute(change, [kept[0][0], OIN])  # type: ignore[arg-type]
        connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")  # type: ignore[arg-type]
