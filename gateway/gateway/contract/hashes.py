"""Content and grant hashes (FSC Core, hashes): SHA3-512 over JCS (RFC 8785).

Decided where the text is unclear (fsc.md 1.4): the grant hash takes the content hash as string, prefix included.
"""

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


def encode(digest: bytes) -> str:
    """Base64url without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def canonical(value: Any) -> bytes:
    """RFC 8785 bytes of parsed JSON.

    Raises:
        ManagerError: 400, a value that I-JSON does not know.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as problem:
        raise malformed(f"De inhoud is geen I-JSON: {problem}.") from problem


def content_hash(content: dict[str, Any]) -> str:
    """`$1$1$…`, 91 characters, of a contract's content as parsed from the received text."""
    return f"${_ALGORITHM}$1${encode(hashlib.sha3_512(canonical(content)).digest())}"


def grant_hash(of_content: str, data: dict[str, Any]) -> str:
    """`$1$<hash type>$…` of one grant's data within the content with hash `of_content`."""
    kind = GrantType(data["type"]).hash_type
    return f"${_ALGORITHM}${kind}${encode(hashlib.sha3_512(of_content.encode() + canonical(data)).digest())}"


def has_known_algorithm(value: str) -> bool:
    """False for a content hash made with an algorithm that is not SHA3-512."""
    found = _CONTENT.fullmatch(value)
    return found is None or found.group(1) == str(_ALGORITHM)
