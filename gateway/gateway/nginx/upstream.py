"""nginx's named upstreams, one per offered service and per remote Inway of each Outway: they keep connections alive."""

from __future__ import annotations

import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import ip_address

from gateway.hosts import Hosts
from gateway.outway.models import RemoteInway
from gateway.service.models import OfferedService
from gateway.service.rules import origin

log = logging.getLogger("gateway.nginx")
_SERVICE_IDLE_SECONDS = 4  # below uvicorn's five, so that we never write on a connection the service is closing
_INWAY_IDLE_SECONDS = 8  # below the ten seconds that an nginx Inway keeps a connection through a reload
_LOOKUPS = 16  # at the same time


@dataclass(frozen=True)
class Upstream:
    """A named upstream. `idle` in seconds."""

    name: str
    address: str
    idle: int


def service_upstream(peer_id: str, name: str) -> str:
    """The upstream of an offered service. nginx compares an upstream's name with all others, letter by letter, on each call:
    names that differ from the start keep that cheap with a thousand of them."""
    return f"{_short(f'{peer_id} {name}')}_service_{peer_id}"


def inway_upstream(peer_id: str, host: str, port: int) -> str:
    """The upstream of a remote Inway as one Outway calls it. Per Outway, since a kept connection carries that
    Outway's certificate and must never serve another peer."""
    return f"{_short(f'{peer_id} {host}:{port}')}_inway_{peer_id}"


def upstreams(hosts: Hosts, offered: list[OfferedService], inways: list[RemoteInway]) -> dict[str, Upstream]:
    """All upstreams by name; what has no address now is left out."""
    wanted = [(service_upstream(row.peer_id, row.name), *origin(row.url), _SERVICE_IDLE_SECONDS) for row in offered]
    wanted += [(inway_upstream(row.peer_id, row.host, row.port), row.host, row.port, _INWAY_IDLE_SECONDS) for row in inways]
    addresses = _addresses(hosts, {host for _, host, _, _ in wanted})
    return {
        name: Upstream(name, f"{address}:{port}", idle)
        for name, host, port, idle in sorted(wanted)
        if (address := addresses[host]) is not None
    }


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
