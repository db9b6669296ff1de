"""Every SELECT and INSERT of a year of inhabitants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalogus_api.gemeente.models import Inwonertal


def bekend(session: Session, peildatum: date) -> dict[str, tuple[int, str | None]]:
    """Figure and status by gemeentecode."""
    query = select(Inwonertal.gemeentecode, Inwonertal.aantal, Inwonertal.status).where(Inwonertal.peildatum == peildatum)
    return {code: (aantal, status) for code, aantal, status in session.execute(query)}


def put(session: Session, rijen: Sequence[Mapping[str, Any]]) -> None:
    """Store figures in the place of those before; a trigger keeps these."""
    nieuw = insert(Inwonertal).values(rijen)
    rest = {naam: nieuw.excluded[naam] for naam in ("aantal", "status", "vastgelegd_op", "bestand")}
    session.execute(nieuw.on_conflict_do_update(index_elements=["gemeentecode", "peildatum"], set_=rest))
