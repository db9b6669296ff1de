"""Finds another peer's Manager when its address is unknown or out of date: the Directories have it (FSC Core, Announce)."""

from __future__ import annotations

from gateway.contract import repository as contracts
from gateway.db import notify
from gateway.deployment import Deployment
from gateway.manager.client import ManagerClient, RemoteProblem
from gateway.peer import repository as peers


def look_up(deployment: Deployment, client: ManagerClient, peer_id: str, *, stale: str | None = None) -> str:
    """The address of the Manager of `peer_id`, from the Directories at which the client's owner announced itself; it is stored.
    `stale`: the address at which that Manager was not found. Never call this inside a transaction.

    Raises:
        RemoteProblem: no Directory knows the peer, or all know only `stale`.
    """
    with deployment.transaction() as session:
        announced = contracts.announcements(session, client.owner_id)
    directories = dict.fromkeys(row.to_address for row in announced if row.to_address)
    problems = []
    for directory in directories:
        try:
            found = client.address_of(directory, peer_id, stale=stale)
        except RemoteProblem as problem:
            problems.append(str(problem))
            continue
        if found is not None:
            address, name = found
            remember(deployment, client.owner_id, peer_id, name, address)
            return address
    unknown = "geen Directory kent hem" if stale is None else "geen Directory kent een ander adres"
    raise RemoteProblem(
        f"het Manager-adres van peer {peer_id} is onbekend; "
        + ("; ".join(problems) or (unknown if directories else "meld je eerst aan bij een Directory"))
    )


def remember(deployment: Deployment, owner_id: str, peer_id: str, name: str, address: str) -> None:
    """Store the name and Manager address of another peer, as just found; every process is notified when they changed."""
    with deployment.transaction() as session:
        if peers.remember(session, owner_id, peer_id, name, address, now=deployment.now, announced=False):
            notify(session)
