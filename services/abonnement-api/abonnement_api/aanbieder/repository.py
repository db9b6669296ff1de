"""Every SELECT on aanbieders and their diensten."""

from __future__ import annotations

from collections.abc import Sequence

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import EVERYTHING, Sight
from sqlalchemy import select
from sqlalchemy.orm import Session

from abonnement_api.aanbieder.models import Aanbieder, Dienst


def list_aanbieders(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Aanbieder).order_by(Aanbieder.code), wens)


def namen(session: Session) -> dict[str, str]:
    """Aanbieder to its name."""
    return {code: naam for code, naam in session.execute(select(Aanbieder.code, Aanbieder.naam))}


def diensten(session: Session, zicht: Sight = EVERYTHING) -> Sequence[Values]:
    """Every dienst of the aanbieders that a caller may see the money of, by code."""
    query = values_of(Dienst).where(*zicht.on(aanbieder=Dienst.aanbieder))
    return session.connection().execute(query.order_by(Dienst.code)).all()


def reeksen(session: Session) -> dict[str, int]:
    """Aanbieder to its series of invoice numbers."""
    return {code: reeks for code, reeks in session.execute(select(Aanbieder.code, Aanbieder.reeks))}
