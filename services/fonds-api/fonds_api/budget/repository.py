"""Every SELECT on what is left of budgets."""

from __future__ import annotations

from collections.abc import Collection

from gemeengoed_kit.sight import EVERYTHING, Sight
from sqlalchemy import select
from sqlalchemy.orm import Session

from fonds_api.budget.models import Budgetstand
from fonds_api.budget.rules import Post, Stand


def standen(session: Session, fonds: str, jaren: Collection[int], zicht: Sight = EVERYTHING) -> dict[tuple[int, Post], Stand]:
    """By year and post, in order of post."""
    query = (
        select(*Budgetstand.__table__.c)
        .where(Budgetstand.fonds == fonds, Budgetstand.jaar.in_(jaren), *zicht.on(fonds=Budgetstand.fonds))
        .order_by(Budgetstand.jaar, Budgetstand.prioriteit == "", Budgetstand.prioriteit, Budgetstand.budgetsoort)
    )
    return {
        (rij.jaar, (rij.prioriteit, rij.budgetsoort)): Stand(
            int(rij.begroot_cent), int(rij.overgeheveld_cent), int(rij.verplicht_cent), int(rij.besteed_cent)
        )
        for rij in session.connection().execute(query)
    }
