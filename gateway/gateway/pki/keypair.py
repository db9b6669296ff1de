"""A private key with its certificate, as one component of a peer holds it on disk (mode 0600)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from joserfc.jwk import ECKey, RSAKey

from gateway.pki.certificate import Certificate, from_pem, jws_algorithm

COMPONENTS = ("manager", "inway", "outway")


@dataclass(frozen=True, eq=False)
class KeyPair:
    """Where a component's certificate chain and key lie, and what they hold."""

    certificate_path: Path
    key_path: Path

    @cached_property
    def certificate(self) -> Certificate:
        return from_pem(self.certificate_path.read_bytes())

    @cached_property
    def jwk(self) -> ECKey | RSAKey:
        pem = self.key_path.read_bytes()
        return ECKey.import_key(pem) if self.algorithm.startswith("ES") else RSAKey.import_key(pem)

    @property
    def algorithm(self) -> str:
        """The JWS algorithm that fits this key."""
        return jws_algorithm(self.certificate.leaf)


class KeyStore:
    """Keys of the hosted peers: `<directory>/<peer id>/<component>.pem` and `.key`."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._pairs: dict[tuple[str, str, int], KeyPair] = {}

    def paths(self, peer_id: str, component: str) -> tuple[Path, Path]:
        """Certificate chain and key of a component, existing or not."""
        folder = self.directory / peer_id
        return folder / f"{component}.pem", folder / f"{component}.key"

    def pair(self, peer_id: str, component: str) -> KeyPair:
        """The key pair of a component, read again when the certificate file changes.

        Raises:
            FileNotFoundError: the peer has no such key here.
        """
        certificate, key = self.paths(peer_id, component)
        version = certificate.stat().st_mtime_ns
        found = self._pairs.get((peer_id, component, version))
        if found is None:
            found = self._pairs[peer_id, component, version] = KeyPair(certificate, key)
        return found

    def write(self, peer_id: str, component: str, chain_pem: bytes, key_pem: bytes) -> KeyPair:
        """Store a key pair, readable by this user alone."""
        certificate, key = self.paths(peer_id, component)
        certificate.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(key, key_pem)
        write_private(certificate, chain_pem)
        return KeyPair(certificate, key)


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    partial = path.with_name(path.name + ".new")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    partial.replace(path)
