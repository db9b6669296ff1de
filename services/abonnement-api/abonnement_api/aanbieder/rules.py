"""How diensten are named in totals."""

from __future__ import annotations


def sleutel(code: str) -> str:
    """A code in the form that totals use as a key on the wire: "luisterend-oor" to "luisterendOor"."""
    eerste, *rest = code.split("-")
    return eerste + "".join(deel.capitalize() for deel in rest)
