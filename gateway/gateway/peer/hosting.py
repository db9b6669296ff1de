"""Use cases: host a peer, change it, disable it."""

from __future__ import annotations

import socket
from typing import Any

from gemeengoed_kit.settings import split_listen
from sqlalchemy.orm import Session

from gateway.db import lock, notify
from gateway.deployment import Deployment
from gateway.manager.address import names_host
from gateway.peer import certificates, repository
from gateway.peer.errors import ListenTaken, NamesDiffer, NotInGroup, PeerTaken
from gateway.peer.models import HostedPeer
from gateway.peer.service import announce, know_itself, record_certificates, require
from gateway.pki.keypair import COMPONENTS
from gateway.pki.request import read_key


def create(deployment: Deployment, session: Session, peer: HostedPeer) -> HostedPeer:
    """Host a new peer. With a development PKI its certificates are issued here; otherwise they are imported later, and until
    then the peer is not served. The peer is announced at the Group's Directories.

    Raises:
        NotInGroup: 409, the Peer ID does not have the form that the Group prescribes.
        PeerTaken: 409, something of it belongs to another peer, or Manager and Inway share a name.
        ListenTaken: 409, the Outway cannot listen there.
    """
    if not deployment.rules.is_peer_id(peer.peer_id):
        raise NotInGroup(f"Peer ID {peer.peer_id} heeft niet de vorm die deze Group voorschrijft.")
    lock(session, "peers")
    _check_free(peer, repository.colliding(session, peer) or repository.hosted(session, peer.peer_id))
    _check_listen(peer.outway_listen)
    session.add(peer)
    session.flush()
    _certify(deployment, session, peer)
    record_certificates(deployment, session, peer)
    for address in deployment.rules.directories:
        if address != deployment.manager_address(peer.manager_host):
            announce(deployment, session, peer.peer_id, address)
    notify(session)
    return peer


def change(deployment: Deployment, session: Session, peer_id: str, changes: dict[str, Any]) -> HostedPeer:
    """Change a hosted peer; `changes` are columns of hosted_peer. With a development PKI, new names get new certificates
    with the same keys.

    Raises:
        PeerNotFound: 404.
        PeerTaken: 409, something of it belongs to another peer, or Manager and Inway share a name.
        ListenTaken: 409, the Outway cannot listen there.
        NamesDiffer: 409, a certificate in use does not carry the new name, and there is no development PKI.
    """
    lock(session, "peers")
    peer = require(session, peer_id)
    before = {column.key: getattr(peer, column.key) for column in HostedPeer.__table__.columns}
    proposed = HostedPeer(**{**before, **changes})
    _check_free(proposed, repository.colliding(session, proposed))
    if proposed.outway_listen != peer.outway_listen:
        _check_listen(proposed.outway_listen)
    for column, value in changes.items():
        setattr(peer, column, value)
    session.flush()
    _certify(deployment, session, peer)
    know_itself(deployment, session, peer)
    notify(session)
    return peer


def _check_free(peer: HostedPeer, other: HostedPeer | None) -> None:
    if peer.manager_host == peer.inway_host:
        raise PeerTaken("managerHost en inwayHost moeten verschillen: nginx kiest het onderdeel op naam.")
    if other is not None:
        raise PeerTaken(f"Peer ID, hostnaam of luisteradres is al van peer {other.peer_id} ({other.name}).")


def _check_listen(listen: str) -> None:
    """Check first that nginx can listen there: otherwise it would refuse the whole configuration, for all peers."""
    address = split_listen(listen)
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        raise ListenTaken(f"Op {listen} kan de Outway niet luisteren: {problem.strerror}.") from problem


def _certify(deployment: Deployment, session: Session, peer: HostedPeer) -> None:
    """Issue certificates with the peer's names, if that is possible here."""
    for component in COMPONENTS:
        host = certificates.host_of(peer, component)
        if not deployment.keys.has(peer.peer_id, component):
            if deployment.development_pki is not None:
                certificates.issue(deployment, session, peer, component)
            continue
        pair = deployment.keys.pair(peer.peer_id, component)
        named = names_host(pair.certificate.dns_names, host)
        if deployment.development_pki is not None and not (named and pair.certificate.peer_name == peer.name):
            certificates.issue(deployment, session, peer, component, read_key(pair.key_path.read_bytes()))
        elif not named:
            raise NamesDiffer(
                f"Het certificaat van de {component} noemt {host} niet. Importeer eerst een certificaat dat de oude en de "
                "nieuwe naam heeft (vraag het aan met extraHosts)."
            )
