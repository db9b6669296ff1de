"""Every query on the transaction log, except writing (see `writer` and `unused`)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ARRAY, Boolean, ColumnElement, Integer, SQLColumnExpression, func, literal, select, text, true
from sqlalchemy.orm import Session, aliased

from gateway.contract.models import ContractGrant as Grant
from gateway.peer.models import HostedPeer
from gateway.txlog.models import LoggedCall
from gateway.txlog.models import TransactionRecord as Record
from gateway.txlog.selection import KEY, Selection, has_part

_OF_RECORD = ("transaction_id", "created_at", "outgoing", "trace_id", "span_id")
_OF_GRANT = (
    Grant.grant_hash,
    Grant.service_name,
    Grant.outway_peer_id,
    Grant.delegator_peer_id,
    Grant.service_peer_id,
    Grant.service_delegator_id,
    Grant.external_contract,
)
_IN_ORDER = text("SET LOCAL enable_sort = off")
"""Holds for the rest of the transaction. The planner assumes that all grants are equally busy. Where it expects that a grant has
fewer records than fit on a page, it would read and sort all its records; for a busy grant that may be most of the log."""


def page(session: Session, wanted: Selection, *, limit: int) -> list[LoggedCall]:
    """The next records of a selection, in order of time.

    The log of several years is too long to sort, and too long to skip through with an offset. So it is read in stretches that
    an index holds in order of time: the two directions of a peer or, when only some of its grants are wanted, each of those
    grants. Each stretch gives its first `limit` records by time, and all records with the same time as the last of them. The
    index has exactly this order; the merge of the stretches sorts records of the same time. So a page costs the same in a log
    of any length. The number of wanted grants is not limited: each costs up to `limit` records, and about three disk pages for
    every month in which it has no records.
    """
    column: SQLColumnExpression[Any]
    chosen = wanted.of_grants()
    if chosen is None:
        sides = [side for side in (True, False) if wanted.outgoing in (None, side)]
        column, stretches, conditions = Record.outgoing, literal(sides, ARRAY(Boolean)), [_in_log_of(wanted.owner)]
    else:
        numbers = list(session.scalars(select(Grant.number).where(*chosen)))
        column, stretches, conditions = Record.grant_number, literal(numbers, ARRAY(Integer)), []
        if wanted.outgoing is not None:  # in a contract with oneself, both sides have the same grant
            conditions.append(Record.outgoing == wanted.outgoing)
    session.execute(_IN_ORDER)
    each = func.unnest(stretches).table_valued("stretch").render_derived()
    records = select(Record).where(column == each.c.stretch, *conditions, *wanted.bounds())
    first = aliased(Record, records.order_by(_way(wanted, Record.created_at)).fetch(limit, with_ties=True).lateral())
    merged = select(first).select_from(each).join(first, true()).order_by(*_order(wanted, first)).limit(limit)
    shown = aliased(Record, merged.subquery())
    return _calls(session, shown, [], _order(wanted, shown))


def of_transactions(
    session: Session, owner: str, ids: Sequence[uuid.UUID], *, party: str | None = None, descending: bool = True
) -> list[LoggedCall]:
    """Records of a hosted peer by transaction; with `party`, only the records in which that peer has a part."""
    conditions = [Record.transaction_id.in_(ids), _in_log_of(owner)]
    if party is not None:
        conditions.append(has_part(party))
    return _calls(session, Record, conditions, [column.desc() if descending else column.asc() for column in KEY])


def count(session: Session, owner: str, since: datetime, length: timedelta) -> tuple[int, int]:
    """Number of outgoing and of incoming records of a hosted peer, from `since` on, during `length`."""
    query = (
        select(Record.outgoing, func.count())
        .where(_in_log_of(owner), Record.outgoing.in_((True, False)))
        .where(Record.created_at >= since, Record.created_at < literal(since) + length)
        .group_by(Record.outgoing)
    )
    found = {outgoing: number for outgoing, number in session.execute(query)}
    return found.get(True, 0), found.get(False, 0)


def _calls(
    session: Session, records: type[Record], conditions: list[ColumnElement[bool]], order: list[ColumnElement[Any]]
) -> list[LoggedCall]:
    query = select(*(getattr(records, name) for name in _OF_RECORD), *_OF_GRANT)
    query = query.join(Grant, Grant.number == records.grant_number).where(*conditions).order_by(*order)
    return [LoggedCall._make(row) for row in session.execute(query)]


def _in_log_of(owner: str) -> ColumnElement[bool]:
    return Record.owner_number == select(HostedPeer.number).where(HostedPeer.peer_id == owner).scalar_subquery()


def _order(wanted: Selection, records: type[Record]) -> list[ColumnElement[Any]]:
    return [_way(wanted, getattr(records, column.key)) for column in KEY]


def _way(wanted: Selection, column: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    return column.desc() if wanted.descending else column.asc()
