"""Every SELECT and INSERT on the table of billing rounds; its lock lives here."""

from __future__ import annotations

from datetime import date, datetime

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from abonnement_api.facturatieronde.models import Facturatieronde
from abonnement_api.facturatieronde.rules import AANGEVRAAGD


def neem(
    session: Session, *, jaar: int, tariefbesluit: str, peildatum: date, factuurdatum: date, op: datetime
) -> tuple[Facturatieronde, bool]:
    """The round of the year, locked, and whether it was inserted now; a second request waits for the first."""
    nieuw = insert(Facturatieronde).values(
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
