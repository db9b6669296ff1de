"""Use cases about hosted peers: create one, keep its public certificates, announce it."""

from __future__ import annotations

import socket

from gemeengoed_kit.errors import Invalid, InvalidParam
from sqlalchemy.orm import Session

from gateway.contract import repository as contracts
from gateway.db import lock, notify
from gateway.deployment import Deployment
from gateway.manager.address import parse_address
from gateway.peer import repository
from gateway.peer.errors import ListenTaken, NoKeys, NotInGroup, PeerTaken, PeerUnknown
from gateway.peer.models import HostedPeer
from gateway.pki.keypair import COMPONENTS
from gateway.settings import split_listen


def require(session: Session, peer_id: str) -> HostedPeer:
    """A peer hosted here.

    Raises:
        PeerUnknown: 404.
    """
    found = repository.hosted(session, peer_id)
    if found is None:
        raise PeerUnknown(f"Peer {peer_id} wordt hier niet gehost.")
    return found


def create(deployment: Deployment, session: Session, peer: HostedPeer) -> HostedPeer:
    """Host a new peer; with a development PKI its certificates are issued here, else they must lie ready.

    Raises:
        NotInGroup: 409, the Peer ID is not of the form that the Group prescribes.
        PeerTaken: 409, something of it belongs to another peer, or Manager and Inway share a name.
        ListenTaken: 409, the Outway cannot listen there.
        NoKeys: 409, no certificates.
    """
    if not deployment.rules.is_peer_id(peer.peer_id):
        raise NotInGroup(f"Peer ID {peer.peer_id} heeft niet de vorm die deze Group voorschrijft.")
    if peer.manager_host == peer.inway_host:
        raise PeerTaken("managerHost en inwayHost moeten verschillen: nginx kiest het onderdeel op naam.")
    lock(session, "peers")
    other = repository.colliding(session, peer)
    if other is not None:
        raise PeerTaken(f"Peer ID, hostnaam of luisteradres is al van peer {other.peer_id} ({other.name}).")
    _check_listen(peer.outway_listen)
    _ensure_keys(deployment, peer)
    session.add(peer)
    session.flush()
    record_certificates(deployment, session, peer)
    notify(session)
    return peer


def _check_listen(listen: str) -> None:
    """nginx would refuse the whole configuration, for all peers, if it could not listen there."""
    address = split_listen(listen)
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        raise ListenTaken(f"Op {listen} kan de Outway niet luisteren: {problem.strerror}.") from problem


def _ensure_keys(deployment: Deployment, peer: HostedPeer) -> None:
    hosts = {"manager": peer.manager_host, "inway": peer.inway_host, "outway": peer.outway_host}
    for component in COMPONENTS:
        certificate, key = deployment.keys.paths(peer.peer_id, component)
        if certificate.exists() and key.exists():
            continue
        if deployment.development_pki is None:
            raise NoKeys(
                f"Zet certificaat en sleutel van de {component} klaar als <sleutelmap>/{peer.peer_id}/{component}"
                ".pem en .key; er is geen ontwikkel-PKI die ze uitgeeft."
            )
        issued = deployment.development_pki.issue(peer_id=peer.peer_id, name=peer.name, host=hosts[component], now=deployment.now)
        deployment.keys.write(peer.peer_id, component, issued.chain_pem, issued.key_pem)


def record_certificates(deployment: Deployment, session: Session, peer: HostedPeer) -> bool:
    """Keep the current public certificates of a peer; True when one is new."""
    fresh = False
    for component in COMPONENTS:
        certificate = deployment.keys.pair(peer.peer_id, component).certificate
        if certificate.peer_id != peer.peer_id:
            raise NoKeys(f"Het certificaat van de {component} is van peer {certificate.peer_id}, niet van {peer.peer_id}.")
        fresh |= repository.add_certificate(
            session, peer.peer_id, component, certificate.thumbprint, certificate.pem, now=deployment.now
        )
    return fresh


def announce(deployment: Deployment, session: Session, peer_id: str, address: str) -> None:
    """Announce a hosted peer at a Directory; sent in the background, repeated until it is heard.

    Raises:
        PeerUnknown: 404.
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
