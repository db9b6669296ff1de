"""A database of the first release, with peers, services and contracts in it, is brought to this one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from gemeengoed_lokaal.databases import create_service_database, drop_database

FIRST = """
INSERT INTO hosted_peer VALUES ('a', 'A', 'm', 'i', 'o', '127.0.0.1:1', true, true, now());
INSERT INTO offered_service VALUES ('a', 'echo', 'http://127.0.0.1:1', 7, now());
INSERT INTO remote_inway VALUES ('a', 'inway.nl', 443, 7, now());
INSERT INTO contract VALUES ('a', 'c', '{}', gen_random_uuid(), '{a,b}', 0, 1, 0, now())"""
GRANTS = {
    "GRANT_TYPE_SERVICE_PUBLICATION": None,
    "GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION": "b",
    "GRANT_TYPE_SERVICE_CONNECTION": None,
    "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION": "d",
}


@pytest.fixture
def upgraded(server, passwords) -> Iterator[psycopg.Connection]:
    """A database that began at the first release."""
    database = create_service_database(server.url, "gateway", name="gateway_eerste", passwords=passwords)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[2] / "gateway" / "migrations"))
    config.attributes["database_url"] = database.owner_url
    command.upgrade(config, "0001")
    with psycopg.connect(database.owner_url) as owner, owner.cursor() as cursor:
        cursor.execute(FIRST)
        for position, (kind, delegator) in enumerate(GRANTS.items()):
            data = {"properties": {"x": "\0 \\u0000"}, **({"delegator": {"peer_id": delegator}} if delegator else {})}
            row = ("a", "c", position, "g", kind, "a", "echo", None, None, json.dumps(data))
            cursor.execute(f"INSERT INTO contract_grant VALUES ({', '.join(['%s'] * len(row))})", row)  # type: ignore[arg-type]
    command.upgrade(config, "head")
    with psycopg.connect(database.url) as connection:
        yield connection
    drop_database(server.url, database.name)


def test_upgrade_keeps_what_there_was_and_fills_in_what_is_new(upgraded) -> None:
    delegators = upgraded.execute("SELECT grant_type, delegator_peer_id FROM contract_grant").fetchall()
    assert dict(delegators) == GRANTS
    for table in ("offered_service", "remote_inway"):
        found = upgraded.execute(f"SELECT peer_id, since_generation FROM {table}").fetchall()
        assert found == [("a", None)], "no worker of nginx knows the new name of an upstream yet"
    assert upgraded.execute("SELECT protocol, withdrawn_at FROM offered_service").fetchall() == [("PROTOCOL_TCP_HTTP_1.1", None)]
