"""A key with a certificate, and what it signs: JWS from RFC 7515, thumbprints from FSC Core."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import ssl
import time
import uuid
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from tests.gateway.independent.authority import pem_of
from tests.gateway.independent.hashing import b64, content_hash

DIGESTS = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
CURVES = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}
BOTH_USES = (ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH)


def make_key(algorithm: str) -> Any:
    return ec.generate_private_key(CURVES[algorithm]) if algorithm in CURVES else rsa.generate_private_key(65537, 2048)


class Identity:
    """A key with a certificate, in a folder; issued by the CA (certificate, key) that is handed in, else self-signed."""

    def __init__(
        self,
        folder: Path,
        name: str,
        oin: str,
        host: str,
        ca: tuple[Path, Path] | None,
        *,
        algorithm: str = "ES256",
        organisation: str | None = None,
        key: Any = None,
        days: float = 30,
        uses: tuple[ObjectIdentifier, ...] = BOTH_USES,
    ) -> None:
        self.algorithm, self.key = algorithm, key or make_key(algorithm)
        issuer = x509.load_pem_x509_certificate(ca[0].read_bytes()) if ca else None
        ca_key: Any = serialization.load_pem_private_key(ca[1].read_bytes(), None) if ca else self.key
        subject = _subject(organisation or f"Onafhankelijk {name}", oin, host)
        self.certificate = _certificate(subject, self.key, issuer.subject if issuer else subject, ca_key, host, days, uses)
        chain = [self.certificate] + ([issuer] if issuer else [])
        self.chain_der = [part.public_bytes(serialization.Encoding.DER) for part in chain]
        self.pem, self.key_pem = folder / f"{name}-{uuid.uuid4().hex}.pem", folder / f"{name}-{uuid.uuid4().hex}.key"
        self.pem.write_bytes(b"".join(part.public_bytes(serialization.Encoding.PEM) for part in chain))
        self.key_pem.write_bytes(pem_of(self.key))

    @property
    def thumbprint(self) -> str:
        return b64(hashlib.sha256(self.chain_der[0]).digest())

    @property
    def key_thumbprint(self) -> str:
        return hashlib.sha256(
            self.key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        ).hexdigest()

    def jws(self, payload: Any, *, algorithm: str | None = None, header: dict[str, Any] | None = None) -> str:
        """A compact JWS; `algorithm` overrides the header's alg without changing how it is signed."""
        given = {"alg": algorithm or self.algorithm, "x5t#S256": self.thumbprint, **(header or {})}
        return self.sign(json.dumps(given).encode(), json.dumps(payload).encode())

    def sign(self, header: bytes, payload: bytes) -> str:
        """A compact JWS of any header and payload, whatever they say."""
        signed = b64(header) + "." + b64(payload)
        digest = DIGESTS[self.algorithm[2:]]
        if self.algorithm.startswith("ES"):
            r, s = decode_dss_signature(self.key.sign(signed.encode(), ec.ECDSA(digest)))
            size = (self.key.curve.key_size + 7) // 8
            return f"{signed}.{b64(r.to_bytes(size, 'big') + s.to_bytes(size, 'big'))}"
        return f"{signed}.{b64(self.key.sign(signed.encode(), padding.PKCS1v15(), digest))}"

    def says(self, kind: str, content: dict[str, Any], **changes: Any) -> str:
        return self.jws({"contract_content_hash": content_hash(content), "type": kind, "signed_at": int(time.time()), **changes})

    def jwk(self) -> dict[str, Any]:
        return {
            "kty": "EC" if self.algorithm.startswith("ES") else "RSA",
            "use": "sig",
            "kid": self.thumbprint,
            "x5t#S256": self.thumbprint,
            "x5c": [base64.b64encode(der).decode() for der in self.chain_der],
        }

    def client_context(self, root: Path) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(root))
        context.load_cert_chain(self.pem, self.key_pem)
        return context


def verify(jws: str, keys: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The payload of a compact JWS, verified with the certificate (x5c) that its header names, out of a JWKS by thumbprint."""
    head, body, signature = jws.split(".")
    header, payload = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in (head, body))
    der = base64.b64decode(keys[header["x5t#S256"]]["x5c"][0])
    public: Any = x509.load_der_x509_certificate(der).public_key()
    signed, raw = f"{head}.{body}".encode(), base64.urlsafe_b64decode(signature + "==")
    digest = DIGESTS[header["alg"][2:]]
    if header["alg"].startswith("ES"):
        half = len(raw) // 2
        raw = encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))
        public.verify(raw, signed, ec.ECDSA(digest))
    else:
        public.verify(raw, signed, padding.PKCS1v15(), digest)
    return payload


def _subject(organisation: str, oin: str, host: str) -> x509.Name:
    parts = ((NameOID.ORGANIZATION_NAME, organisation), (NameOID.SERIAL_NUMBER, oin), (NameOID.COMMON_NAME, host))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])


def _certificate(
    subject: x509.Name, key: Any, issuer: x509.Name, ca_key: Any, host: str, days: float, uses: tuple[ObjectIdentifier, ...]
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=days))
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), False)
        .add_extension(x509.ExtendedKeyUsage(list(uses)), False)
        .sign(ca_key, hashes.SHA256())
    )
