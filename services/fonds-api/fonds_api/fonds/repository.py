"""Every statement on fondsen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import Limit, Sight
from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from fonds_api.fonds.models import Fonds

_BOEKREGELS = text("SELECT boekingsrollen, vier_ogen_vanaf_cent, vier_ogen_vrij FROM fonds WHERE code = :code")


def find(session: Session, zicht: Sight, code: str) -> Values | None:
    query = values_of(Fonds).where(Fonds.code == code, *zicht.on(fonds=Fonds.code))
    return session.connection().execute(query).one_or_none()


def boekregels(session: Session, code: str) -> Values | None:
    """Roles that may see a fonds and book in it, and from which amount somebody else must confirm."""
    return session.connection().execute(_BOEKREGELS, {"code": code}).one_or_none()


def codes_van(rol: str | None) -> Limit:
    """Query for the codes of the fondsen that a role may see."""
    return select(Fonds.code).where(Fonds.boekingsrollen.contains([rol]))


def list_fondsen(session: Session, zicht: Sight, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Fonds).where(*zicht.on(fonds=Fonds.code)).order_by(Fonds.code), wens)


def add(session: Session, waarden: Mapping[str, Any]) -> bool:
    """False when there is one with this code already."""
    nieuw = insert(Fonds).values(waarden).on_conflict_do_nothing().returning(Fonds.code)
    return session.execute(nieuw).first() is not None


def vergrendel(session: Session, zicht: Sight, code: str) -> Values | None:
    """A fonds, which nobody else changes until the end of the transaction; booking in it goes on."""
    query = values_of(Fonds).where(Fonds.code == code, *zicht.on(fonds=Fonds.code)).with_for_update(key_share=True)
    return session.connection().execute(query).one_or_none()


def wijzig(session: Session, code: str, waarden: Mapping[str, Any]) -> None:
    session.execute(update(Fonds).where(Fonds.code == code).values({**waarden, "versie": Fonds.versie + 1}))
