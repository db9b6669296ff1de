"""GET /logs of the Manager: which records a peer sees, in which order, page by page; against a model, over mTLS."""

from __future__ import annotations

import dataclasses
import random
import uuid
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gateway.fakepeer import Peer
from tests.gateway.independent import grant_hash, make_content
from tests.gateway.lab import OINS

OWNER, HOST = OINS["logboek"], "manager.logboek.lab.localhost"
DESCENDING, ASCENDING = "SORT_ORDER_DESCENDING", "SORT_ORDER_ASCENDING"
INSERT = (
    "INSERT INTO transaction_record (owner_number, grant_number, outgoing, transaction_id, created_at) "
    "SELECT p.number, g.number, %s, %s, %s FROM contract_grant g JOIN hosted_peer p ON p.peer_id = g.owner_id "
    "WHERE p.peer_id = %s AND g.grant_hash = %s"
)


@dataclasses.dataclass(frozen=True)
class Entry:
    """One record as the model knows it."""

    outgoing: bool
    transaction_id: uuid.UUID
    grant: str
    service: str
    outway: str
    outway_delegator: str | None
    provider: str
    service_delegator: str | None
    at: datetime

    @property
    def key(self) -> tuple[datetime, uuid.UUID, bool]:
        return self.at, self.transaction_id, self.outgoing

    @property
    def parties(self) -> set[str | None]:
        return {self.outway, self.outway_delegator, self.provider, self.service_delegator}

    @property
    def seconds(self) -> int:
        return int(self.at.timestamp())

    def told(self) -> tuple[str, str, int]:
        return str(self.transaction_id), "DIRECTION_OUTGOING" if self.outgoing else "DIRECTION_INCOMING", self.seconds


@dataclasses.dataclass
class Book:
    """A hosted peer's log, filled at random, and the peers that may ask for it."""

    database_url: str
    callers: dict[str, Peer]
    grants: list[tuple[str, dict]]
    entries: list[Entry]
    random: random.Random

    def entry(self, at: datetime) -> Entry:
        hash_, grant = self.random.choice(self.grants)
        service, outway = grant["service"], grant["outway"]["peer_id"]
        sides = [side for side, peer in ((True, outway), (False, service["peer_id"])) if peer == OWNER]
        return Entry(
            self.random.choice(sides),
            uuid.UUID(int=self.random.getrandbits(128)),
            hash_,
            service["name"],
            outway,
            grant.get("delegator", {}).get("peer_id"),
            service["peer_id"],
            service.get("delegator", {}).get("peer_id"),
            at,
        )

    def write(self, *entries: Entry) -> None:
        with psycopg.connect(self.database_url) as connection, connection.cursor() as cursor:
            rows = [(entry.outgoing, entry.transaction_id, entry.at, OWNER, entry.grant) for entry in entries]
            cursor.executemany(INSERT, rows)

    def walk(self, caller: str, between=lambda: None, **query: object) -> list[tuple[str, str, int]]:
        """What the pages say, one after another; `between` happens after each page."""
        found: list[tuple[str, str, int]] = []
        cursor = ""
        while True:
            parameters = {**query, "cursor": cursor}
            text = "&".join(f"{name}={value}" for name, value in parameters.items() if value not in (None, ""))
            answer = self.callers[caller].speaker.ask("GET", HOST, f"/v1/logs?{text}")
            assert answer.status_code == 200, answer.text
            page = answer.json()
            assert "transaction_ids" in query or len(page["records"]) <= int(str(query.get("limit") or 25))
            found += [(row["transaction_id"], row["direction"], row["created_at"]) for row in page["records"]]
            cursor = page["pagination"]["next_cursor"]
            if not cursor:
                return found
            between()

    def seen(self, caller: str, descending: bool = True) -> list[Entry]:
        mine = (entry for entry in self.entries if caller in entry.parties)
        return sorted(mine, key=lambda entry: entry.key, reverse=descending)


def moments(chance: random.Random) -> list[datetime]:
    """Anywhere in three months, at the very ends of months, and some more than once."""
    first = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    before = (first - timedelta(days=1)).replace(day=1)
    edges = [edge + timedelta(microseconds=shift) for edge in (before, first) for shift in (-1, 0, 1)]
    anywhere = [before + timedelta(microseconds=chance.randrange(50 * 86_400 * 10**6)) for _ in range(60)]
    return edges * 4 + anywhere + anywhere[:30] + [moment.replace(microsecond=0) for moment in anywhere[:20]]


@pytest.fixture(scope="module")
def book(lab, peers, fake, other, folder) -> Book:
    third = Peer(lab, folder, "logderde")
    callers = {peer.oin: peer for peer in (fake, other, third)}
    lab.add_peer("logboek")
    lab.wait_served("logboek")
    for service in ("een", "twee"):
        lab.post(f"/peers/{OWNER}/services", {"naam": service, "url": f"http://{lab.address}:7001"})
    content = make_content(
        fake.connection(OWNER, "een"),
        fake.connection(OWNER, "twee"),
        other.connection(OWNER, "een"),
        other.connection(OWNER, "twee", delegator=third.oin),
        other.connection(OWNER, "een", delegator=fake.oin, offered_for=third.oin),
        third.connection(OWNER, "een", offered_for=fake.oin),
        third.connection(OWNER, "twee", delegator=third.oin, offered_for=fake.oin),
        lab.connection(OWNER, fake.oin, "ergens"),
        {**lab.connection(OWNER, other.oin, "ergens"), "type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION"}
        | {"delegator": {"peer_id": third.oin}},
        lab.connection(OWNER, OWNER, "een"),
    )
    assert fake.submit(content, host=HOST).status_code == 201
    with psycopg.connect(lab.owner_url) as owner:
        owner.execute("SELECT transaction_record_make_month(current_date - n * 28) FROM generate_series(1, 4) AS n")
    chance = random.Random(7)
    grants = [(grant_hash(content, number), grant["data"]) for number, grant in enumerate(content["grants"])]
    made = Book(lab.database_url, callers, grants, [], chance)
    made.entries = [made.entry(moment) for moment in moments(chance)]
    made.write(*made.entries)
    return made


def test_every_party_sees_its_own_records_and_no_others(book) -> None:
    for caller in book.callers:
        expected = [entry.told() for entry in book.seen(caller)]
        assert 0 < len(expected) < len(book.entries)
        assert book.walk(caller, limit=1000) == expected


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_asked_equals_the_model(book, data) -> None:
    caller = data.draw(st.sampled_from(sorted(book.callers)))
    descending = data.draw(st.booleans())
    edges = sorted({entry.seconds + shift for entry in book.entries for shift in (-1, 0, 1)})
    after, before = (data.draw(st.none() | st.sampled_from(edges)) for _ in "ab")
    grants = data.draw(st.lists(st.sampled_from([hash_ for hash_, _ in book.grants] + ["$1$3$onbekend"]), max_size=3))
    services = data.draw(st.lists(st.sampled_from(["een", "twee", "ergens", "niets"]), max_size=2))
    expected = [
        entry.told()
        for entry in book.seen(caller, descending)
        if (after is None or entry.seconds > after)
        and (before is None or entry.seconds < before)
        and (not (grants or services) or entry.grant in grants or entry.service in services)
    ]
    found = book.walk(
        caller,
        limit=data.draw(st.sampled_from([1, 5, None])) if len(expected) < 12 else 25,
        sort_order=DESCENDING if descending else ASCENDING,
        after=after,
        before=before,
        grant_hash=",".join(grants),
        service_name=",".join(services),
    )
    assert found == expected


@pytest.mark.parametrize("order", [ASCENDING, DESCENDING])
def test_walk_meets_each_record_once_while_others_arrive(book, order) -> None:
    caller = min(book.callers)
    there = [entry.told() for entry in book.seen(caller, order == DESCENDING)]

    def arrive() -> None:
        late = datetime.now(UTC) - timedelta(seconds=book.random.randrange(40 * 86_400))
        fresh = [book.entry(moment) for moment in (datetime.now(UTC), late)]
        book.entries += fresh
        book.write(*fresh)

    found = book.walk(caller, arrive, limit=11, sort_order=order)
    assert len(found) == len(set(found))
    assert [told for told in found if told in set(there)] == there


def test_transaction_ids_ignore_the_other_parameters_but_not_who_asks(book) -> None:
    caller = max(book.callers)
    some = book.random.sample(book.entries, 40)
    ids = ",".join(["geen-uuid", str(uuid.uuid4()), *(str(entry.transaction_id) for entry in some)])
    found = book.walk(caller, transaction_ids=ids, limit=1, after=4_000_000_000, service_name="niets")
    assert sorted(found) == sorted(entry.told() for entry in some if caller in entry.parties)
    assert 0 < len(found) < 40


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=1001", "limit=x", "sort_order=OMHOOG", "after=-1", "before=1.5", "cursor=onzin", "service_name=%00"],
)
def test_parameter_outside_the_standard_is_refused(book, query) -> None:
    answer = book.callers[min(book.callers)].speaker.ask("GET", HOST, f"/v1/logs?{query}")
    assert (answer.status_code, answer.headers["Fsc-Error-Code"]) == (400, "ERROR_CODE_MALFORMED_REQUEST")


def test_default_page_is_25_newest_first(book) -> None:
    caller = min(book.callers)
    answer = book.callers[caller].speaker.ask("GET", HOST, "/v1/logs").json()
    assert [row["transaction_id"] for row in answer["records"]] == [str(e.transaction_id) for e in book.seen(caller)[:25]]
    assert answer["pagination"]["next_cursor"]


def test_stranger_sees_nothing(book, stranger) -> None:
    answer = stranger.speaker.ask("GET", HOST, "/v1/logs").json()
    assert answer == {"records": [], "pagination": {"next_cursor": ""}}
    ids = ",".join(str(entry.transaction_id) for entry in book.entries[:50])
    assert stranger.speaker.ask("GET", HOST, f"/v1/logs?transaction_ids={ids}").json()["records"] == []


def test_management_api_shows_the_whole_log_and_filters_it(lab, book) -> None:
    everything = sorted(book.entries, key=lambda entry: entry.key, reverse=True)
    found, cursor = [], None
    while True:
        page = lab.get(f"/peers/{OWNER}/transactions", limit=90, **({"cursor": cursor} if cursor else {}))
        found += [row["transactionId"] for row in page["results"]]
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert found == [str(entry.transaction_id) for entry in everything]
    hash_, other, half = book.grants[4][0], min(book.callers), everything[len(everything) // 2].at
    for filters, wanted in (
        ({"direction": "DIRECTION_OUTGOING"}, lambda e: e.outgoing),
        ({"serviceName": "twee", "direction": "DIRECTION_INCOMING"}, lambda e: e.service == "twee" and not e.outgoing),
        ({"grantHash": hash_}, lambda e: e.grant == hash_),
        ({"anderePeerId": other}, lambda e: other in (e.outway, e.provider)),
        ({"anderePeerId": OWNER}, lambda e: e.outway == e.provider),
        ({"anderePeerId": other, "grantHash": hash_}, lambda e: other in (e.outway, e.provider) and e.grant == hash_),
        ({"van": half.isoformat()}, lambda e: e.at >= half),
        ({"tot": half.isoformat()}, lambda e: e.at < half),
    ):
        rows = lab.get(f"/peers/{OWNER}/transactions", limit=1000, **filters)["results"]
        assert [row["transactionId"] for row in rows] == [str(e.transaction_id) for e in everything if wanted(e)], filters


def test_management_api_counts_within_a_period(lab, book) -> None:
    since = datetime.now(UTC) - timedelta(days=29)
    for days in (1, 7, 31):
        counted = lab.get(f"/peers/{OWNER}/transactions/aantal", van=since.isoformat(), dagen=days)
        inside = [entry.outgoing for entry in book.entries if since <= entry.at < since + timedelta(days=days)]
        assert counted == {"uitgaand": sum(inside), "inkomend": len(inside) - sum(inside)}
        assert days < 31 or all(counted.values())
    answer = lab.beheer.get(f"/peers/{OWNER}/transactions/aantal", params={"van": since.isoformat(), "dagen": 32})
    assert answer.status_code == 400, answer.text
    assert lab.get(f"/peers/{OWNER}/transactions/aantal", van="2100-12-31T23:59:59Z") == {"uitgaand": 0, "inkomend": 0}
    beyond = lab.beheer.get(f"/peers/{OWNER}/transactions/aantal", params={"van": "9999-12-31T23:59:59Z"})
    assert beyond.status_code == 400 and [fault["name"] for fault in beyond.json()["invalidParams"]] == ["van"]
