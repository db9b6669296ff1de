"""Which peer calls which hosted peer: read from the headers that nginx always overwrites."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from fastapi import Request

from gateway.deployment import Deployment
from gateway.errors import ManagerError
from gateway.peer import repository
from gateway.peer.models import HostedPeer
from gateway.pki.certificate import Certificate, CertificateInvalid, from_pem

PEER_HEADER = "X-Gateway-Peer"
CERTIFICATE_HEADER = "X-Gateway-Client-Cert"


@dataclass(frozen=True)
class Conversation:
    """A hosted peer's Manager (owner), and the peer at the other end of the mTLS connection."""

    owner: HostedPeer
    caller: Certificate


@lru_cache(maxsize=4096)
def read_certificate(escaped_pem: str) -> Certificate:
    """A certificate from nginx's $ssl_client_escaped_cert; nginx verified its chain.

    Raises:
        CertificateInvalid: not a certificate.
    """
    return from_pem(unquote(escaped_pem))


def conversation(request: Request) -> Conversation:
    """The conversation of this request.

    Raises:
        ManagerError: 400 PEER_CERTIFICATE_VERIFICATION_FAILED, a trusted certificate that identifies no peer;
            404, no such hosted peer.
    """
    deployment: Deployment = request.app.state.deployment
    try:
        caller = read_certificate(request.headers.get(CERTIFICATE_HEADER, ""))
    except CertificateInvalid as problem:
        raise _unverified(str(problem)) from problem
    if not deployment.rules.is_peer_id(caller.peer_id):
        raise _unverified(f"de Peer ID {caller.peer_id!r} heeft niet de vorm van een OIN (20 cijfers)")
    if not caller.peer_name:
        raise _unverified("het certificaat heeft geen organisatienaam (O)")
    with deployment.transaction() as session:
        owner = repository.hosted(session, request.headers.get(PEER_HEADER, ""))
    if owner is None:
        raise ManagerError("ERROR_CODE_PEER_NOT_HOSTED", "Deze peer wordt hier niet gehost.", status=404)
    return Conversation(owner, caller)


def _unverified(message: str) -> ManagerError:
    return ManagerError("ERROR_CODE_PEER_CERTIFICATE_VERIFICATION_FAILED", f"Certificaat geweigerd: {message}.", status=400)
