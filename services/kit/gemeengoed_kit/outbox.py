"""Transactional outbox: what must reach another source is written with the change that causes it.

A job sends it afterwards, as often as needed, with the row's id as Idempotency-Key: at least once on the
way, once in effect. What the receiver refuses for good stays, marked, until a person has looked at it.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, func, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from gemeengoed_kit.client import OutwayClient, SourceError
from gemeengoed_kit.context import Context, Work
from gemeengoed_kit.db import Base
from gemeengoed_kit.jobs import Task

log = logging.getLogger("gemeengoed.outbox")
TASK = "outbox.versturen"
BATCH = 20
PARALLEL = 4
BACKOFF_MAX_SECONDS = 300


class OutboxMessage(Base):
    """One POST to make at another source."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_te_versturen_idx", "volgende_poging_op", postgresql_where="verzonden_op IS NULL AND geweigerd_op IS NULL"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, doc="also the Idempotency-Key")
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    bron: Mapped[str]
    pad: Mapped[str]
    inhoud: Mapped[dict[str, Any]] = mapped_column(JSONB)
    onderwerp: Mapped[str] = mapped_column(unique=True, doc="own resource that it is about: one message each")
    groep: Mapped[str] = mapped_column(index=True, doc="own resource whose progress it counts for")
    ontstaan_op: Mapped[datetime]
    pogingen: Mapped[int] = mapped_column(default=0)
    volgende_poging_op: Mapped[datetime]
    onderweg: Mapped[bool] = mapped_column(default=False, doc="taken by the drain that runs now")
    verzonden_op: Mapped[datetime | None]
    geweigerd_op: Mapped[datetime | None]
    antwoord_pad: Mapped[str | None] = mapped_column(doc="Location of the resource that the receiver made")
    fout: Mapped[str | None] = mapped_column(doc="what went wrong the last time")


def put(work: Work, *, source: str, path: str, body: dict[str, Any], subject: str, group: str) -> None:
    """Add a message to this transaction and queue its sending, once per transaction."""
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
            onderweg=False,
        )
    )
    if not work.session.info.get("outbox"):
        work.session.info["outbox"] = True
        work.defer(TASK, lock=TASK)


def progress(session: Session, group: str) -> tuple[int, int, int]:
    """(all, sent, refused) messages of a group."""
    row = session.execute(
        select(
            func.count(),
            func.count(OutboxMessage.verzonden_op),
            func.count(OutboxMessage.geweigerd_op),
        ).where(OutboxMessage.groep == group)
    ).one()
    return row[0], row[1], row[2]


def answers(session: Session, subjects: Sequence[str]) -> dict[str, str]:
    """Own resource to the path of what the receiver made of it, for what has been delivered."""
    rows = session.execute(
        select(OutboxMessage.onderwerp, OutboxMessage.antwoord_pad).where(
            OutboxMessage.onderwerp.in_(subjects), OutboxMessage.antwoord_pad.is_not(None)
        )
    )
    return {subject: path for subject, path in rows if path is not None}


def task(client: OutwayClient) -> dict[str, Task]:
    """The job that drains the outbox, for a service's tasks."""
    return {TASK: Task(lambda context: drain(context, client), attempts=None)}


def drain(context: Context, client: OutwayClient) -> None:
    """Send everything that is due; plan a next run for what has to wait. No call is made in a transaction.

    The job's lock lets one drain run at a time, so what an earlier one had taken and never finished is free again.
    """
    with context.sessions.begin() as session:
        session.execute(update(OutboxMessage).where(OutboxMessage.onderweg).values(onderweg=False))
    with ThreadPoolExecutor(PARALLEL) as pool:
        while batch := _take(context):
            list(pool.map(lambda message: _deliver(context, client, message), batch))
    _plan_next(context)


def _take(context: Context) -> list[OutboxMessage]:
    due = (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.verzonden_op.is_(None),
            OutboxMessage.geweigerd_op.is_(None),
            OutboxMessage.onderweg.is_(False),
            OutboxMessage.volgende_poging_op <= context.clock.now(),
        )
        .order_by(OutboxMessage.volgnummer)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    with context.sessions.begin() as session:
        return list(
            session.scalars(
                update(OutboxMessage)
                .where(OutboxMessage.id.in_(due))
                .values(onderweg=True, pogingen=OutboxMessage.pogingen + 1)
                .returning(OutboxMessage)
            )
        )


def _deliver(context: Context, client: OutwayClient, message: OutboxMessage) -> None:
    outcome: dict[str, Any]
    try:
        made = client.post(
            message.bron, message.pad, message.inhoud, idempotency_key=str(message.id), creates=rf"{message.pad}/[^/]+"
        )
        outcome = {"verzonden_op": context.clock.now(), "antwoord_pad": made, "fout": None}
    except SourceError as error:
        now = context.clock.now()
        if error.permanent:
            log.error("outbox %s refused for good: %s", message.onderwerp, error)
            outcome = {"geweigerd_op": now, "fout": str(error)}
        else:
            wait = min(2 ** (message.pogingen - 1), BACKOFF_MAX_SECONDS)
            log.warning("outbox %s not delivered, again in %s s: %s", message.onderwerp, wait, error)
            outcome = {"volgende_poging_op": now + timedelta(seconds=wait), "fout": str(error)}
    with context.sessions.begin() as session:
        session.execute(update(OutboxMessage).where(OutboxMessage.id == message.id).values(onderweg=False, **outcome))


def _plan_next(context: Context) -> None:
    with context.sessions.begin() as session:
        first = session.execute(
            select(func.min(OutboxMessage.volgende_poging_op)).where(
                OutboxMessage.verzonden_op.is_(None), OutboxMessage.geweigerd_op.is_(None)
            )
        ).scalar()
        if first is not None:
            assert context.jobs is not None
            wait = max((first - context.clock.now()).total_seconds(), 0.1)
            context.jobs.defer(session, TASK, lock=TASK, in_seconds=wait)
