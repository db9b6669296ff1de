"""Ways to change what was signed or recorded, as the gateway's own role. On a database without a gateway."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from gateway.db import migrate
from gemeengoed_lokaal.databases import ServiceDatabase

from tests.manieren import RECHT, REGEL, Manier, doe, manier, parameters

PEER = (
    "INSERT INTO hosted_peer (peer_id, name, manager_host, inway_host, outway_host, outway_listen, directory, "
    "auto_accept_publication, created_at) VALUES ('{x}', 'x', 'm{x}', 'i{x}', 'o', '{x}', true, true, now())"
)
CONTRACT = "INSERT INTO contract VALUES ('a', '{x}', '{}', '{x}', '{a,b}', 0, 1, 0, now())"
GRANT = (
    "INSERT INTO contract_grant (owner_id, content_hash, position, grant_hash, grant_type, service_peer_id, service_name, data) "
    "VALUES ('a', '{x}', 0, 'g', 't', 'a', 's', '{}')"
)
SIGNATURE = "INSERT INTO contract_signature VALUES ('a', '{x}', 'b', 'revoke', 'jws', 100, 200, now())"
AGAIN = " ON CONFLICT (owner_id, content_hash, peer_id, type) DO UPDATE SET signed_at = excluded.signed_at"
RECORD = (
    "INSERT INTO transaction_record (owner_number, grant_number, outgoing, transaction_id, created_at) "
    "VALUES (1, 1, true, gen_random_uuid(), now())"
)
KEY = "INSERT INTO idempotentie (afzender, sleutel, vingerafdruk) VALUES ('a', '{x}', 'm')"
ANSWER = "UPDATE idempotentie SET status = 201, kopregels = '{}', antwoord = 'x' WHERE sleutel = '{x}'"

WAYS = [
    manier("as it should be", None, PEER, CONTRACT, GRANT, SIGNATURE, RECORD, KEY, ANSWER),
    manier("a later signature", None, CONTRACT, SIGNATURE, SIGNATURE.replace("100", "101") + AGAIN),
    manier("an earlier signature", REGEL, CONTRACT, SIGNATURE, SIGNATURE.replace("100", "99") + AGAIN),
    manier("a revoke becomes an accept", RECHT, CONTRACT, SIGNATURE, "UPDATE contract_signature SET type = 'accept'"),
    manier("a signature of another", RECHT, CONTRACT, SIGNATURE, "UPDATE contract_signature SET peer_id = 'c'"),
    manier("a signature gone", RECHT, "DELETE FROM contract_signature"),
    manier("signatures gone", RECHT, "TRUNCATE contract_signature"),
    manier("another content", RECHT, "UPDATE contract SET content = '{}'"),
    manier("other parties", RECHT, CONTRACT.replace("now()", "now()") + " ON CONFLICT (owner_id, content_hash) DO UPDATE SET parties = '{a}'"),
    manier("a contract gone", RECHT, "DELETE FROM contract"),
    manier("a grant gone", RECHT, "DELETE FROM contract_grant"),
    manier("a grant with a chosen number", RECHT, CONTRACT, GRANT.replace("(owner_id,", "(number, owner_id,").replace("VALUES (", "OVERRIDING SYSTEM VALUE VALUES (9, ")),
    manier("a peer with a chosen number", RECHT, PEER.replace("(peer_id,", "(number, peer_id,").replace("VALUES (", "OVERRIDING SYSTEM VALUE VALUES (9, ")),
    manier("a peer with another number", REGEL, PEER, "UPDATE hosted_peer SET number = DEFAULT"),
    manier("a number again", RECHT, "SELECT setval(pg_get_serial_sequence('contract_grant', 'number'), 1)"),
    manier("a record changed", RECHT, "UPDATE transaction_record SET trace_id = 'x'"),
    manier("a record gone", RECHT, "DELETE FROM transaction_record"),
    manier("a month of records gone", psycopg.errors.RaiseException, "SELECT transaction_record_drop_month(now()::date, -1)"),
    manier("a month without end", psycopg.Error, "SELECT transaction_record_make_month('infinity')"),
    manier("a month without beginning", psycopg.Error, "SELECT transaction_record_make_month('-infinity')"),
    manier("a table as a month", RECHT, "CREATE TEMP TABLE month (LIKE transaction_record)", "ALTER TABLE transaction_record ATTACH PARTITION month DEFAULT"),
    manier("months from a table of one's own", psycopg.errors.RaiseException, "CREATE TEMP TABLE pg_inherits (inhparent oid, inhrelid oid)", "SELECT transaction_record_drop_month(now()::date, 0)"),
    manier("an assessment changed", RECHT, "UPDATE contract_assessment SET reason = 'x'"),
    manier("an answer changed", REGEL, KEY, ANSWER, ANSWER.replace("201", "200")),
    manier("an audit row changed", RECHT, "UPDATE audit SET op = now()"),
]  # fmt: skip


@pytest.fixture(scope="module")
def database(templates, server) -> Iterator[ServiceDatabase]:
    made = templates.copy("gateway", lambda template: migrate(template.owner_url))
    with psycopg.connect(server.url, autocommit=True) as admin:
        admin.execute(f"GRANT TEMP ON DATABASE {made.name} TO gateway_api".encode())
    with psycopg.connect(made.url) as role:
        role.execute(PEER.replace("{x}", "a").encode())
    yield made
    templates.drop(made)


@pytest.mark.parametrize("way", parameters(WAYS))
def test_what_is_signed_or_recorded_stays(database, way: Manier) -> None:
    doe(database.url, way, {})


@pytest.mark.parametrize(
    "table", ["contract", "contract_grant", "contract_signature", "contract_assessment", "transaction_record"]
)
def test_the_owner_of_the_tables_cannot_take_it_away_either(database, table: str) -> None:
    with psycopg.connect(database.owner_url) as owner, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        owner.execute(f"TRUNCATE {table} CASCADE".encode())
