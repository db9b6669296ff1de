"""Finds the certificate for a signature, and verifies an address: the part of verification that needs outgoing requests."""

from __future__ import annotations

import base64
import binascii
import logging
from typing import Any

from gateway.contract.signature import read_header
from gateway.deployment import Deployment
from gateway.errors import ManagerError, malformed
from gateway.manager.address import names_host, parse_address
from gateway.manager.caller import Conversation
from gateway.manager.client import ManagerClient, RemoteProblem
from gateway.manager.turns import turn
from gateway.names import MANAGER_ADDRESS
from gateway.peer import repository
from gateway.pki.certificate import Certificate, CertificateInvalid, from_der, from_pem

log = logging.getLogger("gateway.manager")


def trusted_address(deployment: Deployment, talk: Conversation, address: str | None) -> str:
    """The caller's Manager address, after the caller's own certificate or the server's showed that the address is the caller's.

    Raises:
        ManagerError: 400, the address is missing, malformed, or another peer's.
    """
    if address is None:
        raise malformed(f"De header {MANAGER_ADDRESS} ontbreekt.")
    try:
        host, port = parse_address(address, deployment.rules)
    except ValueError as problem:
        raise malformed(f"{MANAGER_ADDRESS}: {problem}.") from problem
    clean = f"https://{host}:{port}"
    if names_host(talk.caller.dns_names, host):
        return clean
    with deployment.transaction() as session:
        earlier = repository.known(session, talk.owner.peer_id, talk.caller.peer_id)
    if earlier is not None and earlier.manager_address == clean:
        return clean
    try:
        with turn(talk.caller.peer_id):
            found, _ = ManagerClient(deployment, talk.owner).peer(clean)
    except RemoteProblem as problem:
        # The reason is not told to the caller: with it, the caller could use us as a port scanner.
        log.info("Manager address %s of peer %s cannot be checked: %s", clean, talk.caller.peer_id, problem)
        raise malformed(
            f"{MANAGER_ADDRESS} is niet te controleren: {clean} staat niet in het certificaat van de verbinding en daar "
            f"antwoordt geen Manager van peer {talk.caller.peer_id}."
        ) from problem
    if found != talk.caller.peer_id:
        raise malformed(f"{MANAGER_ADDRESS} {clean} is van peer {found}, niet van {talk.caller.peer_id}.")
    return clean


def signing_certificate(deployment: Deployment, talk: Conversation, jws: str, address: str) -> Certificate:
    """The certificate named in a JWS header: that of the connection, one seen before, or one from the caller's JWKS. It is
    always verified up to the Group's trust anchors.

    Raises:
        ManagerError: 422 SIGNATURE_VERIFICATION_FAILED, the certificate cannot be found or trusted.
    """
    thumbprint = read_header(jws).thumbprint
    if thumbprint == talk.caller.thumbprint:
        return talk.caller
    with deployment.transaction() as session:
        pem = repository.remote_certificate(session, talk.caller.peer_id, thumbprint)
    certificate = from_pem(pem) if pem is not None else _fetch(deployment, talk, thumbprint, address)
    try:
        deployment.anchors.verify(certificate, now=deployment.now)
    except CertificateInvalid as problem:
        raise _unverified(f"Het {problem}.") from problem
    if pem is None:
        with deployment.transaction() as session:
            repository.add_remote_certificate(session, certificate.peer_id, thumbprint, certificate.pem, now=deployment.now)
    return certificate


def _fetch(deployment: Deployment, talk: Conversation, thumbprint: str, address: str) -> Certificate:
    try:
        with turn(talk.caller.peer_id):
            keys = ManagerClient(deployment, talk.owner).keys(address, talk.caller.peer_id)
    except RemoteProblem as problem:
        log.info("no JWKS of peer %s at %s: %s", talk.caller.peer_id, address, problem)
        raise _unverified(
            f"Certificaat {thumbprint} is niet op te halen: {address} geeft geen JWKS van peer {talk.caller.peer_id}."
        ) from problem
    for key in keys:
        certificate = _leaf(key)
        if certificate is not None and certificate.thumbprint == thumbprint:
            return certificate
    raise _unverified(f"De Manager van peer {talk.caller.peer_id} op {address} kent geen certificaat {thumbprint}.")


def _leaf(key: dict[str, Any]) -> Certificate | None:
    try:
        return from_der(base64.b64decode(part, validate=True) for part in key.get("x5c", []))
    except (CertificateInvalid, binascii.Error, TypeError, ValueError):
        return None


def _unverified(message: str) -> ManagerError:
    return ManagerError("ERROR_CODE_SIGNATURE_VERIFICATION_FAILED", message)
