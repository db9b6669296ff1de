"""Claims of the access token (FSC Core, access token): how they are made, signed and verified."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError

from gateway.contract.content import Grant
from gateway.contract.signature import read_header
from gateway.errors import FscError
from gateway.names import SIGNATURE_ALGORITHMS, THUMBPRINT
from gateway.pki.certificate import Certificate
from gateway.pki.keypair import KeyPair


class TokenInvalid(Exception):
    """A token that cannot be trusted; the message is Dutch."""


class SignerUnknown(TokenInvalid):
    """It names another certificate than those that the Manager is known to have."""


@dataclass(frozen=True)
class Claims:
    """What a token says. Times are in Unix seconds; `delegator` is act.sub, `publication_delegator` is pdi."""

    grant_hash: str
    group_id: str
    outway_peer_id: str
    service_peer_id: str
    service_name: str
    audience: str
    expires_at: int
    not_before: int
    thumbprint: str
    delegator: str | None
    publication_delegator: str | None


def make_claims(grant: Grant, *, group_id: str, audience: str, thumbprint: str, now: int, ttl: int) -> dict[str, Any]:
    """The claims for a connection grant; `thumbprint` is that of the client certificate, `ttl` is in seconds."""
    claims: dict[str, Any] = {
        "gth": grant.hash,
        "gid": group_id,
        "sub": grant.outway_peer_id,
        "iss": grant.service_peer_id,
        "svc": grant.service_name,
        "aud": audience,
        "exp": now + ttl,
        "nbf": now,
        "cnf": {THUMBPRINT: thumbprint},
        "add": {},
    }
    if grant.delegator_peer_id is not None:
        claims["act"] = {"sub": grant.delegator_peer_id}
    if grant.service_delegator_peer_id is not None:
        claims["pdi"] = grant.service_delegator_peer_id
    if grant.properties is not None:
        claims["prp"] = grant.properties
    return claims


def sign_token(claims: dict[str, Any], key: KeyPair) -> str:
    """A compact JWT, signed with the Manager's key."""
    header = {"alg": key.algorithm, THUMBPRINT: key.certificate.thumbprint, "typ": "JWT"}
    return jws.serialize_compact(
        header, json.dumps(claims, ensure_ascii=False, separators=(",", ":")), key.jwk, algorithms=list(SIGNATURE_ALGORITHMS)
    )


def verify_token(token: str, certificates: dict[str, Certificate]) -> Claims:
    """The claims of a token signed with one of `certificates` (the own Manager's, by thumbprint). Times are not checked.

    Raises:
        SignerUnknown: another signer.
        TokenInvalid: not a JWS, a wrong signature, or missing claims.
    """
    try:
        header = read_header(token)
    except FscError as problem:
        raise TokenInvalid(problem.message) from problem
    certificate = certificates.get(header.thumbprint)
    if certificate is None:
        raise SignerUnknown("het token is niet getekend door de Manager van deze peer")
    try:
        payload = json.loads(jws.deserialize_compact(token, certificate.jwk, algorithms=list(SIGNATURE_ALGORITHMS)).payload)
    except (JoseError, ValueError, RecursionError) as problem:
        raise TokenInvalid("de handtekening van het token klopt niet") from problem
    return read_claims(payload)


def peek(token: str) -> Claims:
    """The claims of a token, without verification: the Outway got it from the right Manager over mTLS.

    Raises:
        TokenInvalid: not a JWT, or missing claims.
    """
    try:
        return read_claims(json.loads(jws.extract_compact(token.encode()).payload))
    except (JoseError, ValueError, RecursionError) as problem:
        raise TokenInvalid("geen leesbaar token") from problem


def read_claims(payload: Any) -> Claims:
    """Claims from a token's payload. The delegator is in `act.sub`, or else in the older `cdi` (fsc.md 1.9, 1).

    Raises:
        TokenInvalid: a required claim is missing or has another type.
    """
    try:
        act = payload.get("act")
        claims = Claims(
            grant_hash=payload["gth"],
            group_id=payload["gid"],
            outway_peer_id=payload["sub"],
            service_peer_id=payload["iss"],
            service_name=payload["svc"],
            audience=payload["aud"],
            expires_at=payload["exp"],
            not_before=payload["nbf"],
            thumbprint=payload["cnf"][THUMBPRINT],
            delegator=act["sub"] if act is not None else payload.get("cdi"),
            publication_delegator=payload.get("pdi"),
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise TokenInvalid(f"claim ontbreekt in het token: {problem}") from problem
    optional = [claim for claim in (claims.delegator, claims.publication_delegator) if claim is not None]
    required = (
        claims.grant_hash,
        claims.group_id,
        claims.outway_peer_id,
        claims.service_peer_id,
        claims.service_name,
        claims.audience,
        claims.thumbprint,
    )
    if not all(isinstance(claim, str) for claim in (*required, *optional)):
        raise TokenInvalid("een claim in het token is geen tekst")
    if not all(type(moment) in (int, float) for moment in (claims.expires_at, claims.not_before)):
        raise TokenInvalid("exp en nbf in het token moeten getallen zijn")
    return claims
