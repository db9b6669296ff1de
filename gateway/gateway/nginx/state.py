"""The part of the database that goes into nginx's configuration."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from gateway.limit import repository as limits
from gateway.limit.models import CallLimit
from gateway.limit.rules import NONE, Kind
from gateway.nginx.way import Way, way_to
from gateway.outway import repository as outways
from gateway.outway.models import RemoteInway
from gateway.peer import repository as peers
from gateway.peer.models import HostedPeer
from gateway.service import repository as services
from gateway.service.models import OfferedService
from gateway.service.rules import origin

log = logging.getLogger("gateway.nginx")


@dataclass(frozen=True)
class State:
    """Rows that were read together."""

    hosted: list[HostedPeer]
    offered: list[OfferedService]
    inways: list[RemoteInway]
    limits: list[CallLimit]

    def ways(self) -> dict[str, list[Way]]:
        """For each peer all ways with limits that its Inway may use, in a fixed order. Services share them: there is one way
        for each distinct combination of limits."""
        found: dict[str, set[Way]] = defaultdict(set)
        limited: dict[str, list[CallLimit]] = defaultdict(list)
        for row in self.limits:
            limited[row.peer_id].append(row)
        for service in self.offered:
            rows = limited[service.peer_id]
            own = [row.limit for row in rows if row.key == (Kind.SERVICE, service.name)]
            callers = [row.limit for row in rows if row.kind == Kind.CALLER]
            way = way_to(service.url, service.protocol, service.ca_pem)
            ways = {way.limited(limit, caller) for limit in (NONE, *own) for caller in (NONE, *callers)}
            found[service.peer_id] |= ways - {way}
        return {peer_id: sorted(ways, key=lambda way: way.name) for peer_id, ways in found.items()}


def read_state(session: Session, can_be_served: Callable[[HostedPeer], bool]) -> State:
    """Everything, at one moment; peers that cannot be served are left out, and services whose row is damaged."""
    return State(
        [peer for peer in peers.all_hosted(session) if peer.disabled_at is None and can_be_served(peer)],
        [service for service in services.services(session) if _readable(service)],
        outways.remote_inways(session),
        limits.limits(session),
    )


def _readable(service: OfferedService) -> bool:
    try:
        origin(service.url)
        way_to(service.url, service.protocol, service.ca_pem)
    except ValueError as problem:
        log.error("service %s of peer %s is left out: %s", service.name, service.peer_id, problem)
        return False
    return True
