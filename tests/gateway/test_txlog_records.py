"""Records of the transaction log from the decision to the reader: written in binary, read in pages. On a database without a
gateway."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import random
import struct
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import psycopg
import pytest
from gateway.contract import repository as contracts
from gateway.contract.content import Grant, read_content
from gateway.db import migrate
from gateway.decision.load import load
from gateway.deployment import Deployment
from gateway.names import EXTERNAL_CONTRACT
from gateway.observe.meter import Meter
from gateway.peer.models import HostedPeer
from gateway.settings import GatewaySettings
from gateway.txlog import repository
from gateway.txlog.ids import new_id
from gateway.txlog.record import NO_TRACE, Line, line, side
from gateway.txlog.selection import Position, Selection
from gateway.txlog.trace import traced
from gateway.txlog.unused import UnusedWriter
from gateway.txlog.writer import LogWriter
from gemeengoed_kit.clock import SystemClock
from gemeengoed_lokaal.databases import ServiceDatabase
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.gateway.independent import make_content
from tests.gateway.lab import TOKEN

NOW = datetime.now(UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OWNER, NEIGHBOUR, *OTHERS = [f"{number:020}" for number in range(1, 6)]
PEERS = [OWNER, NEIGHBOUR, *OTHERS]
STRANGER = f"{9:020}"
ODD = {EXTERNAL_CONTRACT[0]: {"reference": "a\0b\t\\n\n\r\\.\u2028\U0001f600", "delegator_id": OTHERS[0], "delegator_name": "é"}}
TRACEPARENT = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def connection(outway: str, provider: str, service: str, delegator: str | None, offered_for: str | None, **more) -> dict:
    """A connection grant; `delegator`: on whose behalf it connects, `offered_for`: on whose behalf the Service is published."""
    called = {"type": "SERVICE_TYPE_SERVICE", "peer_id": provider, "name": service}
    if offered_for:
        called |= {"type": "SERVICE_TYPE_DELEGATED_SERVICE", "delegator": {"peer_id": offered_for}}
    grant = {
        "type": "GRANT_TYPE_SERVICE_CONNECTION",
        "outway": {"peer_id": outway, "public_key_thumbprint": "a" * 64},
        "service": called,
        **more,
    }
    if delegator:
        grant |= {"type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION", "delegator": {"peer_id": delegator}}
    return grant


GRANTS = [
    connection(outway, provider, service, delegator, offered_for, **({"properties": ODD} if service == "oneven" else {}))
    for outway, provider, service, delegator, offered_for in (
        (OWNER, OTHERS[0], "een", None, None),
        (OWNER, OTHERS[0], "twee", OTHERS[1], None),
        (OTHERS[0], OWNER, "een", None, None),
        (OTHERS[1], OWNER, "een", OTHERS[1], OTHERS[0]),
        (OTHERS[1], OWNER, "twee", None, OWNER),
        (OTHERS[2], OWNER, "oneven", None, None),
        (OWNER, OWNER, "een", None, None),
        (OWNER, NEIGHBOUR, "een", None, None),
        (NEIGHBOUR, OWNER, "drie", None, None),
        (NEIGHBOUR, OTHERS[0], "een", OWNER, None),
    )
]


@pytest.fixture(scope="module")
def database(templates) -> Iterator[ServiceDatabase]:
    made = templates.copy("gateway", lambda template: migrate(template.owner_url))
    yield made
    templates.drop(made)


@pytest.fixture(scope="module")
def place(database, tmp_path_factory) -> Iterator[Deployment]:
    """Two hosted peers, each with its own copy of a contract with all of `GRANTS`."""
    folder = tmp_path_factory.mktemp("log")
    made = Deployment(
        GatewaySettings(database_url=database.url, run_dir=folder, keys_dir=folder, dev_pki_dir=folder, beheer_token=TOKEN),
        SystemClock(),
    )
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("SELECT transaction_record_make_month(current_date - n * 28) FROM generate_series(1, 4) AS n")
    publication = {
        "type": "GRANT_TYPE_SERVICE_PUBLICATION",
        "directory": {"peer_id": OTHERS[0]},
        "service": {"peer_id": OWNER, "name": "een", "protocol": "PROTOCOL_TCP_HTTP_1.1"},
    }
    content = read_content(json.dumps(make_content(*GRANTS, publication)), made.rules)
    with made.transaction() as session:
        for number, peer_id in enumerate((NEIGHBOUR, OWNER)):
            names = {name: f"{name}-{number}" for name in ("name", "manager_host", "inway_host", "outway_host", "outway_listen")}
            session.add(HostedPeer(peer_id=peer_id, **names, directory=False, auto_accept_publication=False, created_at=made.now))
            session.flush()
            contracts.add(session, peer_id, content, now=made.now)
    yield made
    made.engine.dispose()


@pytest.fixture
def rows(place) -> Iterator[psycopg.Connection]:
    """As the gateway's own role."""
    with psycopg.connect(place.settings.database_url, autocommit=True) as connection:
        yield connection


# ---- writing
def moment(now: float) -> datetime:
    """Cut off, not rounded, and without the errors of arithmetic with floats."""
    return EPOCH + timedelta(microseconds=int(Fraction(now) * 1_000_000))


def write(url: str, *lines: Line, timeout: float = 10) -> list[bool]:
    """Whether each record was written, by the writer that calls wait for."""

    async def run() -> list[bool]:
        writer, loop = LogWriter(url, timeout=timeout, meter=Meter()), asyncio.get_running_loop()
        outcomes: list[asyncio.Future[bool]] = [loop.create_future() for _ in lines]
        for one, outcome in zip(lines, outcomes, strict=True):
            writer.add(one, outcome.set_result)
        return await asyncio.gather(*outcomes)

    return asyncio.run(run())


def write_unused(url: str, *chosen: tuple[Line, tuple[int, str]]) -> list[bool | None]:
    """The same for ids of clients; None for one that was used before."""

    async def run() -> list[bool | None]:
        writer, loop = UnusedWriter(url, timeout=10, meter=Meter()), asyncio.get_running_loop()
        outcomes: list[asyncio.Future[bool | None]] = [loop.create_future() for _ in chosen]
        for (one, key), outcome in zip(chosen, outcomes, strict=True):
            writer.add(one, key, outcome.set_result, lambda outcome=outcome: outcome.set_result(None))
        task = asyncio.create_task(writer.run())
        try:
            return await asyncio.gather(*outcomes)
        finally:
            task.cancel()

    return asyncio.run(run())


@dataclasses.dataclass(frozen=True)
class Written:
    """What a decision knows of a call."""

    owner: int
    grant: int
    outgoing: bool
    now: float
    traceparent: bytes
    id: uuid.UUID = dataclasses.field(default_factory=uuid.uuid4)

    @property
    def line(self) -> Line:
        fixed = side(self.owner, self.grant, outgoing=self.outgoing)
        return line(fixed, Grant({}, ""), str(self.id), self.now, traced(self.traceparent))

    @property
    def row(self) -> tuple:
        trace = self.traceparent.decode().split("-")[1:3] if traced(self.traceparent) != NO_TRACE else [None, None]
        return self.owner, self.grant, self.outgoing, self.id, moment(self.now), *trace


HIGHEST = 2**31 - 1
WRITTEN = st.builds(
    Written,
    st.sampled_from([77, 78, HIGHEST]),  # peers that are not hosted: what is written here is not in what is read below
    st.sampled_from([1, 2, 77, HIGHEST]),
    st.booleans(),
    st.floats(NOW.timestamp() - 3600 * 24, NOW.timestamp())
    | st.integers(0, 10**6).map(lambda n: (int(NOW.timestamp()) * 10**6 - n) / 10**6),
    st.sampled_from([b"", b"", b"onzin", TRACEPARENT, TRACEPARENT.replace(b"4bf9", b"5bf9")]),
)


@settings(max_examples=40, deadline=None)
@given(batch=st.lists(WRITTEN, min_size=1, max_size=40), by_client=st.booleans())
def test_record_that_was_written_reads_back_exactly(place, batch, by_client) -> None:
    url = place.settings.database_url
    if by_client:
        assert write_unused(url, *((one.line, (one.owner, str(one.id))) for one in batch)) == [True] * len(batch)
    else:
        assert write(url, *(one.line for one in batch)) == [True] * len(batch)
    with psycopg.connect(url) as reader:
        found = reader.execute(
            "SELECT owner_number, grant_number, outgoing, transaction_id, created_at, trace_id, span_id "
            "FROM transaction_record WHERE transaction_id = ANY(%s)",
            [[one.id for one in batch]],
        ).fetchall()
    assert sorted(found, key=lambda row: row[3]) == sorted((one.row for one in batch), key=lambda row: row[3])


@given(now=st.floats(946684800, 4e9))
def test_moment_is_never_later_than_now_and_less_than_a_microsecond_earlier(now) -> None:
    (length, microseconds) = struct.unpack(">iq", line(b"", Grant({}, ""), str(uuid.UUID(int=7)), now).moment)
    kept = Fraction(microseconds, 1_000_000) + 946684800
    assert length == 8 and kept <= Fraction(now) < kept + Fraction(1, 1_000_000)


def test_id_of_a_client_is_its_own_per_peer_and_only_where_it_called(place) -> None:
    url, chosen = place.settings.database_url, new_id(int(NOW.timestamp() * 1000))

    def ask(owner: int) -> bool | None:
        fixed = side(owner, 1, outgoing=True)
        return write_unused(url, (line(fixed, Grant({}, ""), chosen, NOW.timestamp()), (owner, chosen)))[0]

    assert write(url, line(side(7, 1, outgoing=False), Grant({}, ""), chosen, NOW.timestamp())) == [True]
    assert [ask(7), ask(7), ask(8), ask(8)] == [True, None, True, None]


def test_record_without_a_month_is_not_written_and_the_next_one_is(place) -> None:
    url, fixed = place.settings.database_url, side(77, 1, outgoing=True)
    ids = [new_id(number) for number in range(2)]
    assert write(url, line(fixed, Grant({}, ""), ids[0], 946684800.0)) == [False]
    assert write(url, line(fixed, Grant({}, ""), ids[1], NOW.timestamp())) == [True]


def test_record_is_refused_in_time_when_the_log_hangs_from_the_start(database) -> None:
    """The statement cannot be prepared either."""
    one = line(side(77, 1, outgoing=True), Grant({}, ""), new_id(1), NOW.timestamp())
    with psycopg.connect(database.owner_url) as blocker:
        blocker.execute("LOCK TABLE transaction_record IN ACCESS EXCLUSIVE MODE")
        started = time.monotonic()
        assert write(database.url, one, timeout=0.3) == [False]
        assert time.monotonic() - started < 5
    assert write(database.url, one) == [True]


def test_each_side_of_a_grant_names_that_grant_and_its_owner(place, rows) -> None:
    """The database does not check it with every record: the numbers come from here."""

    async def read():
        connection = await psycopg.AsyncConnection.connect(place.settings.database_url, autocommit=True)
        async with connection:
            return await load(connection, fsc_port=8443)

    snapshot = asyncio.run(read())
    known = {
        (owner, grant_hash): numbers
        for owner, grant_hash, *numbers in rows.execute(
            "SELECT owner_id, grant_hash, p.number, g.number FROM contract_grant g JOIN hosted_peer p ON p.peer_id = owner_id"
        )
    }
    seen = set()
    for view in snapshot.values():
        for outgoing, held_grants in ((True, view.outgoing), (False, view.incoming)):
            for grant_hash, held in held_grants.items():
                fixed = held.log_outgoing if outgoing else held.log_incoming
                owner_number, grant_number = known[view.peer_id, grant_hash]
                assert fixed == side(owner_number, grant_number, outgoing=outgoing)
                assert view.peer_id == (held.grant.outway_peer_id if outgoing else held.grant.service_peer_id)
                assert view.number == owner_number
                seen.add((view.peer_id, grant_hash, outgoing))
    assert len(seen) == 10 + 3, "a call to oneself has two sides"


# ---- reading
@dataclasses.dataclass(frozen=True)
class Entry:
    """One record as the model knows it."""

    owner: str
    grant: dict
    grant_hash: str
    outgoing: bool
    id: uuid.UUID
    at: datetime

    @property
    def key(self) -> Position:
        return self.at, self.id, self.outgoing

    @property
    def sides(self) -> tuple[str, str]:
        return self.grant["outway"]["peer_id"], self.grant["service"]["peer_id"]

    @property
    def delegators(self) -> tuple[str | None, str | None]:
        named = (self.grant.get("delegator"), self.grant["service"].get("delegator"))
        return named[0] and named[0]["peer_id"], named[1] and named[1]["peer_id"]

    @property
    def told(self) -> tuple:
        (outway, provider), (delegator, offered_for) = self.sides, self.delegators
        named = (self.grant_hash, self.grant["service"]["name"], outway, delegator, provider, offered_for)
        return self.id, self.at, self.outgoing, None, None, *named, self.grant.get("properties")


def wanted_of(entries: list[Entry], wanted: Selection) -> list[Entry]:
    """What a selection means: every record looked at."""

    def wants(entry: Entry) -> bool:
        service = entry.grant["service"]["name"]
        return (
            entry.owner == wanted.owner
            and (wanted.party is None or wanted.party in (*entry.sides, *entry.delegators))
            and (wanted.other is None or sorted(entry.sides) == sorted((wanted.owner, wanted.other)))
            and (wanted.outgoing is None or entry.outgoing == wanted.outgoing)
            and (not (wanted.grants or wanted.services) or entry.grant_hash in wanted.grants or service in wanted.services)
            and (wanted.since is None or entry.at >= wanted.since)
            and (wanted.until is None or entry.at < wanted.until)
            and (wanted.past is None or (entry.key < wanted.past if wanted.descending else entry.key > wanted.past))
        )

    return sorted(filter(wants, entries), key=lambda entry: entry.key, reverse=wanted.descending)


@pytest.fixture(scope="module")
def entries(place) -> list[Entry]:
    """Records in four months: at the very ends of months, some at the same moment, some on both sides of one call."""
    chance = random.Random(11)
    first = NOW.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    edges = [first + timedelta(microseconds=shift) for shift in (-1, 0, 1)]
    anywhere = [first - timedelta(microseconds=chance.randrange(60 * 86_400 * 10**6)) for _ in range(50)]
    moments = edges * 6 + anywhere * 2 + anywhere[:5] * 6
    with psycopg.connect(place.settings.database_url) as connection, connection.cursor() as cursor:
        hashes = cursor.execute(
            "SELECT number, position, owner_id, grant_hash FROM contract_grant WHERE outway_peer_id IS NOT NULL"
        ).fetchall()
        sides = [
            (number, Entry(owner, GRANTS[position], grant_hash, outgoing, uuid.UUID(int=0), NOW))
            for number, position, owner, grant_hash in hashes
            for outgoing, peer in ((True, "outway"), (False, "service"))
            if GRANTS[position][peer]["peer_id"] == owner
        ]
        ids = [uuid.UUID(int=chance.getrandbits(128)) for _ in range(100)]
        made = [
            (number, dataclasses.replace(entry, id=chance.choice(ids), at=at))
            for at, (number, entry) in ((at, chance.choice(sides)) for at in moments)
        ]
        unique = {(entry.owner, *entry.key): (number, entry) for number, entry in made}
        cursor.executemany(
            "INSERT INTO transaction_record (owner_number, grant_number, outgoing, transaction_id, created_at) "
            "SELECT number, %s, %s, %s, %s FROM hosted_peer WHERE peer_id = %s",
            [(number, entry.outgoing, entry.id, entry.at, entry.owner) for number, entry in unique.values()],
        )
    return [entry for _, entry in unique.values()]


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_page_is_what_a_look_at_every_record_gives(place, entries, data) -> None:
    def some(*values):
        return data.draw(st.none() | st.sampled_from([*values]))

    moments = sorted({entry.at + timedelta(microseconds=shift) for entry in entries for shift in (-1, 0, 1)})
    hashes = sorted({entry.grant_hash for entry in entries})
    wanted = Selection(
        data.draw(st.sampled_from([OWNER, OWNER, NEIGHBOUR, STRANGER])),
        party=some(*PEERS, STRANGER),
        other=some(*PEERS, STRANGER),
        outgoing=some(True, False),
        grants=data.draw(st.lists(st.sampled_from([*hashes, "$1$3$onbekend"]), max_size=3)),
        services=data.draw(st.lists(st.sampled_from(["een", "twee", "drie", "oneven", "niets"]), max_size=2)),
        since=some(*moments),
        until=some(*moments),
        past=some(*(entry.key for entry in entries), (moments[7], uuid.UUID(int=2**127), True)),
        descending=data.draw(st.booleans()),
    )
    limit = data.draw(st.sampled_from([1, 2, 7, 1000]))
    with place.transaction() as session:
        found = repository.page(session, wanted, limit=limit)
    assert [tuple(call) for call in found] == [entry.told for entry in wanted_of(entries, wanted)[:limit]]


@pytest.mark.parametrize("party", [None, OTHERS[0], STRANGER])
def test_records_by_transaction_are_those_of_the_owner_and_the_party(place, entries, party) -> None:
    ids = sorted({entry.id for entry in entries})[:60]
    with place.transaction() as session:
        found = repository.of_transactions(session, OWNER, ids, party=party)
    wanted = [entry for entry in wanted_of(entries, Selection(OWNER, party=party)) if entry.id in ids]
    assert [tuple(call) for call in found] == [entry.told for entry in wanted]


def test_view_for_operators_says_the_same(entries, rows) -> None:
    columns = (
        "transaction_id, created_at, outgoing, trace_id, span_id, grant_hash, service_name, outway_peer_id, "
        "outway_delegator_id, service_peer_id, service_delegator_id, additional_data"
    )
    for owner in (OWNER, NEIGHBOUR):
        shown = rows.execute(
            f"SELECT {columns} FROM transaction_log WHERE peer_id = %s ORDER BY created_at, transaction_id, outgoing", [owner]
        ).fetchall()
        assert shown == [entry.told for entry in wanted_of(entries, Selection(owner, descending=False))]
