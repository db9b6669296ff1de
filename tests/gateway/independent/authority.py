"""A certificate authority of our own: the second trust anchor of the lab's Group."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def pem_of(key: Any) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


class Authority:
    """A root with one intermediate; `pair` (certificate, key) issues, `root` is the anchor."""

    def __init__(self, folder: Path, name: str = "Onafhankelijk") -> None:
        self.root = folder / f"{uuid.uuid4().hex}-root.pem"
        self.pair = (self.root.with_suffix(".intermediate.pem"), self.root.with_suffix(".intermediate.key"))
        self.root_key = root_key = ec.generate_private_key(ec.SECP384R1())
        key = ec.generate_private_key(ec.SECP256R1())
        root_name, middle_name = (_name(f"{name} {kind}") for kind in ("Root", "Tussen"))
        root = _sign(root_name, root_key.public_key(), root_name, root_key, 1)
        middle = _sign(middle_name, key.public_key(), root_name, root_key, 0)
        for path, certificate in ((self.root, root), (self.pair[0], middle)):
            path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        self.pair[1].write_bytes(pem_of(key))


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _sign(subject: x509.Name, key: Any, issuer: x509.Name, issuer_key: Any, depth: int) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    usage = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=2))
        .not_valid_after(now + dt.timedelta(days=60))
        .add_extension(x509.BasicConstraints(ca=True, path_length=depth), True)
        .add_extension(x509.KeyUsage(**usage, key_cert_sign=True, crl_sign=True), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), False)
        .sign(issuer_key, hashes.SHA256())
    )
