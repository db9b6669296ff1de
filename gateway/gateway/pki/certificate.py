"""An X.509 certificate as FSC uses it: Peer ID, name, thumbprints, chain to the Group's trust anchors."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import verification
from cryptography.x509.oid import NameOID
from joserfc.jwk import ECKey, RSAKey

from gateway.pki.errors import CertificateInvalid as CertificateInvalid
from gateway.pki.revocation import RevocationLists

SMALLEST_RSA = 2048
"""Minimum length of an RSA key in bits (RFC 7518, 3.3)."""
_EC_ALGORITHMS = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}


@dataclass(frozen=True, eq=False)
class Certificate:
    """A leaf certificate with its intermediates, without the root."""

    chain: tuple[x509.Certificate, ...]

    @property
    def leaf(self) -> x509.Certificate:
        return self.chain[0]

    @cached_property
    def thumbprint(self) -> str:
        """Base64url SHA-256 of the DER certificate (RFC 7515, 4.1.8)."""
        digest = hashlib.sha256(self.leaf.public_bytes(Encoding.DER)).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    @cached_property
    def public_key_thumbprint(self) -> str:
        """Lower-case hex SHA-256 of the DER SubjectPublicKeyInfo (fsc.md G7)."""
        spki = self.leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return hashlib.sha256(spki).hexdigest()

    @cached_property
    def peer_id(self) -> str:
        """Subject serialNumber; empty when the certificate has none."""
        return self._subject(NameOID.SERIAL_NUMBER)

    @cached_property
    def peer_name(self) -> str:
        """Subject O; empty when the certificate has none."""
        return self._subject(NameOID.ORGANIZATION_NAME)

    @cached_property
    def dns_names(self) -> frozenset[str]:
        """Lower-case DNS names of the subjectAltName."""
        try:
            names = self.leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        except (x509.ExtensionNotFound, ValueError):
            return frozenset()
        return frozenset(name.lower() for name in names.get_values_for_type(x509.DNSName))

    @property
    def not_after(self) -> datetime:
        return self.leaf.not_valid_after_utc

    @cached_property
    def jwk(self) -> ECKey | RSAKey:
        """The public key for JWS."""
        pem = self.leaf.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return ECKey.import_key(pem) if jws_algorithm(self.leaf) in _EC_ALGORITHMS.values() else RSAKey.import_key(pem)

    @property
    def pem(self) -> str:
        return "".join(part.public_bytes(Encoding.PEM).decode() for part in self.chain)

    def public_jwk(self) -> dict[str, Any]:
        """The key as an RFC 7517 object with x5c (without the root) and x5t#S256 (FSC Core, JWKS)."""
        x5c = [base64.b64encode(part.public_bytes(Encoding.DER)).decode() for part in self.chain]
        return {
            **self.jwk.as_dict(private=False),
            "use": "sig",
            "alg": jws_algorithm(self.leaf),
            "kid": self.thumbprint,
            "x5c": x5c,
            "x5t#S256": self.thumbprint,
        }

    def _subject(self, oid: x509.ObjectIdentifier) -> str:
        found = self.leaf.subject.get_attributes_for_oid(oid)
        return str(found[0].value) if len(found) == 1 else ""


def jws_algorithm(leaf: x509.Certificate) -> str:
    """The FSC signature algorithm that fits the certificate's key.

    Raises:
        CertificateInvalid: a type of key that FSC's algorithms do not support, or a key that is too short.
    """
    key = leaf.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size < SMALLEST_RSA:
            raise CertificateInvalid(f"een RSA-sleutel van {key.key_size} bits is te kort; ten minste {SMALLEST_RSA}")
        return "RS256"
    curve = key.curve.name if isinstance(key, ec.EllipticCurvePublicKey) else type(key).__name__
    if curve not in _EC_ALGORITHMS:
        raise CertificateInvalid(f"sleutelsoort {curve} is in FSC niet toegestaan")
    return _EC_ALGORITHMS[curve]


def from_pem(pem: bytes | str) -> Certificate:
    """A leaf (first) and its intermediates from PEM.

    Raises:
        CertificateInvalid: it has no certificate.
    """
    try:
        return Certificate(tuple(x509.load_pem_x509_certificates(pem.encode() if isinstance(pem, str) else pem)))
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise CertificateInvalid(f"geen leesbaar certificaat: {problem}") from problem


def from_der(chain: Iterable[bytes]) -> Certificate:
    """A leaf (first) and its intermediates from DER.

    Raises:
        CertificateInvalid: unreadable or empty.
    """
    try:
        parts = tuple(x509.load_der_x509_certificate(der) for der in chain)
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise CertificateInvalid(f"geen leesbaar certificaat: {problem}") from problem
    if not parts:
        raise CertificateInvalid("een lege keten")
    return Certificate(parts)


class TrustAnchors:
    """The Group's trust anchors: the only trusted roots, never the system's store. With revocation lists, a certificate on a
    list is refused, and so is every certificate under a CA whose list is missing or expired, as in nginx.

    Raises:
        CertificateInvalid: no certificate in `pem`.
    """

    def __init__(self, pem: bytes, crls: tuple[Path, ...] = ()) -> None:
        self.roots = list(from_pem(pem).chain)
        self._store = verification.Store(self.roots)
        self.revocations = RevocationLists(crls)

    def verify(self, certificate: Certificate, *, now: datetime) -> None:
        """Check chain, dates, key usage (clientAuth) and revocation of `certificate` at `now`.

        Raises:
            CertificateInvalid: not trusted.
        """
        verifier = verification.PolicyBuilder().store(self._store).time(now).build_client_verifier()
        try:
            verified = verifier.verify(certificate.leaf, list(certificate.chain[1:]))
        except (verification.VerificationError, ValueError, x509.UnsupportedGeneralNameType) as problem:
            raise CertificateInvalid(f"certificaat is niet te herleiden tot een vertrouwd anker: {problem}") from problem
        self.revocations.check(verified.chain, now=now)

    def crls_pem(self) -> bytes:
        """The revocation lists that are on disk now, as one PEM; empty when none are configured."""
        return self.revocations.pem()
