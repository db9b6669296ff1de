"""Use case: issue an access token for a connection grant (FSC Core, access token; fsc.md 1.5 and 1.9, 12)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gateway.contract import grants
from gateway.contract.content import Grant
from gateway.contract.hashes import CONNECTION_HASH
from gateway.deployment import Deployment
from gateway.manager.address import names_host
from gateway.peer import repository as peers
from gateway.peer.models import HostedPeer
from gateway.pki.certificate import Certificate
from gateway.pki.keypair import KeyPair
from gateway.service import repository as services
from gateway.token.errors import TokenRefused
from gateway.token.rules import make_claims, sign_token


def issue(deployment: Deployment, owner: HostedPeer, caller: Certificate, form: dict[str, str]) -> str:
    """A token bound to the client certificate `caller`.

    Raises:
        TokenRefused: the request, the client or the grant is not valid.
    """
    grant_hash = _check_form(form, caller)
    now = deployment.unix_now
    with deployment.transaction() as session:
        row = grants.usable_grant(session, owner.peer_id, grant_hash, now=now)
        offered = row is not None and services.offers(session, owner.peer_id, row.service_name)
        signer = _signer(deployment, session, owner.peer_id)
    if row is None:
        raise TokenRefused(
            "invalid_grant",
            "Er is geen geldig contract met deze grant: onbekend, niet door alle partijen getekend, nog niet begonnen, "
            "ingetrokken of verlopen.",
        )
    grant = row.grant
    if grant.service_peer_id != owner.peer_id:
        raise TokenRefused("invalid_grant", f"Deze grant is voor een service van peer {grant.service_peer_id}.")
    if grant.outway_peer_id != caller.peer_id:
        raise TokenRefused("unauthorized_client", f"Deze grant is voor de Outway van peer {grant.outway_peer_id}.")
    _check_outway(grant, caller)
    if not offered:
        raise TokenRefused("invalid_grant", f"Service {grant.service_name} wordt nu niet aangeboden.")
    return sign_token(
        make_claims(
            grant,
            group_id=deployment.rules.group_id,
            audience=deployment.inway_address(owner.inway_host),
            thumbprint=caller.thumbprint,
            now=now,
            ttl=deployment.settings.token_ttl,
        ),
        signer,
    )


def _signer(deployment: Deployment, session: Session, peer_id: str) -> KeyPair:
    """The Manager's key pair to sign with: the one in use, or the one before it while the database does not know its certificate
    yet. An Inway trusts the certificates that are in the database."""
    current = deployment.keys.needed(peer_id, "manager")
    known = [row.thumbprint for row in peers.certificates(session, peer_id, "manager")]
    if current.certificate.thumbprint in known or not known:
        return current
    return deployment.keys.pair_with(peer_id, "manager", known[0])


def _check_outway(grant: Grant, caller: Certificate) -> None:
    """Check that the Outway is the one in the grant: by its key, or in FSC Core 2.0 by a name in its certificate."""
    name = grant.outway_domain_name
    if name is not None and not names_host(caller.dns_names, name):
        raise TokenRefused("unauthorized_client", f"Het certificaat is niet van de Outway in de grant ({name}).")
    if name is None and grant.public_key_thumbprint != caller.public_key_thumbprint:
        raise TokenRefused(
            "unauthorized_client",
            f"De sleutel van het certificaat is niet die van de Outway in de grant ({grant.public_key_thumbprint}).",
        )


def _check_form(form: dict[str, str], caller: Certificate) -> str:
    for name in ("grant_type", "scope", "client_id"):
        if not form.get(name):
            raise TokenRefused("invalid_request", f"{name} ontbreekt.")
    if form["grant_type"] != "client_credentials":
        raise TokenRefused("unsupported_grant_type", "FSC kent alleen client_credentials.")
    if form["client_id"] != caller.peer_id:
        raise TokenRefused("invalid_client", f"client_id is niet de peer van het certificaat ({caller.peer_id}).")
    if not CONNECTION_HASH.fullmatch(form["scope"]):
        raise TokenRefused(
            "invalid_scope",
            "scope is geen hash van een (Delegated)ServiceConnectionGrant "
            "($1$3$… of $1$4$…); is het de hash van het contract ($1$1$…)?",
        )
    return form["scope"]
