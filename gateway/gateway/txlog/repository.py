"""Every query on the transaction log, writing aside (that is `writer` and `unused`)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from gateway.contract.models import Contract, ContractGrant
from gateway.txlog.models import TransactionRecord as Record
from gateway.txlog.selection import KEY, Selection, has_part

_FEW = 20
"""Up to so many grants each is looked up by itself; with more, all records are read in order and filtered."""

_IN_ORDER = select(*(func.set_config(f"enable_{way}", "off", True) for way in ("bitmapscan", "seqscan", "sort")))
"""For the rest of the transaction. The planner takes whose log it is, who calls and who is called for unrelated, so it expects
a handful of records where there are millions, and would read and sort them all."""


def page(session: Session, wanted: Selection, *, limit: int) -> list[Record]:
    """The next records of a selection, in order of time.

    Of each stretch the first few by moment, and whatever has the same moment as the last of them: that is an index's own
    order, and leaves the order within one moment to the merge.
    """
    session.execute(_IN_ORDER)
    parts = [
        select(Record).where(stretch).order_by(_way(wanted, Record.created_at)).fetch(limit, with_ties=True)
        for stretch in wanted.stretches(_grants(session, wanted))
    ]
    if not parts:
        return []
    merged = aliased(Record, union_all(*(select(part.subquery()) for part in parts)).subquery())
    order = [_way(wanted, getattr(merged, column.key)) for column in KEY]
    return list(session.scalars(select(merged).order_by(*order).limit(limit)))


def _way(wanted: Selection, column: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    return column.desc() if wanted.descending else column.asc()


def _grants(session: Session, wanted: Selection) -> list[str] | None:
    """The grants that a choice of grants and services comes down to; None without such a choice, or when they are many."""
    if not wanted.grants and not wanted.services:
        return None
    query = select(ContractGrant.grant_hash).where(
        ContractGrant.owner_id == wanted.owner,
        ContractGrant.outway_peer_id.is_not(None),
        ContractGrant.service_name.in_(wanted.services),
    )
    if wanted.party is not None:
        query = query.join(
            Contract, and_(Contract.owner_id == ContractGrant.owner_id, Contract.content_hash == ContractGrant.content_hash)
        ).where(Contract.parties.contains([wanted.party]))
    found = dict.fromkeys([*wanted.grants, *session.scalars(query.distinct().limit(_FEW + 1))])
    return list(found) if len(found) <= _FEW else None


def of_transactions(
    session: Session, owner: str, ids: Sequence[uuid.UUID], *, party: str | None = None, descending: bool = True
) -> list[Record]:
    """Records of a hosted peer by transaction; with `party`, only those in which that peer has a part."""
    query = select(Record).where(Record.transaction_id.in_(ids), Record.peer_id == owner)
    if party is not None:
        query = query.where(has_part(party))
    return list(session.scalars(query.order_by(*(column.desc() if descending else column.asc() for column in KEY))))


def count(session: Session, owner: str, since: datetime, length: timedelta) -> tuple[int, int]:
    """Outgoing and incoming records of a hosted peer from `since` on, for as long as `length`."""
    query = (
        select(Record.outgoing, func.count())
        .where(Record.peer_id == owner, Record.outgoing.in_((True, False)))
        .where(Record.created_at >= since, Record.created_at < literal(since) + length)
        .group_by(Record.outgoing)
    )
    found = {outgoing: number for outgoing, number in session.execute(query)}
    return found.get(True, 0), found.get(False, 0)
