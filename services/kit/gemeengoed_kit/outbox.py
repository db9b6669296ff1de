"""Transactional outbox: a message to another source is written in the transaction of the change that causes it.

A loop beside the worker's jobs delivers it afterwards, as often as needed, with the row's id as Idempotency-Key: it is sent at
least once and takes effect once. A message that the receiver refuses stays, with the reason. It is retried every day, since
the cause may be fixed at the receiver, and at once when somebody asks.

Where the receiver takes many at a time (`Bulk`), messages of one kind go together, in order, all or none. What it refuses so is
sent one by one, so one wrong message keeps no other from going out. A repeat is as safe as of one: a receiver makes one resource
for a message, and the messages that it has already are compared (`Receiver.existing`).
"""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Lock, Thread
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import BigInteger, Identity, Index, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from gemeengoed_kit.client import OutwayClient, SourceError
from gemeengoed_kit.clock import Clock
from gemeengoed_kit.context import Context, Work
from gemeengoed_kit.db import ALIVE, Base
from gemeengoed_kit.settings import ServiceSettings

log = logging.getLogger("gemeengoed.outbox")
CHANNEL = "outbox"
OLD_TASK = "outbox.versturen"
"""Jobs with this name may still be in a queue. A service that ever queued them keeps a task for it that does nothing."""
PARALLEL = 4
POLL_SECONDS = 2.0
GRACE_SECONDS = 2.0
BACKOFF_MAX_SECONDS = 300
RECHECK = timedelta(days=1)
LONGEST_REASON = 2000
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


_SENT = text(
    "UPDATE outbox SET verzonden_op = :now, antwoord_pad = sent.path, geweigerd_op = NULL, fout = NULL, bezet_tot = NULL "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:paths AS text[])) AS sent (id, path) "
    "WHERE outbox.id = sent.id AND verzonden_op IS NULL"
)


class OutboxMessage(Base):
    """One POST to another source."""

    __tablename__ = "outbox"
    __table_args__ = (Index("outbox_onbezorgd_idx", "volgende_poging_op", "volgnummer", postgresql_where="verzonden_op IS NULL"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, doc="also the Idempotency-Key")
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    bron: Mapped[str]
    pad: Mapped[str]
    inhoud: Mapped[dict[str, Any] | None] = mapped_column(JSONB, doc="forgotten some time after delivery: see `retention`")
    onderwerp: Mapped[str] = mapped_column(unique=True, doc="own resource that it is about: one message each")
    groep: Mapped[str] = mapped_column(index=True, doc="own resource whose progress it counts for")
    ontstaan_op: Mapped[datetime]
    pogingen: Mapped[int] = mapped_column(default=0, doc="how often a worker took it")
    volgende_poging_op: Mapped[datetime] = mapped_column(doc="not tried before this, as long as it is not delivered")
    bezet_tot: Mapped[datetime | None] = mapped_column(doc="lease of the worker that delivers it now")
    verzonden_op: Mapped[datetime | None]
    geweigerd_op: Mapped[datetime | None] = mapped_column(doc="when the receiver refused it last; empty once it is sent again")
    antwoord_pad: Mapped[str | None] = mapped_column(doc="path of the resource that the receiver made")
    fout: Mapped[str | None] = mapped_column(doc="what went wrong the last time; of a refused message why it was refused")


@dataclass(frozen=True)
class Existing:
    """A resource that the receiver already has for a message: its path, and how it differs from the message."""

    path: str
    differences: Sequence[str] = ()


@dataclass(frozen=True)
class Bulk:
    """How a receiver takes many messages in one call.

    Attributes:
        most: how many, at most.
        send: makes the call, with the bodies and an Idempotency-Key; returns the paths of what was created, in the same order.
        faulty: the places of the messages that a refusal is about, from 0; empty when it does not say.
    """

    most: int
    send: Callable[[OutwayClient, Sequence[Mapping[str, Any]], str], Sequence[str]]
    faulty: Callable[[SourceError], Collection[int]]


@dataclass(frozen=True)
class Receiver:
    """How to deliver messages of one kind; defined by the feature that puts them.

    Attributes:
        source, path: where they are posted.
        creates: regular expression for the path of the resource that the source creates.
        existing: called with the refusal and the message's body when the source refuses. It returns what the source already has
            for this message, or None when the refusal is about something else. It may make calls to the source.
        bulk: how it takes many at a time, if it does.
    """

    source: str
    path: str
    creates: str
    existing: Callable[[OutwayClient, SourceError, Mapping[str, Any]], Existing | None]
    bulk: Bulk | None = None


class _Refused(Exception):
    """The receiver refused the message itself; the text says why."""


def put(work: Work, *, source: str, path: str, body: dict[str, Any], subject: str, group: str) -> None:
    """Add a message in this transaction; its commit wakes the workers."""
    now = work.clock.now()
    work.session.add(
        OutboxMessage(
            id=uuid.uuid4(),
            bron=source,
            pad=path,
            inhoud=body,
            onderwerp=subject,
            groep=group,
            ontstaan_op=now,
            volgende_poging_op=now,
            pogingen=0,
        )
    )
    _wake_at_commit(work.session)


def put_many(work: Work, *, source: str, path: str, messages: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
    """Add many messages with one statement.

    Args:
        messages: (subject, group, body), in the order in which they are to be delivered.
    """
    now = work.clock.now()
    if not messages:
        return
    rows = [{"id": str(uuid.uuid4()), "onderwerp": subject, "groep": group, "inhoud": body} for subject, group, body in messages]
    work.session.flush()  # what was put before goes before
    work.session.execute(_PUT, {"bron": source, "pad": path, "nu": now, "rijen": json.dumps(rows)})
    _wake_at_commit(work.session)


_PUT = text(
    "INSERT INTO outbox (id, bron, pad, inhoud, onderwerp, groep, ontstaan_op, volgende_poging_op, pogingen) "
    "SELECT r.id, :bron, :pad, r.inhoud, r.onderwerp, r.groep, :nu, :nu, 0 "
    "FROM ROWS FROM (jsonb_to_recordset(CAST(:rijen AS jsonb)) AS (id uuid, onderwerp text, groep text, inhoud jsonb)) "
    "WITH ORDINALITY AS r (id, onderwerp, groep, inhoud, plaats) ORDER BY r.plaats"
)


def again(session: Session, clock: Clock, message: OutboxMessage) -> None:
    """Make a refused message due at once."""
    message.geweigerd_op, message.volgende_poging_op = None, clock.now()
    session.flush()
    _wake_at_commit(session)


def _wake_at_commit(session: Session) -> None:
    if not session.info.get("outbox"):
        session.info["outbox"] = True
        session.execute(select(func.pg_notify(CHANNEL, "")))


def progress(session: Session, groups: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """Per group, the number of its messages: (all, sent, refused). A refused message that was sent after all counts as sent."""
    rows = session.execute(
        select(
            OutboxMessage.groep,
            func.count(),
            func.count(OutboxMessage.verzonden_op),
            func.count(OutboxMessage.geweigerd_op).filter(OutboxMessage.verzonden_op.is_(None)),
        )
        .where(OutboxMessage.groep.in_(groups))
        .group_by(OutboxMessage.groep)
    )
    found = {group: (total, sent, refused) for group, total, sent, refused in rows}
    return {group: found.get(group, (0, 0, 0)) for group in groups}


def answers(session: Session, subjects: Sequence[str]) -> dict[str, str]:
    """Own resource to the path of what the receiver created for it; only for delivered messages."""
    rows = session.execute(
        select(OutboxMessage.onderwerp, OutboxMessage.antwoord_pad).where(
            OutboxMessage.onderwerp.in_(subjects), OutboxMessage.antwoord_pad.is_not(None)
        )
    )
    return {subject: path for subject, path in rows if path is not None}


class Delivery:
    """Delivers the messages that are due. Several workers may each run one: a message is taken by lease, and no call is made in a
    transaction. A worker renews its leases while it delivers; when it dies they expire, and another worker takes over.

    Args:
        settings: `database_url` is used to listen; a lease lasts as long as a worker may be silent (six `heartbeat_seconds`).
        receivers: one for each kind of message that the service puts.
    """

    def __init__(self, settings: ServiceSettings, client: OutwayClient, receivers: Sequence[Receiver]) -> None:
        self._url = settings.database_url
        self._lease = timedelta(seconds=6 * settings.heartbeat_seconds)
        self._client = client
        self._receivers = {(receiver.source, receiver.path): receiver for receiver in receivers}
        self._wake = Event()
        self._guard = Lock()
        self._under_way: dict[uuid.UUID, Thread] = {}

    def wake(self) -> None:
        """Make `run` look for messages now."""
        self._wake.set()

    def run(self, context: Context, stopping: Event) -> None:
        """Deliver until `stopping` is set (and `wake` called). It wakes at every commit of a `put`, and looks every two seconds.

        Deliveries that are running at the end get two more seconds; of slower ones, the lease simply expires.
        """
        Thread(target=self._listen, args=(stopping,), name="outbox-listen", daemon=True).start()
        while not stopping.is_set():
            self._wake.clear()
            try:
                self._renew(context)
                self._start(context)
            except OperationalError as error:
                log.warning("the database is away, the outbox waits: %s", error.orig)
            except Exception:
                log.exception("outbox failed; trying again")
            self._wake.wait(min(POLL_SECONDS, self._lease.total_seconds() / 3))
        self._finish()

    def deliver_due(self, context: Context) -> int:
        """Try every message that is due now, once, and return their number. For tests and one-off commands."""
        tried = 0
        with ThreadPoolExecutor(PARALLEL) as pool:
            while parcels := self._take_parcels(context, PARALLEL):
                list(pool.map(partial(self._deliver_parcel, context), parcels))
                tried += sum(map(len, parcels))
        return tried

    def _listen(self, stopping: Event) -> None:
        while not stopping.is_set():
            try:
                with psycopg.connect(make_conninfo(self._url, **ALIVE), autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self.wake()
                    while not stopping.is_set():
                        for _ in connection.notifies(timeout=0.5, stop_after=1):
                            self.wake()
            except psycopg.Error as error:
                log.warning("not woken by the database, only by the clock: %s", error)
                stopping.wait(1)

    def _start(self, context: Context) -> None:
        with self._guard:
            held, busy = list(self._under_way), len(set(self._under_way.values()))
        for parcel in self._take_parcels(context, PARALLEL - busy, leave_out=held):
            thread = Thread(target=self._carry, args=(context, parcel), name="outbox", daemon=True)
            with self._guard:
                thread.start()
                self._under_way.update(dict.fromkeys((message.id for message in parcel), thread))

    def _carry(self, context: Context, parcel: Sequence[OutboxMessage]) -> None:
        try:
            self._deliver_parcel(context, parcel)
        except Exception:  # the outcome is not stored: the lease expires, and it is sent again
            log.exception("outcome of outbox %s (%s in all) is not stored", parcel[0].onderwerp, len(parcel))
        finally:
            with self._guard:
                for message in parcel:
                    del self._under_way[message.id]
            self.wake()

    def _finish(self) -> None:
        with self._guard:
            threads = list(self._under_way.values())
        end = time.monotonic() + GRACE_SECONDS
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))
        if any(thread.is_alive() for thread in threads):
            log.warning("stopped with deliveries under way; they are sent again after their lease")

    def _renew(self, context: Context) -> None:
        """Renew the leases of running deliveries. Storing an outcome clears `bezet_tot`; a cleared lease is not renewed."""
        with self._guard:
            held = list(self._under_way)
        if held:
            with context.sessions.begin() as session:
                session.execute(
                    update(OutboxMessage)
                    .where(OutboxMessage.id == func.any(held), OutboxMessage.bezet_tot.is_not(None))
                    .values(bezet_tot=context.clock.now() + self._lease)
                )

    def _take_parcels(self, context: Context, limit: int, *, leave_out: Sequence[uuid.UUID] = ()) -> list[list[OutboxMessage]]:
        """Take due messages for so many calls: each on its own, or many for a receiver that takes them so. What was refused goes
        alone, since it would take the others along."""
        taken = self._take(context, limit, leave_out=leave_out)
        parcels: list[list[OutboxMessage]] = []
        together: dict[tuple[str, str], list[OutboxMessage]] = {}
        for message in taken:
            receiver = self._receivers.get((message.bron, message.pad))
            if receiver is None or receiver.bulk is None or message.geweigerd_op is not None:
                parcels.append([message])
            else:
                together.setdefault((message.bron, message.pad), []).append(message)
        for kind, first in together.items():
            bulk = self._receivers[kind].bulk
            assert bulk is not None
            more = bulk.most - len(first)
            known = [*leave_out, *(message.id for message in taken)]
            rest = self._take(context, more, leave_out=known, kind=kind) if len(taken) == limit else []
            parcels.append(sorted([*first, *rest], key=lambda message: message.volgnummer))
        return parcels

    def _take(
        self, context: Context, limit: int, *, leave_out: Sequence[uuid.UUID] = (), kind: tuple[str, str] | None = None
    ) -> list[OutboxMessage]:
        """Take due messages that are not being delivered here (a lease may expire: not renewed, or the clock was set).

        Args:
            kind: (source, path) of those that may go together; what was refused before is none of them.
        """
        if limit <= 0:
            return []
        now = context.clock.now()
        of_kind: tuple[Any, ...] = ()
        if kind is not None:
            of_kind = (OutboxMessage.bron == kind[0], OutboxMessage.pad == kind[1], OutboxMessage.geweigerd_op.is_(None))
        due = (
            select(OutboxMessage.id)
            .where(
                OutboxMessage.verzonden_op.is_(None),
                OutboxMessage.volgende_poging_op <= now,
                or_(OutboxMessage.bezet_tot.is_(None), OutboxMessage.bezet_tot <= now),
                ~(OutboxMessage.id == func.any(list(leave_out))),
                *of_kind,
            )
            .order_by(OutboxMessage.volgende_poging_op, OutboxMessage.volgnummer)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        with context.sessions.begin() as session:
            return list(
                session.scalars(
                    update(OutboxMessage)
                    .where(OutboxMessage.id.in_(due))
                    .values(bezet_tot=now + self._lease, pogingen=OutboxMessage.pogingen + 1)
                    .returning(OutboxMessage)
                )
            )

    def _deliver_parcel(self, context: Context, parcel: Sequence[OutboxMessage]) -> None:
        """Deliver messages together where that can be; whatever the receiver refuses so, one by one."""
        receiver = self._receivers.get((parcel[0].bron, parcel[0].pad))
        bulk, left = receiver.bulk if receiver else None, list(parcel)
        alone: list[OutboxMessage] = []
        while bulk is not None and len(left) > 1:
            try:
                paths = bulk.send(self._client, [message.inhoud or {} for message in left], _key(left))
                if len(paths) != len(left):
                    raise ValueError(f"{len(left)} were sent, and {len(paths)} came back")
            except SourceError as refusal:
                if not refusal.permanent:
                    return self._fail_all(context, [*left, *alone], str(refusal), refusal.retry_after)
                wrong = set(bulk.faulty(refusal))
                alone += [message for place, message in enumerate(left) if place in wrong]
                left = [message for place, message in enumerate(left) if place not in wrong]
                log.info("outbox: %s of %s go one by one: %s", len(wrong) or "all", len(parcel), refusal)
                if not wrong:
                    break
            except Exception as error:
                log.exception("outbox: %s could not be sent together", len(left))
                return self._fail_all(context, [*left, *alone], f"interne fout: {type(error).__name__}: {error}", None)
            else:
                self._sent(context, left, paths)
                left = []
        for message in sorted([*left, *alone], key=lambda message: message.volgnummer):
            self._deliver(context, message)

    def _fail_all(self, context: Context, parcel: Sequence[OutboxMessage], reason: str, retry_after: float | None) -> None:
        with context.sessions.begin() as session:
            for message in parcel:
                outcome = self._failed(context, message, reason, retry_after)
                mine = update(OutboxMessage).where(OutboxMessage.id == message.id, OutboxMessage.verzonden_op.is_(None))
                session.execute(mine.where(OutboxMessage.pogingen == message.pogingen).values(bezet_tot=None, **outcome))

    def _sent(self, context: Context, parcel: Sequence[OutboxMessage], paths: Sequence[str]) -> None:
        with context.sessions.begin() as session:
            session.execute(_SENT, {"ids": [message.id for message in parcel], "paths": list(paths), "now": context.clock.now()})

    def _deliver(self, context: Context, message: OutboxMessage) -> None:
        outcome: dict[str, Any]
        try:
            path = self._send(message)
            outcome = {"verzonden_op": context.clock.now(), "antwoord_pad": path, "geweigerd_op": None, "fout": None}
        except _Refused as refusal:
            now = context.clock.now()
            log.error("outbox %s refused, tried again in a day: %s", message.onderwerp, refusal)
            outcome = {"geweigerd_op": now, "volgende_poging_op": now + RECHECK, "fout": _storable(str(refusal))}
        except SourceError as error:
            outcome = self._failed(context, message, str(error), error.retry_after)
        except Exception as error:  # one message must not keep the others from going out
            log.exception("outbox %s could not be sent", message.onderwerp)
            outcome = self._failed(context, message, f"interne fout: {type(error).__name__}: {error}", None)
        mine = update(OutboxMessage).where(OutboxMessage.id == message.id, OutboxMessage.verzonden_op.is_(None))
        if "verzonden_op" not in outcome:  # a worker that lost its lease may still report success, but not failure
            mine = mine.where(OutboxMessage.pogingen == message.pogingen)
        with context.sessions.begin() as session:
            session.execute(mine.values(bezet_tot=None, **outcome))

    def _send(self, message: OutboxMessage) -> str:
        """Send the message and return the path of what the receiver created.

        Raises:
            _Refused: the receiver created nothing, and said why.
            SourceError: the outcome is not known.
        """
        receiver = self._receivers.get((message.bron, message.pad))
        if receiver is None:
            raise LookupError(f"nothing here knows how {message.bron}{message.pad} receives")
        body = message.inhoud or {}
        try:
            return self._client.post(
                receiver.source, receiver.path, body, idempotency_key=str(message.id), creates=receiver.creates
            )
        except SourceError as refusal:
            if not refusal.permanent:
                raise
            there = receiver.existing(self._client, refusal, body)
            if there is None:
                raise _Refused(str(refusal)) from refusal
            if there.differences:
                raise _Refused(f"{refusal}; {there.path} is anders: {'; '.join(there.differences)}") from refusal
            log.info("outbox %s was there already, and equal: %s", message.onderwerp, there.path)
            return there.path

    def _failed(self, context: Context, message: OutboxMessage, reason: str, retry_after: float | None) -> dict[str, Any]:
        wait = min(max(2 ** min(message.pogingen - 1, 16), retry_after or 0), BACKOFF_MAX_SECONDS)
        log.warning("outbox %s not delivered, again in %s s: %s", message.onderwerp, wait, reason)
        # A refused message stays refused, with its reason, until the source answers otherwise.
        told = {} if message.geweigerd_op else {"fout": _storable(reason)}
        return {"volgende_poging_op": context.clock.now() + timedelta(seconds=wait), **told}


def _key(parcel: Sequence[OutboxMessage]) -> str:
    """The Idempotency-Key of messages that go together: always the same for the same ones."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, " ".join(str(message.id) for message in parcel)))


def _storable(reason: str) -> str:
    """Make the reason storable in PostgreSQL. If the outcome could not be stored, the message would be sent again for ever."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", reason)[:LONGEST_REASON]
