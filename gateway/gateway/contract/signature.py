"""Signatures on contracts: compact JWS with the thumbprint of the signing certificate (FSC Core, signatures)."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError

from gateway.contract.hashes import has_known_algorithm
from gateway.errors import ManagerError
from gateway.names import SIGNATURE_ALGORITHMS, THUMBPRINT, SignatureType
from gateway.pki.certificate import Certificate, CertificateInvalid
from gateway.pki.keypair import KeyPair

_LARGEST = 32 * 1024


@dataclass(frozen=True)
class Header:
    """The protected header of a JWS that has not been verified yet."""

    algorithm: str
    thumbprint: str


def sign(content_hash: str, kind: SignatureType, key: KeyPair, *, signed_at: int) -> str:
    """A compact JWS in which the owner of `key` accepts, rejects or revokes. `signed_at` in Unix seconds."""
    payload = {"contract_content_hash": content_hash, "type": str(kind), "signed_at": signed_at}
    header = {"alg": key.algorithm, THUMBPRINT: key.certificate.thumbprint}
    return jws.serialize_compact(header, json.dumps(payload), key.jwk, algorithms=list(SIGNATURE_ALGORITHMS))


def read_header(signature: str) -> Header:
    """The header of a JWS. Its algorithm must be one of FSC's six; this is checked before anything else is done with it.

    Raises:
        ManagerError: 422 SIGNATURE_VERIFICATION_FAILED (not a JWS) or UNKNOWN_ALGORITHM_SIGNATURE.
    """
    try:
        if len(signature) > _LARGEST:
            raise ValueError(f"hij is langer dan {_LARGEST} tekens")
        parts = signature.split(".")
        if len(parts) != 3:
            raise ValueError("een compacte JWS heeft drie delen")
        header = json.loads(_decode(parts[0]))
        json.loads(_decode(parts[1]))
        algorithm = header["alg"]
        if not isinstance(algorithm, str):
            raise ValueError("alg is geen tekst")
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError) as problem:
        raise _unverified(f"De handtekening is geen JWS: {problem}.") from problem
    if algorithm not in SIGNATURE_ALGORITHMS:
        raise ManagerError(
            "ERROR_CODE_UNKNOWN_ALGORITHM_SIGNATURE",
            f"Algoritme {algorithm!r} is niet toegestaan; kies uit {', '.join(SIGNATURE_ALGORITHMS)}.",
        )
    thumbprint = header.get(THUMBPRINT)
    if not isinstance(thumbprint, str) or not thumbprint.isprintable() or not 0 < len(thumbprint) <= 100:
        raise _unverified(f"De JWS heeft geen {THUMBPRINT} in de header.")
    return Header(algorithm, thumbprint)


def verify(signature: str, certificate: Certificate, *, kind: SignatureType, content_hash: str, peer_id: str) -> int:
    """Verify a JWS with its (already trusted) certificate, in the order of fsc.md 1.3.

    Returns:
        `signed_at`, Unix seconds (0 when the signer left it out).

    Raises:
        ManagerError: 422; PEER_ID_SIGNATURE_MISMATCH, SIGNATURE_VERIFICATION_FAILED,
            SIGNATURE_CONTRACT_CONTENT_HASH_MISMATCH or UNKNOWN_HASH_ALGORITHM_HASH.
    """
    if certificate.peer_id != peer_id:
        raise ManagerError(
            "ERROR_CODE_PEER_ID_SIGNATURE_MISMATCH",
            f"De handtekening is van peer {certificate.peer_id}, de verbinding van peer {peer_id}.",
        )
    try:
        key = certificate.jwk
    except CertificateInvalid as problem:
        raise _unverified(f"Het certificaat kan niet tekenen: {problem}.") from problem
    try:
        token = jws.deserialize_compact(signature, key, algorithms=list(SIGNATURE_ALGORITHMS))
        payload = json.loads(token.payload)
    except (JoseError, ValueError) as problem:
        raise _unverified("De handtekening klopt niet bij het certificaat.") from problem
    return _check_payload(payload, kind, content_hash)


def _check_payload(payload: Any, kind: SignatureType, content_hash: str) -> int:
    if not isinstance(payload, dict) or payload.get("type") != kind:
        said = payload.get("type") if isinstance(payload, dict) else None
        raise _unverified(f"De handtekening is van soort {said!r}, verwacht {str(kind)!r}.")
    signed_hash = payload.get("contract_content_hash")
    if signed_hash != content_hash:
        if isinstance(signed_hash, str) and not has_known_algorithm(signed_hash):
            raise ManagerError(
                "ERROR_CODE_UNKNOWN_HASH_ALGORITHM_HASH", f"Hash {signed_hash[:12]}… is met een onbekend algoritme gemaakt."
            )
        raise ManagerError(
            "ERROR_CODE_SIGNATURE_CONTRACT_CONTENT_HASH_MISMATCH",
            f"De handtekening is voor {signed_hash!r}, de inhoud heeft hash {content_hash!r}.",
        )
    signed_at = payload.get("signed_at")
    return signed_at if type(signed_at) is int and signed_at > 0 else 0


def _decode(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)


def _unverified(message: str) -> ManagerError:
    return ManagerError("ERROR_CODE_SIGNATURE_VERIFICATION_FAILED", message)
