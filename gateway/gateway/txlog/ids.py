"""Transaction ids: UUID version 7 (Digikoppeling REST API; RFC 9562, 5.7)."""

from __future__ import annotations

import os
import re

_V7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_AT_ONCE = 256
_ENDS: list[str] = []


def new_id(milliseconds: int) -> str:
    """A UUIDv7 in its usual form, for a time in milliseconds since 1970."""
    return f"{milliseconds >> 16 & 0xFFFF_FFFF:08x}-{milliseconds & 0xFFFF:04x}-{_end()}"


def _end() -> str:
    """Version, variant and 74 random bits. Made many at a time, since every call needs one; each is used only once."""
    while True:
        try:
            return _ENDS.pop()
        except IndexError:
            digits = os.urandom(10 * _AT_ONCE).hex()
            _ENDS.extend(map(_shaped, (digits[start : start + 20] for start in range(0, len(digits), 20))))


def _shaped(random: str) -> str:
    return f"7{random[:3]}-{'89ab'[int(random[3], 16) % 4]}{random[4:7]}-{random[7:19]}"


def is_valid(text: str) -> bool:
    """Whether `text` is a UUIDv7 in its usual form."""
    return _V7.fullmatch(text) is not None
