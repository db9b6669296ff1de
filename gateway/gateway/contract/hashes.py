"""What all hashes of FSC Core share: SHA3-512, base64url, and the prefix `$algorithm$type$`."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import rfc8785

from gateway.errors import malformed
from gateway.names import GrantType

_ALGORITHM = 1
_CONTENT = re.compile(r"\$(\d+)\$1\$[A-Za-z0-9_-]{86}", re.ASCII)
CONNECTION_HASH = re.compile(r"\$1\$[34]\$[A-Za-z0-9_-]{86}", re.ASCII)


def canonical(value: Any) -> bytes:
    """Parsed JSON as RFC 8785 bytes.

    Raises:
        ManagerError: 400, a value that I-JSON does not allow.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as problem:
        raise malformed(f"De inhoud is geen I-JSON: {problem}.") from problem


def content_hash(of: bytes) -> str:
    """`$1$1$…`, 91 characters, over the bytes that represent a contract's content."""
    return _named(1, of)


def grant_hash(kind: GrantType, of: bytes) -> str:
    """`$1$<hash type>$…` over the bytes that represent a grant."""
    return _named(kind.hash_type, of)


def has_known_algorithm(value: str) -> bool:
    """False for a content hash whose algorithm is not SHA3-512."""
    found = _CONTENT.fullmatch(value)
    return found is None or found.group(1) == str(_ALGORITHM)


def _named(kind: int, of: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha3_512(of).digest()).rstrip(b"=").decode()
    return f"${_ALGORITHM}${kind}${digest}"
