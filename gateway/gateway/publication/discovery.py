"""Use case: find what the Directories show. They are asked over mTLS as the peer itself, never inside a transaction."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from gateway.contract import repository as contracts
from gateway.deployment import Deployment
from gateway.manager.client import ManagerClient, RemoteProblem
from gateway.manager.shown import ShownService
from gateway.peer.models import HostedPeer
from gateway.peer.service import require


@dataclass(frozen=True)
class Shown:
    """What one Directory shows (service listings of manager.yaml), or why it gave no answer (Dutch)."""

    address: str
    services: list[ShownService]
    problem: str | None


def discover(deployment: Deployment, peer_id: str, *, name: str | None, provider_id: str | None) -> list[Shown]:
    """The services that the Directories of the Group show now, and the peer itself if it is a Directory; optionally filtered.
    The Directory combines filters with OR.

    Raises:
        PeerNotFound: 404.
    """
    with deployment.transaction() as session:
        peer = require(session, peer_id)
        announced = [row.to_address for row in contracts.announcements(session, peer_id) if row.to_address]
    own = [deployment.manager_address(peer.manager_host)] if peer.directory else []
    directories = sorted({*own, *announced, *deployment.rules.directories})
    filters = {key: value for key, value in (("service_name", name), ("peer_id", provider_id)) if value}
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda address: _ask(deployment, peer, address, filters), directories))


def _ask(deployment: Deployment, peer: HostedPeer, address: str, filters: dict[str, str]) -> Shown:
    try:
        return Shown(address, ManagerClient(deployment, peer).services(address, filters), None)
    except (RemoteProblem, OSError) as problem:
        return Shown(address, [], str(problem))
