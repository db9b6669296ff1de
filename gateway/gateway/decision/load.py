"""Reads the snapshot from the database."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from psycopg import AsyncConnection

from gateway.client.rules import Client
from gateway.contract.content import Grant
from gateway.decision.snapshot import HeldGrant, PeerView, Snapshot, Target
from gateway.limit.rules import Kind, Limit
from gateway.names import GrantType
from gateway.nginx.upstream import inway_upstream, service_upstream
from gateway.nginx.way import DIRECT, HTTP_2, way_to
from gateway.pki.certificate import from_pem
from gateway.service.rules import origin
from gateway.txlog.record import side

PEERS = "SELECT peer_id, name, number, manager_host, clients_required FROM hosted_peer"
CERTIFICATES = "SELECT peer_id, thumbprint, pem FROM peer_certificate WHERE component = 'manager'"
GRANTS = """
    SELECT g.owner_id, g.number, g.grant_hash, g.data, s.complete, s.ended, s.not_before,
        least(s.not_after, s.accepted_until) AS until
    FROM contract_grant g JOIN contract_status s USING (owner_id, content_hash)
    WHERE g.grant_type = ANY(%s)"""
ALIASES = "SELECT peer_id, alias, grant_hash, earlier_grant_hash FROM grant_alias"
SERVICES = "SELECT peer_id, name, url, protocol, ca_pem, since_generation FROM offered_service WHERE withdrawn_at IS NULL"
LIMITS = """
    SELECT peer_id, kind, subject, calls_per_second, burst, concurrency, max_body_bytes, timeout_seconds, since_generation
    FROM call_limit"""
INWAYS = "SELECT peer_id, host, port, since_generation FROM remote_inway"
CLIENTS = """
    SELECT peer_id, secret_sha256, name, blocked_at IS NOT NULL, default_grant,
        ARRAY(SELECT grant_hash FROM outway_client_grant g WHERE g.peer_id = c.peer_id AND g.client_name = c.name)
    FROM outway_client c"""
MANAGERS = "SELECT owner_id, peer_id, manager_address FROM known_peer"
log = logging.getLogger("gateway.decision")
_AT_ONCE = 200  # rows, about two milliseconds of work; calls are answered between two portions
_certificate = lru_cache(maxsize=10_000)(from_pem)


async def load(connection: AsyncConnection, *, fsc_port: int) -> Snapshot:
    """Everything that decisions need, read as one consistent snapshot."""
    async with connection.transaction():
        await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        queries = (PEERS, CERTIFICATES, ALIASES, SERVICES, LIMITS, INWAYS, CLIENTS, MANAGERS)
        rows = {query: await _all(connection, query) for query in queries}
        grants = await _all(connection, GRANTS, [[GrantType.CONNECTION, GrantType.DELEGATED_CONNECTION]])
    views: Snapshot = {}
    for peer_id, name, number, manager_host, clients_required in rows[PEERS]:
        managers = {peer_id: f"https://{manager_host}:{fsc_port}"}
        views[peer_id] = PeerView(peer_id, name, number, managers=managers, clients_required=clients_required)
    async for peer_id, thumbprint, pem in _paced(rows[CERTIFICATES]):
        with _alone(peer_id, "certificate"):
            views[peer_id].certificates[thumbprint] = _certificate(pem)
    for peer_id, alias, grant_hash, earlier in rows[ALIASES]:
        views[peer_id].aliases[alias] = grant_hash
        if earlier is not None:
            views[peer_id].earlier[alias] = earlier
    for peer_id, name, url, protocol, ca, since in rows[SERVICES]:
        with _alone(peer_id, f"service {name}"):
            way = way_to(url, protocol, ca)
            views[peer_id].services[name] = Target(service_upstream(peer_id, name), *origin(url), since, way)
    for peer_id, kind, subject, *limits in rows[LIMITS]:
        with _alone(peer_id, f"limit of {kind}"):
            views[peer_id].limits[Kind(kind), subject] = Limit(*limits)
    for peer_id, host, port, since in rows[INWAYS]:
        for way in (DIRECT, HTTP_2):
            name = inway_upstream(peer_id, host, port, http2=way.http2)
            views[peer_id].inways[host, port, way.http2] = Target(name, host, port, since, way)
    for peer_id, secret, name, blocked, default_grant, allowed in rows[CLIENTS]:
        views[peer_id].clients[secret] = Client(name, blocked, frozenset(allowed), default_grant)
    for owner_id, peer_id, address in rows[MANAGERS]:
        views[owner_id].managers.setdefault(peer_id, address)
    await _sort_grants(views, grants)
    return views


async def _sort_grants(views: Snapshot, rows: list[tuple[Any, ...]]) -> None:
    async for owner_id, number, grant_hash, data, complete, ended, not_before, until in _paced(rows):
        with _alone(owner_id, f"grant {grant_hash}"):
            grant, view = Grant(json.loads(data), grant_hash), views[owner_id]
            calls, called = side(view.number, number, outgoing=True), side(view.number, number, outgoing=False)
            held = HeldGrant(grant, complete, ended, not_before, until or 0, calls, called)
            if grant.outway_peer_id == owner_id:
                view.outgoing[grant_hash] = held
            if grant.service_peer_id == owner_id:
                view.incoming[grant_hash] = held


@contextmanager
def _alone(peer_id: str, what: str) -> Iterator[None]:
    """What is wrong with a row of one peer costs that row alone: without it, nobody's changes would be followed."""
    try:
        yield
    except Exception as problem:  # whatever it is
        log.error("peer %s: its %s is left out: %s: %s", peer_id, what, type(problem).__name__, problem)


async def _all(connection: AsyncConnection, query: Any, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    cursor = await connection.execute(query, parameters)
    rows: list[tuple[Any, ...]] = []
    while portion := await cursor.fetchmany(_AT_ONCE):
        rows += portion
        await asyncio.sleep(0)
    return rows


async def _paced(rows: list[tuple[Any, ...]]) -> AsyncIterator[tuple[Any, ...]]:
    for start in range(0, len(rows), _AT_ONCE):
        await asyncio.sleep(0)
        for row in rows[start : start + _AT_ONCE]:
            yield row
