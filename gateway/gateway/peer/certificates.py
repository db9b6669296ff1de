"""Use cases for the certificates of a hosted peer's components: request, import, renew. Private keys stay on this disk."""

from __future__ import annotations

from dataclasses import dataclass

from gemeengoed_kit.errors import InvalidParam
from sqlalchemy.orm import Session

from gateway.db import lock, notify
from gateway.deployment import Deployment
from gateway.peer.errors import CertificateRefused, NoDevelopmentPki
from gateway.peer.models import HostedPeer
from gateway.peer.service import record_certificates, require
from gateway.pki.certificate import Certificate, CertificateInvalid, from_pem
from gateway.pki.check import Wanted, faults
from gateway.pki.request import (
    KeyKind,
    KeyUnreadable,
    PrivateKey,
    key_pem,
    key_thumbprint,
    make_key,
    make_request,
    read_key,
)


@dataclass(frozen=True)
class Imported:
    """What is imported: a certificate chain (PEM, leaf first). Its key with passphrase too, unless the key was made here."""

    chain: str
    key: str | None
    passphrase: str | None


def host_of(peer: HostedPeer, component: str) -> str:
    """The DNS name that a component's certificate must carry."""
    return {"manager": peer.manager_host, "inway": peer.inway_host, "outway": peer.outway_host}[component]


def request(
    deployment: Deployment, session: Session, peer_id: str, component: str, kind: KeyKind | None, extra_hosts: list[str]
) -> tuple[str, str]:
    """A certificate request (PEM) and its key's thumbprint. It gets a new key of `kind`, or the key in use when `kind` is None.
    The old pair stays in use until the new certificate is imported.

    Raises:
        PeerNotFound: 404.
        CertificateRefused: 409, there is no key in use to ask a certificate for.
    """
    peer = require(session, peer_id)
    lock(session, "certificates", peer_id)
    if kind is None:
        key = _current_key(deployment, peer_id, component)
        if key is None:
            raise _refused([InvalidParam("nieuweSleutel", "geen-sleutel", "er is nog geen sleutel in gebruik; vraag een nieuwe")])
    else:
        key = make_key(kind)
    thumbprint = key_thumbprint(key.public_key())
    if kind is not None:
        deployment.keys.keep_requested(peer_id, component, thumbprint, key_pem(key))
    hosts = [host_of(peer, component), *extra_hosts]
    return make_request(key, peer_id=peer_id, name=peer.name, hosts=hosts), thumbprint


def put(deployment: Deployment, session: Session, peer_id: str, component: str, sent: Imported) -> Certificate:
    """Take a certificate into use. Its key is the one sent with it, else the one made here for it or the one in use now.

    Raises:
        PeerNotFound: 404.
        CertificateRefused: 409, lists all faults.
    """
    peer = require(session, peer_id)
    lock(session, "certificates", peer_id)
    try:
        certificate = from_pem(sent.chain)
    except CertificateInvalid as problem:
        raise _refused([InvalidParam("keten", "onleesbaar", str(problem))]) from problem
    wanted = Wanted(peer_id, peer.name, host_of(peer, component))
    wrong = [
        InvalidParam("keten", code, reason)
        for code, reason in faults(certificate, wanted, deployment.anchors, now=deployment.now)
    ]
    key, problems = _matching_key(deployment, peer_id, component, certificate, sent)
    if wrong or problems or key is None:
        raise _refused([*wrong, *problems])
    _use(deployment, session, peer, component, certificate.pem.encode(), key)
    return deployment.keys.pair(peer_id, component).certificate


def renew(deployment: Deployment, session: Session, peer_id: str, component: str, *, new_key: bool) -> Certificate:
    """A new certificate from the development PKI. With the same key, an Outway can go on using its contracts.

    Raises:
        PeerNotFound: 404.
        NoDevelopmentPki: 409, certificates must be requested and imported here.
    """
    peer = require(session, peer_id)
    lock(session, "certificates", peer_id)
    key = None if new_key else _current_key(deployment, peer_id, component)
    issue(deployment, session, peer, component, key)
    return deployment.keys.pair(peer_id, component).certificate


def issue(deployment: Deployment, session: Session, peer: HostedPeer, component: str, key: PrivateKey | None = None) -> None:
    """Take a certificate of the development PKI into use; with a new key unless `key` is given.

    Raises:
        NoDevelopmentPki: 409.
    """
    if deployment.development_pki is None:
        raise NoDevelopmentPki(
            "Er is geen ontwikkel-PKI: vraag een certificaat aan (…/certificates/{onderdeel}/requests) en importeer het."
        )
    issued = deployment.development_pki.issue(
        peer_id=peer.peer_id, name=peer.name, host=host_of(peer, component), now=deployment.now, key=key
    )
    _use(deployment, session, peer, component, issued.chain_pem, read_key(issued.key_pem))


def _use(deployment: Deployment, session: Session, peer: HostedPeer, component: str, chain: bytes, key: PrivateKey) -> None:
    deployment.keys.write(peer.peer_id, component, chain, key_pem(key))
    deployment.keys.forget_requested(peer.peer_id, component, key_thumbprint(key.public_key()))
    record_certificates(deployment, session, peer)
    notify(session)


def _current_key(deployment: Deployment, peer_id: str, component: str) -> PrivateKey | None:
    if not deployment.keys.has(peer_id, component):
        return None
    return read_key(deployment.keys.pair(peer_id, component).key_path.read_bytes())


def _matching_key(
    deployment: Deployment, peer_id: str, component: str, certificate: Certificate, sent: Imported
) -> tuple[PrivateKey | None, list[InvalidParam]]:
    if sent.key is not None:
        try:
            key = read_key(sent.key.encode(), sent.passphrase)
        except KeyUnreadable as problem:
            return None, [InvalidParam("sleutel", "onleesbaar", str(problem))]
        if key_thumbprint(key.public_key()) == certificate.public_key_thumbprint:
            return key, []
        return None, [InvalidParam("sleutel", "andere-sleutel", "deze sleutel hoort niet bij het certificaat")]
    kept = deployment.keys.requested(peer_id, component, certificate.public_key_thumbprint)
    current = read_key(kept) if kept is not None else _current_key(deployment, peer_id, component)
    if current is not None and key_thumbprint(current.public_key()) == certificate.public_key_thumbprint:
        return current, []
    reason = "geen sleutel hier hoort bij dit certificaat; stuur hem mee, of importeer het antwoord op een aanvraag van hier"
    return None, [InvalidParam("sleutel", "ontbreekt", reason)]


def _refused(found: list[InvalidParam]) -> CertificateRefused:
    return CertificateRefused("Certificaat of sleutel klopt niet; zie invalidParams.", invalid_params=found)
