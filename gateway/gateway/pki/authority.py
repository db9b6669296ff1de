"""The development PKI: a root, an intermediate, and leaf certificates for invented peers. Never for production."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from gateway.pki.keypair import write_private
from gateway.pki.request import PrivateKey, key_pem, subject

_CA_YEARS, _LEAF_DAYS = 15, 825
_Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Issued:
    """A new key with its certificate chain (leaf, intermediate), both PEM."""

    chain_pem: bytes
    key_pem: bytes


class DevelopmentPki:
    """Root and intermediate in one folder: root.pem, intermediate.pem and their keys."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @property
    def root_pem(self) -> Path:
        return self.directory / "root.pem"

    def create(self, *, now: datetime) -> None:
        """Make root and intermediate if they do not exist; an existing PKI stays unchanged."""
        if self.root_pem.exists():
            return
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        root_key, middle_key = _new_key(), _new_key()
        root_name, middle_name = _ca_name("Root"), _ca_name("Intermediate")
        middle = _ca(middle_name, middle_key, root_name, root_key, now, depth=0)
        self._write("intermediate", middle, middle_key)
        self._write("root", _ca(root_name, root_key, root_name, root_key, now, depth=1), root_key)

    def issue(self, *, peer_id: str, name: str, host: str, now: datetime, key: PrivateKey | None = None) -> Issued:
        """A leaf certificate for one component (serverAuth and clientAuth), valid from an hour before `now`; with a new EC
        P-256 key unless `key` is given.

        Raises:
            FileNotFoundError: the PKI does not exist.
        """
        issuer_pem = (self.directory / "intermediate.pem").read_bytes()
        issuer = x509.load_pem_x509_certificate(issuer_pem)
        issuer_key = load_pem_private_key((self.directory / "intermediate.key").read_bytes(), None)
        assert isinstance(issuer_key, _Key)
        key = key or _new_key()
        leaf = _leaf(key, issuer, issuer_key, peer_id=peer_id, name=name, host=host, now=now)
        return Issued(leaf.public_bytes(Encoding.PEM) + issuer_pem, key_pem(key))

    def _write(self, name: str, certificate: x509.Certificate, key: _Key) -> None:
        write_private(self.directory / f"{name}.key", key_pem(key))
        (self.directory / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))


def _new_key() -> _Key:
    return ec.generate_private_key(ec.SECP256R1())


def _ca_name(kind: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Gemeengoed ontwikkeling"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Gemeengoed Development {kind}"),
        ]
    )


def _builder(
    subject: x509.Name, key: PrivateKey, issuer: x509.Name, issuer_key: _Key, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), False)
    )


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _ca(subject: x509.Name, key: _Key, issuer: x509.Name, issuer_key: _Key, now: datetime, *, depth: int) -> x509.Certificate:
    return (
        _builder(subject, key, issuer, issuer_key, now, timedelta(days=365 * _CA_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=depth), True)
        .add_extension(_usage(ca=True), True)
        .sign(issuer_key, hashes.SHA256())
    )


def _leaf(
    key: PrivateKey, issuer: x509.Certificate, issuer_key: _Key, *, peer_id: str, name: str, host: str, now: datetime
) -> x509.Certificate:
    return (
        _builder(subject(peer_id=peer_id, name=name, host=host), key, issuer.subject, issuer_key, now, timedelta(days=_LEAF_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        .add_extension(_usage(ca=False), True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), False)
        .sign(issuer_key, hashes.SHA256())
    )
