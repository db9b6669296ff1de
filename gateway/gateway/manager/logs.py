"""GET /logs (FSC Logging, logging.yaml): the part of a hosted peer's transaction log that another peer may see."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from typing import Any

from fastapi import Request

from gateway.deployment import Deployment, from_unix
from gateway.errors import malformed
from gateway.manager.caller import Conversation
from gateway.manager.paging import comma_list, is_descending, limit_of
from gateway.txlog import repository
from gateway.txlog.cursor import cursor_of, position
from gateway.txlog.models import LoggedCall
from gateway.txlog.selection import Position, Selection

_DEFAULT_LIMIT = 25


def log_list(deployment: Deployment, talk: Conversation, request: Request) -> dict[str, Any]:
    """Records of the owner in which the caller has a part. Reading page by page gives each record that existed at the start
    exactly once.

    Raises:
        ManagerError: 400, a parameter outside logging.yaml.
    """
    ids = comma_list(request, "transaction_ids")
    rows, cursor = _of_transactions(deployment, talk, ids) if ids is not None else _page(deployment, talk, request)
    return {"records": [_record(row) for row in rows], "pagination": {"next_cursor": cursor}}


def _page(deployment: Deployment, talk: Conversation, request: Request) -> tuple[list[LoggedCall], str]:
    limit = limit_of(request, _DEFAULT_LIMIT)
    wanted = Selection(
        talk.owner.peer_id,
        party=talk.caller.peer_id,
        grants=comma_list(request, "grant_hash") or (),
        services=comma_list(request, "service_name") or (),
        since=_moment(request, "after", 1),
        until=_moment(request, "before", 0),
        past=_past(request),
        descending=is_descending(request),
    )
    with deployment.transaction() as session:
        rows = repository.page(session, wanted, limit=limit + 1)
        shown = rows[:limit]
        return shown, cursor_of(shown[-1]) if len(rows) > limit else ""


def _of_transactions(deployment: Deployment, talk: Conversation, ids: list[str]) -> tuple[list[LoggedCall], str]:
    """All records of these transactions. The other parameters are ignored, but the caller still sees only its own records
    (logging.yaml)."""
    with deployment.transaction() as session:
        known = [found for found in map(_uuid, ids) if found is not None]
        return repository.of_transactions(session, talk.owner.peer_id, known, party=talk.caller.peer_id), ""


def _record(row: LoggedCall) -> dict[str, Any]:
    source = {"type": "SOURCE_TYPE_SOURCE", "outway_peer_id": row.outway_peer_id}
    if row.outway_delegator_id is not None:
        source |= {"type": "SOURCE_TYPE_DELEGATED_SOURCE", "delegator_peer_id": row.outway_delegator_id}
    destination = {"type": "DESTINATION_TYPE_DESTINATION", "service_peer_id": row.service_peer_id}
    if row.service_delegator_id is not None:
        destination |= {"type": "DESTINATION_TYPE_DELEGATED_DESTINATION", "delegator_peer_id": row.service_delegator_id}
    optional = {name: getattr(row, name) for name in ("additional_data", "trace_id", "span_id")}
    return {
        "transaction_id": str(row.transaction_id),
        "direction": row.direction,
        "grant_hash": row.grant_hash,
        "source": source,
        "destination": destination,
        "service_name": row.service_name,
        "created_at": int(row.created_at.timestamp()),
        **{name: value for name, value in optional.items() if value is not None},
    }


def _moment(request: Request, name: str, shift: int) -> datetime | None:
    """A bound in whole seconds, as records show their time; "after 100" means from 101 on."""
    text = request.query_params.get(name)
    if text is None:
        return None
    if not re.fullmatch("[0-9]{1,19}", text):
        raise malformed(f"{name} is een moment in hele Unix-seconden.")
    return from_unix(int(text) + shift)


def _past(request: Request) -> Position | None:
    cursor = request.query_params.get("cursor")
    try:
        return position(cursor) if cursor else None
    except ValueError as problem:
        raise malformed("Deze cursor is niet van deze lijst.") from problem


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
