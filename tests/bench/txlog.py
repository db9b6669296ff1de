"""Query plans of the transaction log at scale: fills a scratch database, asks what the APIs ask, and judges how.

`make bench-txlog` (5 million rows) or `python -m tests.bench.txlog --rows 100000000`; needs about 200 bytes of disk per row.
Ends with status 1 when a plan reads a month from front to back, or more pages than its question deserves.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from gateway.db import migrate
from gateway.txlog import repository
from gateway.txlog.selection import Selection
from gemeengoed_kit.db import make_engine, session_factory
from gemeengoed_lokaal import databases, postgres
from gemeengoed_lokaal.netwerk import kies_adres
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.bench.figures import Floor, verdict

PEERS = [f"000000990000000{number:05}" for number in range(50)]
GRANTS, MONTHS, RARE = 400, 14, 3
COMMON = [f"service-{number}" for number in range(4)]
PAGE = 26
"""Rows of a page of /logs, and the one that tells whether there are more."""
PAGE_COST = 400
"""8 KiB pages that such a page may touch: a row each, and two or three for every index and month that has to be looked into."""
GRANT_COST = PAGE + 3 * MONTHS
"""The same for each grant, when many are wanted at once."""

FILL = """
INSERT INTO transaction_record (owner_number, grant_number, outgoing, transaction_id, created_at)
SELECT p.number, held.number, outgoing,
    (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3)
        || '8' || substr(md5(n::text), 4, 15))::uuid, at
FROM (SELECT n, width_bucket(random(), %(weights)s::float8[]) AS number,
             %(start)s::timestamptz + n * %(step)s::interval AS at
      FROM generate_series(1, %(calls)s) AS n) AS call
JOIN scratch_grant g USING (number) CROSS JOIN (VALUES (true), (false)) AS side (outgoing)
JOIN hosted_peer p ON p.peer_id = CASE WHEN outgoing THEN g.outway ELSE g.provider END
JOIN contract_grant held ON held.owner_id = p.peer_id AND held.grant_hash = g.hash"""


@dataclass(frozen=True)
class Question:
    """Something an API asks; `pages` is how many pages of 8 KiB it may touch."""

    name: str
    ask: Callable[[Session], Any]
    pages: int


@dataclass(frozen=True)
class Grant:
    """A synthetic connection grant; the earlier, the busier."""

    number: int
    hash: str
    service: str
    outway: str
    provider: str
    outway_delegator: str | None
    service_delegator: str | None


def main() -> int:
    """Fill, ask, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--plans", action="store_true", help="print every plan")
    chosen = parser.parse_args()
    settings = {"shared_buffers": "512MB", "maintenance_work_mem": "512MB", "max_wal_size": "8GB", "jit": "off"}
    server = postgres.start(kies_adres([5432]), duurzaam=False, instellingen=settings)
    try:
        database = databases.create_service_database(server.url, "gateway")
        migrate(database.owner_url)
        grants = make_grants(random.Random(1))
        now = datetime.now(UTC)
        with psycopg.connect(database.owner_url, autocommit=True) as owner:
            fill(owner, grants, chosen.rows, now)
        engine = make_engine(database.url, application_name="bench")
        judged = [judge(engine, question, plans=chosen.plans) for question in questions(grants, now)]
        engine.dispose()
    finally:
        server.stop()
    return verdict([floor for floor, _ in judged], [fault for _, faults in judged for fault in faults])


def make_grants(chance: random.Random) -> list[Grant]:
    """Few peers in most of the grants, as it is with a few large suppliers; one in ten on behalf of another."""
    popularity = [1 / (number + 1) for number in range(len(PEERS))]
    found: list[Grant] = []
    for number in range(GRANTS):
        outway, provider, one, two = chance.choices(PEERS, popularity, k=4)
        hash_ = "$1$3$" + (uuid.UUID(int=chance.getrandbits(128)).hex * 3)[:86]
        delegators = (one if chance.random() < 0.1 else None, two if chance.random() < 0.1 else None)
        service = "seldom" if number >= GRANTS - RARE else chance.choice(COMMON)
        found.append(Grant(number, hash_, service, outway, provider, *delegators))
    return found


def fill(owner: psycopg.Connection, grants: list[Grant], rows: int, now: datetime) -> None:
    """Months of calls up to now; each call is recorded on both sides. The indexes come after, which is faster."""
    started = time.monotonic()
    _register(owner, grants)
    owner.execute("SELECT transaction_record_make_month(current_date - n * 28) FROM generate_series(1, 16) AS n")
    indexes = owner.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'transaction_record' ORDER BY indexname"
    ).fetchall()
    for name, _ in indexes:
        owner.execute(f"DROP INDEX {name}")
    weights = [1 / (number + 1) ** 1.1 for number in range(len(grants) - RARE)] + [1e-6] * RARE
    total = sum(weights)
    bounds = [sum(weights[:number]) / total for number in range(len(weights))]
    calls = rows // 2
    span = timedelta(days=MONTHS * 30)
    owner.execute(FILL, {"weights": bounds, "start": now - span, "step": span / calls, "calls": calls})
    for name, definition in indexes:
        owner.execute(definition.replace(" ON ONLY ", " ON "))
        print(f"{name:45} {_size(owner, name)}")
    owner.execute("VACUUM ANALYZE transaction_record")
    count, size = owner.execute(
        "SELECT (SELECT count(*) FROM transaction_record), (SELECT pg_size_pretty(sum(pg_relation_size(inhrelid))) "
        "FROM pg_inherits WHERE inhparent = 'transaction_record'::regclass)"
    ).fetchone() or (0, "")
    print(f"{count} rows, {size} without indexes, in {time.monotonic() - started:.0f} s\n")


def _register(owner: psycopg.Connection, grants: list[Grant]) -> None:
    with owner.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE scratch_grant (number integer, hash text, service text, outway text, provider text, "
            "outway_delegator text, service_delegator text)"
        )
        rows = [(g.number + 1, g.hash, g.service, g.outway, g.provider, g.outway_delegator, g.service_delegator) for g in grants]
        cursor.executemany("INSERT INTO scratch_grant VALUES (%s, %s, %s, %s, %s, %s, %s)", rows)
        for peer in PEERS:
            cursor.execute(
                "INSERT INTO hosted_peer (peer_id, name, manager_host, inway_host, outway_host, outway_listen, directory, "
                "auto_accept_publication, created_at) VALUES (%s, %s, %s, %s, %s, %s, false, false, now())",
                [peer, *(f"{kind}-{peer}" for kind in ("naam", "manager", "inway", "outway", "listen"))],
            )
    for side in ("outway", "provider"):
        owner.execute(
            "INSERT INTO contract (owner_id, content_hash, content, iv, parties, not_before, not_after, created_at, stored_at) "
            f"SELECT DISTINCT ON ({side}, hash) {side}, hash, '', gen_random_uuid(), array_remove(ARRAY[outway, provider, "
            "outway_delegator, service_delegator], NULL), 0, 0, 0, now() FROM scratch_grant ON CONFLICT DO NOTHING"
        )
        owner.execute(
            "INSERT INTO contract_grant (owner_id, content_hash, position, grant_hash, grant_type, service_peer_id, "
            "service_name, outway_peer_id, delegator_peer_id, service_delegator_id, data) "
            f"SELECT {side}, hash, 0, hash, '', provider, service, outway, outway_delegator, service_delegator, '' "
            "FROM scratch_grant ON CONFLICT DO NOTHING"
        )
    owner.execute("ANALYZE hosted_peer, contract, contract_grant")


def _size(owner: psycopg.Connection, index: str) -> str:
    found = owner.execute(
        "SELECT pg_size_pretty(sum(pg_relation_size(inhrelid))) FROM pg_inherits WHERE inhparent = %s::regclass", [index]
    ).fetchone()
    return found[0] if found else ""


def questions(grants: list[Grant], now: datetime) -> Iterator[Question]:
    """What the management API (own log) and /logs (as a busy and as a quiet caller) ask."""
    busy, quiet = grants[0], grants[-1]
    half_way = (now - timedelta(days=200), uuid.UUID(int=0), False)
    month = {"since": now - timedelta(days=230), "until": now - timedelta(days=200)}
    delegated = next(g for g in grants if g.outway_delegator not in (None, g.outway, g.provider))
    owner, other = busy.provider, busy.outway
    selections: dict[str, Selection] = {
        "own log, newest": Selection(owner),
        "own log, from half way": Selection(owner, past=half_way),
        "own log, oldest first": Selection(owner, descending=False),
        "own log of the quietest peer": Selection(PEERS[-1]),
        "own log, one direction": Selection(owner, outgoing=True),
        "own log, a month": Selection(owner, since=month["since"], until=month["until"]),
        "own log, a grant": Selection(owner, grants=[busy.hash]),
        "own log, a rare grant": Selection(quiet.provider, grants=[quiet.hash]),
        "own log, a service": Selection(owner, services=[busy.service]),
        "own log, a rare service": Selection(quiet.provider, services=["seldom"]),
        "own log, another peer": Selection(owner, other=other),
        "own log, a rare other peer": Selection(quiet.provider, other=quiet.outway),
        "/logs of a busy caller": Selection(owner, party=other),
        "/logs of a busy caller, from half way": Selection(owner, party=other, past=half_way),
        "/logs, oldest first": Selection(owner, party=other, descending=False),
        "/logs of a quiet caller": Selection(quiet.provider, party=quiet.outway),
        "/logs of a delegator": Selection(delegated.provider, party=delegated.outway_delegator),
        "/logs of a stranger": Selection(owner, party="00000099999999999999"),
        "/logs, a grant and a service": Selection(owner, party=other, grants=[busy.hash], services=["service-1"]),
        "/logs, a rare grant": Selection(quiet.provider, party=quiet.outway, grants=[quiet.hash]),
        "/logs, a rare service": Selection(quiet.provider, party=quiet.outway, services=["seldom"]),
        "/logs, a month": Selection(owner, party=other, since=month["since"], until=month["until"]),
    }
    for name, selection in selections.items():
        yield Question(name, lambda session, wanted=selection: repository.page(session, wanted, limit=PAGE), PAGE_COST)  # type: ignore[misc]

    most = max(PEERS, key=lambda peer: sum(peer in (grant.outway, grant.provider) for grant in grants))
    party = max(set(PEERS) - {most}, key=lambda peer: len(_shared(grants, most, peer)))
    for name, selection, number in (
        ("/logs of a caller with many grants", Selection(most, party=party), len(_shared(grants, most, party))),
        ("own log, all common services", Selection(most, services=COMMON), len(_shared(grants, most, most))),
    ):
        pages = PAGE_COST + GRANT_COST * number
        yield Question(
            f"{name} ({number})", lambda session, wanted=selection: repository.page(session, wanted, limit=PAGE), pages
        )  # type: ignore[misc]

    thousand = Selection(owner, grants=[busy.hash], past=half_way)
    yield Question("own log, a grant, a thousand", lambda session: repository.page(session, thousand, limit=1001), 4 * 1001)

    def by_id(session: Session) -> Any:
        ids = [row.transaction_id for row in repository.page(session, Selection(owner, past=half_way), limit=20)]
        return repository.of_transactions(session, owner, ids, party=other)

    yield Question("/logs, twenty transactions", by_id, 2 * PAGE_COST)
    yield Question(
        "count of a quiet peer's month", lambda s: repository.count(s, PEERS[-1], month["since"], timedelta(days=30)), 2000
    )


def _shared(grants: list[Grant], owner: str, party: str) -> list[Grant]:
    """Grants for calls of or to a peer in which another has a part."""
    parts = [(grant, (grant.outway, grant.provider)) for grant in grants]
    return [g for g, sides in parts if owner in sides and party in (*sides, g.outway_delegator, g.service_delegator)]


def judge(engine: Engine, question: Question, *, plans: bool) -> tuple[Floor, list[str]]:
    """Ask some times (so that prepared plans count too), then explain the last statement; (pages it may touch, what is wrong)."""
    sessions = session_factory(engine)
    times = []
    for _ in range(12):
        with sessions() as session:
            started = time.perf_counter()
            question.ask(session)
            times.append((time.perf_counter() - started) * 1000)
    with sessions() as session, heard(engine) as statements:
        question.ask(session)
    statement, parameters = statements[-1]
    with engine.begin() as connection:
        raw: psycopg.Connection = connection.connection.driver_connection  # type: ignore[assignment]
        for earlier in statements[:-1]:
            raw.execute(*earlier)
        found = raw.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", parameters).fetchone()
        plan = (found or [[]])[0][0]["Plan"]
        filled = {name for (name,) in raw.execute("SELECT relname FROM pg_class WHERE relpages > 0").fetchall()}
        text = raw.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {statement}", parameters).fetchall() if plans else []
    touched = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    print(
        f"{question.name:40} median {statistics.median(times):7.2f} ms  worst {max(times):7.2f} ms  "
        f"pages {touched:5} of {question.pages:5}  rows {plan['Actual Rows']:.0f}  {plan['Node Type']}"
    )
    for (line,) in text:
        print("    " + line)
    pages = Floor(f"{question.name}: pages", str(touched), f"{question.pages} at most", touched <= question.pages)
    return pages, [
        f"{question.name}: reads all of {node['Relation Name']}"
        for node in nodes(plan)
        if "Seq Scan" in node["Node Type"]
        and node["Relation Name"].startswith("transaction_record")
        and node["Relation Name"] in filled
    ]


@contextmanager
def heard(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are executed meanwhile, with their parameters."""
    statements: list[tuple[str, Any]] = []

    def listen(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        statements.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", listen)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A plan and all plans in it."""
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


if __name__ == "__main__":
    sys.exit(main())
