"""How diensten are named in totals."""

from __future__ import annotations


def sleutel(code: str) -> str:
    """A code as the key of a total on the wire: "luisterend-oor" to "luisterendOor"."""
    eerste, *rest = code.split("-")
    return eerste + "".join(deel.capitalize() for deel in rest)
