"""A database of the first release, with peers, services, contracts and a log in it, is brought to this one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from gemeengoed_lokaal.databases import ServiceDatabase, create_service_database, drop_database
from sqlalchemy.exc import DBAPIError

FIRST = """
INSERT INTO hosted_peer VALUES ('b', 'B', 'mb', 'ib', 'o', '127.0.0.1:2', true, true, now());
INSERT INTO hosted_peer VALUES ('a', 'A', 'm', 'i', 'o', '127.0.0.1:1', true, true, now());
INSERT INTO offered_service VALUES ('a', 'echo', 'http://127.0.0.1:1', 7, now());
INSERT INTO remote_inway VALUES ('a', 'inway.nl', 443, 7, now());
INSERT INTO contract VALUES ('a', 'c', '{}', gen_random_uuid(), '{a,b}', 0, 1, 0, now());
INSERT INTO contract VALUES ('b', 'c', '{}', gen_random_uuid(), '{a,b}', 0, 1, 0, now())"""
REFERENCE = {"reference": "\0 \\u0000", "delegator_id": "d", "delegator_name": "é"}
EXTERNAL = {f"delegation.{kind}.external_contract_reference": REFERENCE for kind in ("connection", "publication")}
GRANTS: dict[str, tuple[str | None, str | None, dict | None]] = {
    "GRANT_TYPE_SERVICE_PUBLICATION": (None, None, None),
    "GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION": ("b", None, None),
    "GRANT_TYPE_SERVICE_CONNECTION": (None, "e", EXTERNAL),
    "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION": ("d", None, None),
}
"""Who gives a grant of each type, for whom its service is offered, and what it refers to."""
NOW = datetime.now(UTC)
LONG_AGO = NOW.replace(year=NOW.year - 3, month=2, day=1, hour=0, minute=0, second=0, microsecond=0)
RECORDS = [
    ("a", "DIRECTION_INCOMING", "g2", LONG_AGO),
    ("b", "DIRECTION_OUTGOING", "g2", LONG_AGO - timedelta(microseconds=1)),
    ("b", "DIRECTION_OUTGOING", "g3", NOW),
]


@pytest.fixture
def first(server, passwords) -> Iterator[tuple[ServiceDatabase, Callable[[], None]]]:
    """A database of the first release, and what brings it to this one."""
    database = create_service_database(server.url, "gateway", name="gateway_eerste", passwords=passwords)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[2] / "gateway" / "gateway" / "migrations"))
    config.attributes["database_url"] = database.owner_url
    command.upgrade(config, "0001")
    with psycopg.connect(database.owner_url) as owner, owner.cursor() as cursor:
        cursor.execute(FIRST)
        for position, (kind, (delegator, offered_for, external)) in enumerate(GRANTS.items()):
            service = {"peer_id": "a", "name": "echo", **({"delegator": {"peer_id": offered_for}} if offered_for else {})}
            properties = {"x": "\0 \\u0000", **(external or {})}
            data = {"service": service, "properties": properties, **({"delegator": {"peer_id": delegator}} if delegator else {})}
            for owner_id in ("a", "b"):
                row = (owner_id, "c", position, f"g{position}", kind, "a", "echo", "b", None, json.dumps(data))
                cursor.execute(f"INSERT INTO contract_grant VALUES ({', '.join(['%s'] * len(row))})", row)  # type: ignore[arg-type]
        write(cursor, *RECORDS)
    yield database, lambda: command.upgrade(config, "head")
    drop_database(server.url, database.name)


@pytest.fixture
def upgraded(first) -> Iterator[psycopg.Connection]:
    """A database that began at the first release."""
    database, upgrade = first
    upgrade()
    with psycopg.connect(database.url, autocommit=True) as connection:
        yield connection


def write(cursor: psycopg.Cursor, *records: tuple[str, str, str, datetime]) -> None:
    """Put records in the log of the first release."""
    cursor.executemany(
        "INSERT INTO transaction_record (peer_id, direction, grant_hash, created_at, transaction_id, service_name, "
        "outway_peer_id, service_peer_id) VALUES (%s, %s, %s, %s, gen_random_uuid(), 'echo', 'b', 'a')",
        records,
    )


def test_upgrade_keeps_what_there_was_and_fills_in_what_is_new(upgraded) -> None:
    filled = upgraded.execute(
        "SELECT grant_type, delegator_peer_id, service_delegator_id, external_contract FROM contract_grant WHERE owner_id = 'a'"
    ).fetchall()
    assert {kind: tuple(said) for kind, *said in filled} == GRANTS
    for table in ("offered_service", "remote_inway"):
        found = upgraded.execute(f"SELECT peer_id, since_generation FROM {table}").fetchall()
        assert found == [("a", None)], "no worker of nginx knows the new name of an upstream yet"
    assert upgraded.execute("SELECT protocol, withdrawn_at FROM offered_service").fetchall() == [("PROTOCOL_TCP_HTTP_1.1", None)]


def test_upgrade_keeps_the_records_of_years_ago_too_under_their_grant(upgraded) -> None:
    found = upgraded.execute(
        "SELECT peer_id, CASE WHEN outgoing THEN 'DIRECTION_OUTGOING' ELSE 'DIRECTION_INCOMING' END, grant_hash, created_at, "
        "service_name, outway_peer_id, service_peer_id, outway_delegator_id, service_delegator_id, additional_data "
        "FROM transaction_log ORDER BY created_at, peer_id"
    ).fetchall()
    said = {f"g{position}": told for position, told in enumerate(GRANTS.values())}
    expected = [(*record, "echo", "b", "a", *said[record[2]]) for record in sorted(RECORDS, key=lambda record: record[3])]
    assert found == expected


def test_upgrade_stops_at_a_record_of_which_the_grant_is_not_there(first) -> None:
    database, upgrade = first
    with psycopg.connect(database.owner_url) as owner, owner.cursor() as cursor:
        write(cursor, *[("a", "DIRECTION_INCOMING", "weg", NOW)] * 2)
    with pytest.raises(DBAPIError, match="2 records of peer a name grant weg, which is in none of its contracts"):
        upgrade()
    with psycopg.connect(database.owner_url) as owner:
        assert owner.execute("SELECT count(*) FROM transaction_record").fetchone() == (len(RECORDS) + 2,), "nothing is lost"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM contract_grant",
        "UPDATE contract_grant SET service_name = 'anders'",
        "TRUNCATE contract CASCADE",
        "DELETE FROM hosted_peer",
        "UPDATE hosted_peer SET number = DEFAULT",
        "TRUNCATE hosted_peer CASCADE",
    ],
)
def test_what_the_log_refers_to_stays(first, upgraded, statement) -> None:
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.IntegrityConstraintViolation)):
        upgraded.execute(statement)
    with psycopg.connect(first[0].owner_url) as owner, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        owner.execute(statement)
