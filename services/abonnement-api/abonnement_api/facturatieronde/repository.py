"""Every statement on the tables of billing rounds; their locks live here."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from abonnement_api.facturatieronde.models import Facturatieronde, Facturatierondebesluit
from abonnement_api.facturatieronde.rules import AANGEVRAAGD, GOEDGEKEURD


def neem(
    session: Session, *, jaar: int, tariefbesluit: str, peildatum: date, factuurdatum: date, op: datetime
) -> tuple[Facturatieronde, bool]:
    """The round of the year, locked, and whether it was inserted now; a second request waits for the first."""
    nieuw = upsert(Facturatieronde).values(
        jaar=jaar,
        tariefbesluit=tariefbesluit,
        peildatum=peildatum,
        factuurdatum=factuurdatum,
        status=AANGEVRAAGD,
        aangevraagd_op=op,
    )
    gemaakt = session.execute(nieuw.on_conflict_do_nothing().returning(Facturatieronde.jaar)).scalar()
    return lock(session, jaar), gemaakt is not None


def lock(session: Session, jaar: int) -> Facturatieronde:
    return session.get_one(Facturatieronde, jaar, with_for_update=True, populate_existing=True)


def find(session: Session, jaar: int) -> Facturatieronde | None:
    return session.get(Facturatieronde, jaar)


def list_rondes(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Facturatieronde).order_by(Facturatieronde.jaar), wens)


def bezig(session: Session) -> int | None:
    """The year of the round that is being invoiced, if any; who approves another waits for who does so now."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('facturatieronde goedkeuren', 0))"))
    return session.scalar(select(Facturatieronde.jaar).where(Facturatieronde.status == GOEDGEKEURD))


def add_besluit(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Facturatierondebesluit), [waarden])


def besluiten(session: Session, voorstellen: Collection[uuid.UUID]) -> dict[uuid.UUID, Values]:
    """Proposal to what was decided about it, of those about which something was."""
    query = values_of(Facturatierondebesluit).where(Facturatierondebesluit.voorvertoning.in_(voorstellen))
    return {rij.voorvertoning: rij for rij in session.connection().execute(query)}
