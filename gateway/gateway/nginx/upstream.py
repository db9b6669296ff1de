"""nginx's named upstreams, which keep connections alive: one per offered service, and one per Outway, remote Inway and
protocol.

Each upstream has its own location, with a name made from the upstream's name. With an upstream name in a variable, nginx would
search through all upstreams, one by one, for every call.
"""

from __future__ import annotations

import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import ip_address

from gateway.hosts import Hosts
from gateway.nginx.way import DIRECT, HTTP_2, Way, way_to
from gateway.outway.models import RemoteInway
from gateway.service.models import OfferedService
from gateway.service.rules import origin

log = logging.getLogger("gateway.nginx")
_SERVICE_IDLE_SECONDS = 4  # below uvicorn's five, so that we never write on a connection that the service is closing
_INWAY_IDLE_SECONDS = 8  # below the ten seconds that an nginx Inway keeps a connection through a reload
_LOOKUPS = 16  # at the same time


@dataclass(frozen=True)
class Upstream:
    """A named upstream of peer `peer_id`: from its Outway to a remote Inway, or from its Inway to a service. `way`: how a call
    without limits goes there; `idle` in seconds."""

    peer_id: str
    name: str
    address: str
    way: Way
    idle: int
    outway: bool


def service_upstream(peer_id: str, name: str) -> str:
    """The name of an offered service's upstream. Names of upstreams and locations differ from the first characters on, since
    nginx compares them from the start."""
    return f"{_short(f'{peer_id} {name}')}_service_{peer_id}"


def inway_upstream(peer_id: str, host: str, port: int, *, http2: bool = False) -> str:
    """The name of the upstream to a remote Inway, for one Outway and protocol. One per Outway, since a kept connection carries
    that Outway's certificate and must never serve another peer. One per protocol, since nginx could reuse a kept HTTP/2
    connection for an HTTP/1.1 call, which then hangs."""
    return f"{_short(f'{peer_id} {host}:{port}' + ' 2' * http2)}_inway_{peer_id}"


def upstreams(hosts: Hosts, offered: list[OfferedService], inways: list[RemoteInway], *, http2: bool) -> dict[str, Upstream]:
    """All upstreams by name; those without an address now are left out. `http2`: Inways can be called in HTTP/2 too."""
    addresses = _addresses(hosts, {origin(row.url)[0] for row in offered} | {row.host for row in inways})
    found = []
    for row in offered:
        host, port = origin(row.url)
        if address := addresses[host]:
            name, way = service_upstream(row.peer_id, row.name), way_to(row.url, row.protocol, row.ca_pem)
            found.append(Upstream(row.peer_id, name, f"{address}:{port}", way, _SERVICE_IDLE_SECONDS, outway=False))
    for inway in inways:
        for way in (DIRECT, HTTP_2) if http2 else (DIRECT,):
            if address := addresses[inway.host]:
                name = inway_upstream(inway.peer_id, inway.host, inway.port, http2=way.http2)
                found.append(Upstream(inway.peer_id, name, f"{address}:{inway.port}", way, _INWAY_IDLE_SECONDS, outway=True))
    return {upstream.name: upstream for upstream in sorted(found, key=lambda upstream: upstream.name)}


def _addresses(hosts: Hosts, names: set[str]) -> dict[str, str | None]:
    with ThreadPoolExecutor(_LOOKUPS) as pool:
        found = dict(zip(names, pool.map(hosts.resolve, names), strict=True))
    for name in sorted(name for name, address in found.items() if address is None):
        log.warning("%s has no address now; its upstream is left out", name)
    return {name: _literal(address) if address else None for name, address in found.items()}


def _literal(address: str) -> str:
    return f"[{address}]" if ip_address(address).version == 6 else address


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
