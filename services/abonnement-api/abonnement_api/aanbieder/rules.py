"""How diensten and aanbieders are named in totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def sleutel(code: str) -> str:
    """A code as the key of a total on the wire: "luisterend-oor" to "luisterendOor"."""
    eerste, *rest = code.split("-")
    return eerste + "".join(deel.capitalize() for deel in rest)


def per_sleutel(codes: Iterable[str], bedragen_cent: Mapping[str, int]) -> dict[str, int]:
    """Totals in cents by wire key, with 0 for every code that has none."""
    return {sleutel(code): bedragen_cent.get(code, 0) for code in codes}
