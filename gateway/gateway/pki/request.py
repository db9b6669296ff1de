"""Keys and certificate requests (PKCS #10, RFC 2986) for the components of a peer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


class KeyKind(StrEnum):
    """Kinds of keys that we make here (NCSC guideline for TLS 2.1)."""

    EC_P256 = "EC-P256"
    RSA_3072 = "RSA-3072"
    RSA_4096 = "RSA-4096"


class KeyUnreadable(Exception):
    """A private key that cannot be used; the message is Dutch and reveals nothing of the key itself."""


def make_key(kind: KeyKind) -> PrivateKey:
    """A new private key."""
    if kind is KeyKind.EC_P256:
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=int(kind.rpartition("-")[2]))


def read_key(pem: bytes, passphrase: str | None = None) -> PrivateKey:
    """A private key from PEM (PKCS #8 or the older formats), encrypted or not.

    Raises:
        KeyUnreadable: not a key, a wrong passphrase, or a kind that FSC does not support.
    """
    try:
        key = load_pem_private_key(pem, passphrase.encode() if passphrase else None)
    except TypeError as problem:
        asked = "is versleuteld; geef het wachtwoord" if passphrase is None else "is niet versleuteld; laat het wachtwoord weg"
        raise KeyUnreadable(f"de sleutel {asked}") from problem
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise KeyUnreadable("dit is geen leesbare PEM-sleutel, of het wachtwoord klopt niet") from problem
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise KeyUnreadable("FSC kent alleen sleutels van de soort EC en RSA")
    return key


def key_pem(key: PrivateKey) -> bytes:
    """The key as PKCS #8 without encryption, as nginx needs it."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def key_thumbprint(key: PublicKey) -> str:
    """Lower-case hex SHA-256 of the DER SubjectPublicKeyInfo (fsc.md G7)."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def subject(*, peer_id: str, name: str, host: str) -> x509.Name:
    """The subject in which FSC finds the peer: O is its name, serialNumber its OIN."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NL"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, peer_id),
            x509.NameAttribute(NameOID.COMMON_NAME, host[:64]),
        ]
    )


def make_request(key: PrivateKey, *, peer_id: str, name: str, hosts: Iterable[str]) -> str:
    """A certificate request (PEM) for a component. The first of `hosts` is the common name; all are in the SAN."""
    names = list(dict.fromkeys(hosts))
    return (
        x509.CertificateSigningRequestBuilder()
        .subject_name(subject(peer_id=peer_id, name=name, host=names[0]))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in names]), False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), False)
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
        .decode()
    )
