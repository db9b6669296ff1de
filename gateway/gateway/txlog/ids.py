"""Transaction ids: UUID version 7 (Digikoppeling REST API; RFC 9562, 5.7)."""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Iterator

_V7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)

_AT_ONCE = 256


def new_id(milliseconds: int) -> str:
    """A UUIDv7, in its usual form, for a moment in milliseconds since 1970."""
    random = next(_RANDOM)
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | (random >> 64 & 0xFFF) << 64
    text = f"{value | 0b10 << 62 | random & (2**62 - 1):032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _random() -> Iterator[int]:
    """Numbers of 80 bits; asked of the system many at a time, since every call needs one."""
    while True:
        for high, low in struct.iter_unpack(">HQ", os.urandom(10 * _AT_ONCE)):
            yield high << 64 | low


_RANDOM = _random()


def is_valid(text: str) -> bool:
    """Whether `text` is a UUIDv7 in its usual form."""
    return _V7.fullmatch(text) is not None
