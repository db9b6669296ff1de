"""A private key with its certificate, as one component of a peer has it on disk (mode 0600).

A pair has a folder of its own, `<peer id>/<component>.<version>/`. The link `<peer id>/<component>` points to the pair in use,
so certificate and key change in one step. `<component>.pem` and `.key` are links to the pair in use, or plain files that were
placed there by hand.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from joserfc.jwk import ECKey, RSAKey

from gateway.pki.certificate import Certificate, CertificateInvalid, from_pem, jws_algorithm
from gateway.pki.errors import PairUnusable
from gateway.pki.request import KeyUnreadable, key_thumbprint, read_key

COMPONENTS = ("manager", "inway", "outway")
_CERTIFICATE, _KEY = "certificate.pem", "key.pem"
_IN_USE_SECONDS = 300
"""So long may an nginx worker still use a pair that was replaced."""


@dataclass(frozen=True, eq=False)
class KeyPair:
    """The paths of a component's certificate chain and key, and their content."""

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

    @cached_property
    def fault(self) -> str | None:
        """Why this pair cannot be used, in Dutch: unreadable, half copied, or a key of another certificate."""
        try:
            certificate, key = self.certificate, read_key(self.key_path.read_bytes())
            jws_algorithm(certificate.leaf)
            fits = key_thumbprint(key.public_key()) == certificate.public_key_thumbprint
        except (OSError, ValueError, CertificateInvalid, KeyUnreadable) as problem:
            return str(problem)
        return None if fits else "de sleutel hoort niet bij het certificaat"


class KeyStore:
    """Keys of the hosted peers, and keys that wait for their certificate (`<component>.aanvraag/<thumbprint>.key`)."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._pairs: dict[tuple[str, str | None, int, int, int, int], KeyPair] = {}

    def paths(self, peer_id: str, component: str) -> tuple[Path, Path]:
        """Certificate chain and key of a component, whether they exist or not; the paths stay the same after a renewal."""
        folder = self.directory / peer_id
        return folder / f"{component}.pem", folder / f"{component}.key"

    def has(self, peer_id: str, component: str) -> bool:
        """Whether the component has a certificate and key."""
        base = f"{self.directory}/{peer_id}/{component}"
        return os.path.exists(f"{base}.pem") and os.path.exists(f"{base}.key")

    def pair(self, peer_id: str, component: str) -> KeyPair:
        """The key pair of a component; read again after it was replaced.

        Raises:
            FileNotFoundError: the peer has no such key here.
        """
        base = f"{self.directory}/{peer_id}/{component}"  # plain strings, for speed: with 500 peers this runs thousands of times
        try:
            version: str | None = os.readlink(base)
        except OSError:
            version = None
        certified, keyed = os.stat(f"{base}.pem"), os.stat(f"{base}.key")
        known_by = (base, version, certified.st_mtime_ns, certified.st_size, keyed.st_mtime_ns, keyed.st_size)
        found = self._pairs.get(known_by)
        if found is None:
            certificate, key = self.paths(peer_id, component)
            if version is not None:
                folder = (self.directory / peer_id / version).resolve(strict=True)
                certificate, key = folder / _CERTIFICATE, folder / _KEY
            found = self._pairs[known_by] = KeyPair(certificate, key)
        return found

    def usable(self, peer_id: str, component: str) -> KeyPair | None:
        """The key pair of a component; None when there is none, or while it is damaged. For what serves all peers: a fault in the
        files of one is not to be the fault of another."""
        try:
            pair = self.pair(peer_id, component)
        except OSError:
            return None
        return pair if pair.fault is None else None

    def needed(self, peer_id: str, component: str) -> KeyPair:
        """The key pair of a component, for what cannot be done without.

        Raises:
            PairUnusable: there is none, or it is damaged.
        """
        try:
            pair = self.pair(peer_id, component)
        except OSError as problem:
            raise PairUnusable(f"Peer {peer_id} heeft geen certificaat met sleutel van de {component}.") from problem
        if pair.fault is not None:
            raise PairUnusable(
                f"Certificaat of sleutel van de {component} van peer {peer_id} is niet te gebruiken: {pair.fault}."
            )
        return pair

    def pair_with(self, peer_id: str, component: str, thumbprint: str) -> KeyPair:
        """The pair with this certificate: the one in use or the one before it; if neither has it, the one in use.

        Raises:
            PairUnusable: see `needed`.
        """
        pair = self.needed(peer_id, component)
        if pair.certificate.thumbprint != thumbprint:
            for path in (self.directory / peer_id).glob(f"{component}.*/{_CERTIFICATE}"):
                before = KeyPair(path, path.with_name(_KEY))
                if before.fault is None and before.certificate.thumbprint == thumbprint:
                    return before
        return pair

    def write(self, peer_id: str, component: str, chain_pem: bytes, key_pem: bytes) -> KeyPair:
        """Take a key pair into use, readable only by this user. The previous pair stays on disk, and so does what was in use a
        moment ago: nginx may still use it. Older ones are removed."""
        pem, key = self.paths(peer_id, component)
        pem.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if pem.exists() and not pem.is_symlink():
            self._place(peer_id, component, pem.read_bytes(), key.read_bytes())
        self._place(peer_id, component, chain_pem, key_pem)
        return self.pair(peer_id, component)

    def _place(self, peer_id: str, component: str, chain_pem: bytes, key_pem: bytes) -> None:
        current = self._current(peer_id, component)
        fresh = Path(tempfile.mkdtemp(prefix=f"{component}.", dir=current.parent))
        write_private(fresh / _KEY, key_pem)
        write_private(fresh / _CERTIFICATE, chain_pem)
        _link(current, fresh.name)
        for path, name in zip(self.paths(peer_id, component), (_CERTIFICATE, _KEY), strict=True):
            if not path.is_symlink():
                _link(path, f"{component}/{name}")
        pairs = [path for path in current.parent.glob(f"{component}.*") if path.is_dir() and path.suffix != ".aanvraag"]
        pairs.sort(key=lambda path: path.stat().st_mtime_ns)
        long_ago = time.time() - _IN_USE_SECONDS
        for old, successor in itertools.pairwise(pairs[:-1]):
            if successor.stat().st_mtime < long_ago:
                shutil.rmtree(old)

    def _current(self, peer_id: str, component: str) -> Path:
        return self.directory / peer_id / component

    # ---- keys without a certificate yet
    def keep_requested(self, peer_id: str, component: str, thumbprint: str, key_pem: bytes) -> None:
        """Store a new key until its certificate is imported; `thumbprint` is that of the public key (hex)."""
        path = self._requested(peer_id, component, thumbprint)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, key_pem)

    def requested(self, peer_id: str, component: str, thumbprint: str) -> bytes | None:
        """The key (PEM) that a certificate request was made with."""
        path = self._requested(peer_id, component, thumbprint)
        return path.read_bytes() if path.exists() else None

    def forget_requested(self, peer_id: str, component: str, thumbprint: str) -> None:
        """Delete a waiting key; its certificate is in use now."""
        self._requested(peer_id, component, thumbprint).unlink(missing_ok=True)

    def _requested(self, peer_id: str, component: str, thumbprint: str) -> Path:
        return self.directory / peer_id / f"{component}.aanvraag" / f"{thumbprint}.key"


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, atomically."""
    partial = path.with_name(path.name + ".new")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    partial.replace(path)


def _link(path: Path, target: str) -> None:
    partial = path.with_name(path.name + ".link")
    partial.unlink(missing_ok=True)
    partial.symlink_to(target)
    partial.replace(path)
