"""Answers of the Manager's GET endpoints."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import Request
from sqlalchemy.orm import Session

from gateway.contract import grants as granted
from gateway.contract import repository as contracts
from gateway.deployment import Deployment
from gateway.errors import malformed
from gateway.manager.caller import Conversation
from gateway.manager.paging import make_cursor, read_ids, read_page, text_filter, typed
from gateway.names import DELEGATED_SERVICE, SERVICE, GrantType, SignatureType
from gateway.peer import repository as peers
from gateway.peer.models import KnownPeer
from gateway.pki.certificate import from_pem

Row = TypeVar("Row")


def contract_list(deployment: Deployment, talk: Conversation, request: Request) -> str:
    """JSON of GET /contracts: only contracts to which the caller is a party, each content exactly as received.

    Raises:
        ManagerError: 400, a parameter outside manager.yaml.
    """
    hashes = read_ids(request, "grant_hash")
    owner, party = talk.owner.peer_id, talk.caller.peer_id
    with deployment.transaction() as session:
        if hashes is not None:
            rows, more = contracts.with_grants(session, owner, hashes, party=party), False
        else:
            asked = read_page(request)
            rows, more = contracts.page(
                session,
                owner,
                party=party,
                after=typed(asked.after, int, str),
                descending=asked.descending,
                limit=asked.limit,
                grant_type=_grant_type(request),
            )
        signed = contracts.signatures(session, owner, [row.content_hash for row in rows])
    items = []
    for row in rows:
        maps: dict[str, dict[str, str]] = {str(kind): {} for kind in SignatureType}
        for signature in signed[row.content_hash]:
            maps[signature.type][signature.peer_id] = signature.jws
        items.append(f'{{"content":{row.content},"signatures":{json.dumps(maps)}}}')
    cursor = make_cursor(rows[-1].created_at, rows[-1].content_hash) if more else ""
    return f'{{"contracts":[{",".join(items)}],"pagination":{{"next_cursor":{json.dumps(cursor)}}}}}'


def peer_list(deployment: Deployment, talk: Conversation, request: Request) -> dict[str, Any]:
    """GET /peers.

    Raises:
        ManagerError: 400, a parameter outside manager.yaml.
    """
    wanted = read_ids(request, "peer_id")
    with deployment.transaction() as session:
        if wanted is not None:
            known = peers.names(session, talk.owner.peer_id, set(wanted))
            shown, cursor = [known[peer_id] for peer_id in sorted(known)], ""
        else:
            shown, cursor = _page_of_peers(session, talk.owner.peer_id, request)
    return {"peers": [_peer(row.peer_id, row) for row in shown], "pagination": {"next_cursor": cursor}}


def _page_of_peers(session: Session, owner_id: str, request: Request) -> tuple[list[KnownPeer], str]:
    asked = read_page(request)
    after = typed(asked.after, str)
    rows = peers.list_known(
        session,
        owner_id,
        name=text_filter(request, "peer_name"),
        after=after[0] if after else None,
        descending=asked.descending,
        limit=asked.limit + 1,
    )
    return _cut(rows, asked.limit, lambda row: (row.peer_id,))


def service_list(deployment: Deployment, talk: Conversation, request: Request) -> dict[str, Any]:
    """GET /services: the services that our valid contracts publish, with properties (ts Services-3, -4).

    A service is listed once for itself, and once for each peer on whose behalf it is offered; the newest contract of each
    counts.

    Raises:
        ManagerError: 400, a parameter outside manager.yaml.
    """
    asked = read_page(request)
    owner = talk.owner.peer_id
    with deployment.transaction() as session:
        rows = granted.published(
            session,
            owner,
            now=deployment.unix_now,
            after=typed(asked.after, str, str, str),
            service_peer_id=text_filter(request, "peer_id"),
            name=text_filter(request, "service_name"),
            descending=asked.descending,
            limit=asked.limit + 1,
        )
        shown, cursor = _cut(rows, asked.limit, lambda row: (row.service_peer_id, row.service_name, row.delegator_peer_id or ""))
        grants = [json.loads(row.data) for row in shown]
        involved = {grant["service"]["peer_id"] for grant in grants} | {
            grant["delegator"]["peer_id"] for grant in grants if "delegator" in grant
        }
        known = peers.names(session, owner, involved)
    return {"services": [_service(grant, known) for grant in grants], "pagination": {"next_cursor": cursor}}


def key_set(deployment: Deployment, peer_id: str) -> dict[str, Any]:
    """GET /.well-known/jwks.json."""
    with deployment.transaction() as session:
        return {"keys": public_keys(session, peer_id)}


def public_keys(session: Session, peer_id: str) -> list[dict[str, Any]]:
    """The keys of a hosted peer's Manager: the current one and those of earlier certificates (FSC Core, M7)."""
    return [from_pem(row.pem).public_jwk() for row in peers.certificates(session, peer_id, "manager")]


def _grant_type(request: Request) -> str | None:
    kind = request.query_params.get("grant_type")
    if kind is not None and kind not in set(GrantType):
        raise malformed(f"grant_type is een van {', '.join(GrantType)}.")
    return kind


def _cut(rows: list[Row], limit: int, key: Callable[[Row], tuple[str, ...]]) -> tuple[list[Row], str]:
    shown = rows[:limit]
    return shown, make_cursor(*key(shown[-1])) if len(rows) > limit else ""


def _peer(peer_id: str, known: KnownPeer | None) -> dict[str, str]:
    return {"id": peer_id, "name": known.name if known else peer_id, "manager_address": known.manager_address if known else ""}


def _service(grant: dict[str, Any], known: dict[str, KnownPeer]) -> dict[str, Any]:
    provider, delegator = grant["service"]["peer_id"], grant.get("delegator", {}).get("peer_id")
    kind = DELEGATED_SERVICE if delegator else SERVICE
    listed: dict[str, Any] = {
        "type": kind,
        "peer": _peer(provider, known.get(provider)),
        "name": grant["service"]["name"],
        "protocol": grant["service"]["protocol"],
    }
    if delegator:
        listed["delegator"] = {"peer_id": delegator, "peer_name": _peer(delegator, known.get(delegator))["name"]}
    if "properties" in grant:
        listed["properties"] = grant["properties"]
    return {"type": kind, "data": listed}
