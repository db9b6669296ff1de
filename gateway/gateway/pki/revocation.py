"""Certificate revocation lists, read from disk again when they change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from gateway.pki.errors import CertificateInvalid

_PEM = b"-----BEGIN X509 CRL-----"


class RevocationLists:
    """The lists in some files (PEM, several per file allowed, or DER). Without files no certificate counts as revoked."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._paths = paths
        self._read: tuple[tuple[int, int], ...] | None = None
        self._lists: list[x509.CertificateRevocationList] = []

    def lists(self) -> list[x509.CertificateRevocationList]:
        """The lists that are on disk now.

        Raises:
            CertificateInvalid: a file is missing or unreadable.
        """
        try:
            version = tuple((stat.st_mtime_ns, stat.st_size) for stat in (path.stat() for path in self._paths))
            if version != self._read:
                self._lists = [found for path in self._paths for found in _load(path.read_bytes())]
                self._read = version
        except (OSError, ValueError) as problem:
            raise CertificateInvalid(f"intrekkingslijst is niet te lezen: {problem}") from problem
        return self._lists

    def pem(self) -> bytes:
        """All lists as one PEM."""
        return b"".join(found.public_bytes(Encoding.PEM) for found in self.lists())

    def check(self, chain: Sequence[x509.Certificate], *, now: datetime) -> None:
        """Check every certificate of a verified chain (leaf first, root last) against the list of its issuer.

        Raises:
            CertificateInvalid: revoked, or its issuer has no current list.
        """
        if not self._paths:
            return
        for certificate, issuer in pairwise(chain):
            name = certificate.subject.rfc4514_string()
            current = [found for found in self.lists() if found.issuer == issuer.subject and _signed(found, issuer)]
            if not any(is_current(found, now) for found in current):
                raise CertificateInvalid(
                    f"van {issuer.subject.rfc4514_string()} is geen geldige intrekkingslijst voorhanden ({name})"
                )
            if any(found.get_revoked_certificate_by_serial_number(certificate.serial_number) for found in current):
                raise CertificateInvalid(f"certificaat is ingetrokken ({name})")


def is_current(found: x509.CertificateRevocationList, now: datetime) -> bool:
    """Whether a list is in force at `now`."""
    return found.last_update_utc <= now and (found.next_update_utc is None or now < found.next_update_utc)


def _signed(found: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    key = issuer.public_key()
    try:
        return found.is_signature_valid(key)  # type: ignore[arg-type]
    except TypeError:  # the key's type cannot sign lists
        return False


def _load(content: bytes) -> list[x509.CertificateRevocationList]:
    if _PEM not in content:
        return [x509.load_der_x509_crl(content)]
    parts = content.split(_PEM)[1:]
    return [x509.load_pem_x509_crl(_PEM + part) for part in parts]
