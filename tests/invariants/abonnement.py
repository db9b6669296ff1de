"""Invariants of the abonnement database, run after every test on a database: the product's own."""

from __future__ import annotations

from typing import Any

import psycopg
from abonnement_api.controle.invarianten import INVARIANTEN as QUERIES

__all__ = ["QUERIES", "schendingen"]


def schendingen(url: str) -> dict[str, list[Any]]:
    """Invariant to the rows that break it; empty when all hold.

    Args:
        url: libpq URL of the abonnement database.
    """
    with psycopg.connect(url) as verbinding:
        gevonden = {naam: verbinding.execute(query).fetchall() for naam, query in QUERIES.items()}  # type: ignore[arg-type]
    return {naam: rijen for naam, rijen in gevonden.items() if rijen}
