"""Use cases: let a client use an Outway, change what it may use, remove it."""

from __future__ import annotations

from dataclasses import dataclass

from gemeengoed_kit.errors import InvalidParam
from sqlalchemy.orm import Session

from gateway.client import repository
from gateway.client.errors import ClientNotFound, ClientRefused, SecretTaken
from gateway.client.models import OutwayClient
from gateway.contract import grants
from gateway.db import lock, notify
from gateway.deployment import Deployment


@dataclass(frozen=True)
class Wish:
    """The wanted settings of a client. `secret_sha256` (hex) is None to keep the secret; grants are hashes."""

    description: str
    secret_sha256: str | None
    grants: list[str]
    default_grant: str | None
    blocked: bool


def put(deployment: Deployment, session: Session, peer_id: str, name: str, wish: Wish) -> OutwayClient:
    """Make or change a client; the change holds from the next call.

    Raises:
        ClientRefused: 409, lists all faults.
        SecretTaken: 409.
    """
    lock(session, "clients")
    client = repository.get(session, peer_id, name)
    _check(session, peer_id, wish, known=client is not None)
    if wish.secret_sha256 is not None:
        holder = repository.with_secret(session, wish.secret_sha256)
        if holder is not None and (holder.peer_id, holder.name) != (peer_id, name):
            raise SecretTaken("Dit geheim is al van een andere client; maak een nieuw willekeurig geheim.")
    if client is None:
        client = OutwayClient(peer_id=peer_id, name=name, secret_sha256=wish.secret_sha256, created_at=deployment.now)
        session.add(client)
    client.description, client.default_grant = wish.description, wish.default_grant
    client.secret_sha256 = wish.secret_sha256 or client.secret_sha256
    client.blocked_at = (client.blocked_at or deployment.now) if wish.blocked else None
    session.flush()
    repository.set_grants(session, peer_id, name, wish.grants)
    notify(session)
    return client


def _check(session: Session, peer_id: str, wish: Wish, *, known: bool) -> None:
    faults = []
    if wish.secret_sha256 is None and not known:
        faults.append(InvalidParam("geheimSha256", "verplicht", "een nieuwe client heeft een geheim nodig"))
    for index, one in enumerate(wish.grants):
        if not grants.has_outway_grant(session, peer_id, one):
            faults.append(InvalidParam(f"grants.{index}", "onbekend", f"peer {peer_id} heeft geen grant {one} voor zijn Outway"))
    if wish.default_grant is not None and wish.default_grant not in wish.grants:
        faults.append(InvalidParam("standaardGrant", "ontbreekt", "de standaardgrant staat niet bij grants"))
    if faults:
        raise ClientRefused("De client klopt niet; zie invalidParams.", invalid_params=faults)


def remove(session: Session, peer_id: str, name: str) -> None:
    """Remove a client; its next call is refused.

    Raises:
        ClientNotFound: 404.
    """
    if not repository.remove(session, peer_id, name):
        raise ClientNotFound(f"Peer {peer_id} heeft geen client {name!r}.")
    notify(session)
