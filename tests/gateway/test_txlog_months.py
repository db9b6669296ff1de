"""The months of the transaction log: made in time, dropped when due, and nothing else. On a database without a gateway."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from gateway.db import migrate
from gateway.deployment import Deployment
from gateway.settings import GatewaySettings
from gateway.txlog import partitions, upkeep
from gemeengoed_kit.clock import SystemClock

from tests.gateway.lab import TOKEN

NOW = datetime.now(UTC)
THIS_MONTH = NOW.date().replace(day=1)
LONG_AGO = [date(THIS_MONTH.year - 3, month, 1) for month in (1, 2, 3)]
INSERT = (
    "INSERT INTO transaction_record (owner_number, grant_number, outgoing, transaction_id, created_at) "
    "VALUES (1, 1, true, gen_random_uuid(), %s)"
)
CHANGES = ("UPDATE {} SET trace_id = 'anders'", "DELETE FROM {}", "TRUNCATE {}")


@pytest.fixture
def database(templates):
    made = templates.copy("gateway", lambda template: migrate(template.owner_url))
    yield made
    templates.drop(made)


@pytest.fixture
def place(database, tmp_path) -> Iterator[Deployment]:
    settings = GatewaySettings(
        database_url=database.url, run_dir=tmp_path, keys_dir=tmp_path, dev_pki_dir=tmp_path, beheer_token=TOKEN
    )
    made = Deployment(settings, SystemClock())
    yield made
    made.engine.dispose()


@pytest.fixture
def service(database) -> Iterator[psycopg.Connection]:
    """As the gateway's own role."""
    with psycopg.connect(database.url, autocommit=True) as connection:
        yield connection


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def make(service: psycopg.Connection, *months: date) -> None:
    for month in months:
        assert service.execute("SELECT transaction_record_make_month(%s)", [month]).fetchone() == (True,)


def months(place: Deployment) -> list[date]:
    with place.transaction() as session:
        return partitions.months(session)


def ahead(place: Deployment, moment: datetime) -> int:
    with place.transaction() as session:
        return partitions.months_ahead(session, moment)


def test_migration_leaves_this_month_and_three_more(place) -> None:
    assert months(place)[0] == THIS_MONTH and len(months(place)) == 4
    assert ahead(place, NOW) == 3
    assert ahead(place, midnight(months(place)[-1])) == 0
    assert ahead(place, midnight(LONG_AGO[0])) == -1


def test_care_makes_what_is_missing_and_does_nothing_the_second_time(database, place) -> None:
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute(f"DROP TABLE transaction_record_{months(place)[2]:%Y_%m}")
    assert ahead(place, NOW) == 1
    assert upkeep.care(place) and ahead(place, NOW) == 3
    before = months(place)
    assert upkeep.care(place) and months(place) == before


def test_last_microsecond_of_a_month_belongs_to_it(service, place) -> None:
    make(service, LONG_AGO[0])
    begin, end = midnight(LONG_AGO[0]), midnight(LONG_AGO[1])
    for moment in (begin, end - timedelta(microseconds=1)):
        service.execute(INSERT, [moment])
    for moment in (begin - timedelta(microseconds=1), end):
        with pytest.raises(psycopg.errors.CheckViolation, match="no partition"):
            service.execute(INSERT, [moment])


def test_month_is_in_utc_whatever_the_session_says(service) -> None:
    service.execute("SET timezone = 'Pacific/Kiritimati'")
    make(service, LONG_AGO[0])
    service.execute(INSERT, [midnight(LONG_AGO[1]) - timedelta(microseconds=1)])


def test_care_drops_whole_months_past_retention_and_nothing_younger(service, place) -> None:
    """The Group keeps 730 days: the month in which that limit lies stays as a whole."""
    limit = (NOW - timedelta(days=place.rules.log_retention_days)).date().replace(day=1)
    before, after = (limit - timedelta(days=1)).replace(day=1), partitions.following(limit)
    make(service, *LONG_AGO[:2], before, limit, after)
    for month in (*LONG_AGO[:2], before, limit, after, THIS_MONTH):
        service.execute(INSERT, [midnight(partitions.following(month)) - timedelta(microseconds=1)])
    assert upkeep.care(place)
    assert months(place)[:3] == [limit, after, THIS_MONTH]
    oldest = service.execute("SELECT min(created_at), count(*) FROM transaction_record").fetchone()
    assert oldest == (midnight(after) - timedelta(microseconds=1), 3)


def test_database_refuses_to_drop_what_is_within_the_retention(service, place) -> None:
    recent = (THIS_MONTH - timedelta(days=1)).replace(day=1)
    make(service, recent, *LONG_AGO[:1])
    for month, days in ((THIS_MONTH, 730), (THIS_MONTH, 0), (THIS_MONTH, -10_000), (recent, 0), (LONG_AGO[0], 3_000)):
        with pytest.raises(psycopg.errors.RaiseException, match="is kept"):
            service.execute("SELECT transaction_record_drop_month(%s, %s)", [month, days])
    assert len(months(place)) == 6


def test_dropping_a_month_that_is_not_there_does_nothing(service) -> None:
    assert service.execute("SELECT transaction_record_drop_month(%s, 730)", [LONG_AGO[0]]).fetchone() == (False,)


def test_table_with_the_name_of_a_month_that_is_none_stays(database, service) -> None:
    name = f"transaction_record_{LONG_AGO[0]:%Y_%m}"
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute(f"CREATE TABLE {name} (n integer)")
        assert service.execute("SELECT transaction_record_drop_month(%s, 730)", [LONG_AGO[0]]).fetchone() == (False,)
        with pytest.raises(psycopg.errors.DuplicateTable):
            service.execute("SELECT transaction_record_make_month(%s)", [LONG_AGO[0]])
        assert owner.execute(f"SELECT count(*) FROM {name}").fetchone() == (0,)


def test_month_with_other_bounds_stays(database, service, place) -> None:
    """Somebody made a partition by hand, of two months; it is not ours to drop by its name."""
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute(
            f"CREATE TABLE transaction_record_{LONG_AGO[0]:%Y_%m} PARTITION OF transaction_record "
            f"FOR VALUES FROM ('{LONG_AGO[0]}Z') TO ('{LONG_AGO[2]}Z')"
        )
    assert service.execute("SELECT transaction_record_drop_month(%s, 730)", [LONG_AGO[0]]).fetchone() == (False,)
    assert LONG_AGO[0] in months(place)


def test_months_are_not_made_for_ever(service) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match="two years ahead"):
        service.execute("SELECT transaction_record_make_month(%s)", [date(THIS_MONTH.year + 3, 1, 1)])


def test_role_of_the_service_can_only_add(service) -> None:
    service.execute(INSERT, [NOW])
    part = f"transaction_record_{THIS_MONTH:%Y_%m}"
    forbidden = [
        f"ALTER TABLE transaction_record DETACH PARTITION {part}",
        f"INSERT INTO {part} SELECT * FROM transaction_record",
    ]
    for table in ("transaction_record", part):
        forbidden += [*(change.format(table) for change in CHANGES), f"DROP TABLE {table}"]
    for statement in forbidden:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            service.execute(statement)
    assert service.execute("SELECT count(*) FROM transaction_record").fetchone() == (1,)


def test_owner_cannot_change_records_by_accident(database, service) -> None:
    service.execute(INSERT, [NOW])
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        for table in ("transaction_record", f"transaction_record_{THIS_MONTH:%Y_%m}"):
            for change in CHANGES:
                with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
                    owner.execute(change.format(table))


def test_dropping_gives_way_to_calls(database, service, place) -> None:
    """While the log is locked, no month is dropped, and a call that writes meanwhile does not wait long."""
    make(service, LONG_AGO[0])
    with psycopg.connect(database.url) as reader:
        reader.execute("SELECT count(*) FROM transaction_record")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            service.execute("SELECT transaction_record_drop_month(%s, 730)", [LONG_AGO[0]])
    assert upkeep.care(place) and LONG_AGO[0] not in months(place)


def test_making_a_month_does_not_wait_for_who_writes(database, service) -> None:
    with psycopg.connect(database.url) as writer:
        writer.execute(INSERT, [NOW])
        make(service, LONG_AGO[0])


def test_one_process_at_a_time_cares(database, place) -> None:
    with psycopg.connect(database.url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [upkeep.LOCK])
        assert not upkeep.care(place)
        other.execute("SELECT pg_advisory_unlock(%s)", [upkeep.LOCK])
        assert upkeep.care(place)
