"""The queries of the invariants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from fonds_api.controle.invarianten import INVARIANTEN

HOOGSTENS = 20


def schendingen(session: Session) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """(name, row) of each violation; of one invariant the first twenty."""
    for naam, vraag in INVARIANTEN.items():
        for rij in session.execute(text(vraag.replace(":", "\\:"))).fetchmany(HOOGSTENS):
            yield naam, tuple(rij)
