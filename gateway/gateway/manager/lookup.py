"""Where another peer's Manager is, when that is not known or no longer so: the Directories tell (FSC Core, Announce)."""

from __future__ import annotations

from gateway.contract import repository as contracts
from gateway.db import notify
from gateway.deployment import Deployment
from gateway.manager.client import ManagerClient, RemoteProblem
from gateway.peer import repository as peers


def look_up(deployment: Deployment, client: ManagerClient, peer_id: str, *, stale: str | None = None) -> str:
    """The address of the Manager of `peer_id`, from the Directories that the client's owner announced itself at; it is
    remembered. `stale`: the address where that Manager is not found. Never inside a transaction.

    Raises:
        RemoteProblem: no Directory knows the peer, or at another address than `stale`.
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
    """Keep the name and Manager address of another peer, as found just now; everyone hears of it when they changed."""
    with deployment.transaction() as session:
        if peers.remember(session, owner_id, peer_id, name, address, now=deployment.now, announced=False):
            notify(session)
