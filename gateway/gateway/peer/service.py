"""Use cases for hosted peers: find one, store its public certificates, announce it."""

from __future__ import annotations

from gemeengoed_kit.errors import Invalid, InvalidParam
from sqlalchemy.orm import Session

from gateway.contract import repository as contracts
from gateway.contract import signing
from gateway.db import lock, notify
from gateway.deployment import Deployment
from gateway.manager.address import parse_address
from gateway.peer import repository
from gateway.peer.errors import NoKeys, PeerNotFound
from gateway.peer.models import HostedPeer
from gateway.pki.certificate import jws_algorithm
from gateway.pki.keypair import COMPONENTS


def require(session: Session, peer_id: str) -> HostedPeer:
    """A peer hosted here.

    Raises:
        PeerNotFound: 404.
    """
    found = repository.hosted(session, peer_id)
    if found is None:
        raise PeerNotFound(f"Peer {peer_id} wordt hier niet gehost.")
    return found


def record_certificates(deployment: Deployment, session: Session, peer: HostedPeer) -> bool:
    """Store the current public certificates of a peer, and renew its signatures on contracts that were made with another
    certificate than the Manager's current one. True when anything changed. The peer's own entry among its known peers is
    updated too.

    Raises:
        NoKeys: a certificate belongs to another peer.
        CertificateInvalid: unreadable, or with a key that cannot sign in FSC.
    """
    lock(session, "certificates", peer.peer_id)
    fresh = False
    for component in COMPONENTS:
        if not deployment.keys.has(peer.peer_id, component):
            continue
        certificate = deployment.keys.needed(peer.peer_id, component).certificate
        if certificate.peer_id != peer.peer_id:
            raise NoKeys(f"Het certificaat van de {component} is van peer {certificate.peer_id}, niet van {peer.peer_id}.")
        jws_algorithm(certificate.leaf)
        fresh |= repository.add_certificate(
            session, peer.peer_id, component, certificate.thumbprint, certificate.pem, now=deployment.now
        )
        if component == "manager":
            fresh |= signing.renew(deployment, session, peer.peer_id)
    know_itself(deployment, session, peer)
    return fresh


def know_itself(deployment: Deployment, session: Session, peer: HostedPeer) -> None:
    """Store a hosted peer's own name and Manager address among its known peers, since a Directory lists its own services. When
    either changed, announce it. The name is the one in the Manager's certificate: other peers see no other."""
    own, address = peer.peer_id, deployment.manager_address(peer.manager_host)
    pair = deployment.keys.usable(own, "manager")
    name = pair.certificate.peer_name if pair is not None else peer.name
    before = repository.known(session, own, own)
    if before is not None and pair is None and deployment.keys.has(own, "manager"):
        return  # damaged: what its name is, is not known now
    if before is not None and (before.name, before.manager_address) == (name, address):
        return
    repository.remember(session, own, own, name, address, now=deployment.now, announced=False)
    if before is not None:
        announce_itself(deployment, session, own)


def announce(deployment: Deployment, session: Session, peer_id: str, address: str) -> None:
    """Announce a hosted peer at a Directory; sent in the background, with retries until it succeeds.

    Raises:
        PeerNotFound: 404.
        Invalid: 400, no Manager address.
    """
    require(session, peer_id)
    try:
        host, port = parse_address(address, deployment.rules)
    except ValueError as problem:
        raise Invalid(
            "Dit is geen Manager-adres; zie invalidParams.", invalid_params=[InvalidParam("managerAddress", "vorm", str(problem))]
        ) from problem
    contracts.add_delivery(session, peer_id, kind="announce", now=deployment.now, to_address=f"https://{host}:{port}")
    notify(session)


def announce_itself(deployment: Deployment, session: Session, peer_id: str) -> None:
    """Announce a hosted peer's current name and Manager address to every peer that needs them: the Directories at which it
    announced itself and the parties to its running contracts (FSC Core, M12)."""
    for address in {row.to_address for row in contracts.announcements(session, peer_id) if row.to_address}:
        contracts.add_delivery(session, peer_id, kind="announce", now=deployment.now, to_address=address)
    others = contracts.running_with(session, peer_id, now=deployment.unix_now) - {peer_id}
    for other in repository.names(session, peer_id, others).values():
        contracts.add_delivery(
            session,
            peer_id,
            kind="announce",
            now=deployment.now,
            to_peer_id=other.peer_id,
            to_address=other.manager_address,
        )
