"""Every SELECT and INSERT on what gemeenten want on their invoices."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Select, func, insert, select, text
from sqlalchemy.orm import Session, aliased

from abonnement_api.factuurgegevens.models import Factuurgegevens


def _laatste() -> Select[Any]:
    """The last version of every gemeente."""
    ander = aliased(Factuurgegevens)
    nieuwste = select(func.max(ander.versie)).where(ander.gemeentecode == Factuurgegevens.gemeentecode).scalar_subquery()
    return values_of(Factuurgegevens).where(Factuurgegevens.versie == nieuwste)


def find(session: Session, zicht: Sight, gemeentecode: str) -> Values | None:
    query = _laatste().where(Factuurgegevens.gemeentecode == gemeentecode, *zicht.on(gemeentecode=Factuurgegevens.gemeentecode))
    return session.connection().execute(query).one_or_none()


def list_gegevens(session: Session, zicht: Sight, wens: PageQuery) -> tuple[int, list[Values]]:
    query = _laatste().where(*zicht.on(gemeentecode=Factuurgegevens.gemeentecode)).order_by(Factuurgegevens.gemeentecode)
    return select_page(session, query, wens)


def van(session: Session, gemeentecodes: Collection[str]) -> dict[str, Values]:
    """Gemeentecode to its data, of those that have any."""
    query = _laatste().where(Factuurgegevens.gemeentecode.in_(gemeentecodes))
    return {rij.gemeentecode: rij for rij in session.connection().execute(query)}


def add(session: Session, waarden: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Store the next version of each of these gemeenten; who changes the same ones waits.

    Returns:
        gemeentecode to the number of its version.
    """
    codes = sorted(een["gemeentecode"] for een in waarden)
    # One lock for the table: it changes seldom, and many at a time.
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('factuurgegevens', 0))"))
    query = select(Factuurgegevens.gemeentecode, func.max(Factuurgegevens.versie)).where(Factuurgegevens.gemeentecode.in_(codes))
    laatste = {code: versie for code, versie in session.execute(query.group_by(Factuurgegevens.gemeentecode))}
    versies = {code: laatste.get(code, 0) + 1 for code in codes}
    session.execute(insert(Factuurgegevens), [{**een, "versie": versies[een["gemeentecode"]]} for een in waarden])
    return versies
