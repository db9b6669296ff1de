"""Every SELECT on lines per dienst; who sees which."""

from __future__ import annotations

from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from abonnement_api.regel.models import Dienstfactuurregel, Dienstontvangst, Dienstverdeling
from abonnement_api.regel.schemas import RegelsFilter, VerdelingsregelsFilter


def zichtbaar(zicht: Sight, model: Any) -> list[ColumnElement[bool]]:
    """The lines that a caller may see: an aanbieder those of its diensten, a gemeente those of its invoices."""
    kolommen = {"aanbieder": model.aanbieder}
    return zicht.on(**kolommen if model is Dienstverdeling else {**kolommen, "gemeentecode": model.gemeentecode})


def list_factuurregels(session: Session, zicht: Sight, wens: RegelsFilter) -> tuple[int, list[Values], int, int]:
    """(total number, lines of this page, invoiced and open in cents of all)."""
    model = Dienstfactuurregel
    voorwaarden = _gevraagd(zicht, model, wens)
    query = values_of(model).where(*voorwaarden).order_by(model.jaar, model.volgnummer, model.dienst)
    open_cent = model.bedrag_cent - model.gecrediteerd_cent - model.betaald_cent
    som = select(func.coalesce(func.sum(model.bedrag_cent), 0), func.coalesce(func.sum(open_cent), 0)).where(*voorwaarden)
    totaal, openstaand = session.execute(som).one()
    return *select_page(session, query, wens), int(totaal), int(openstaand)


def list_toewijzingen(session: Session, zicht: Sight, wens: RegelsFilter) -> tuple[int, list[Values], int]:
    """(total number, lines of this page, sum in cents of all)."""
    model = Dienstontvangst
    voorwaarden = _gevraagd(zicht, model, wens)
    query = values_of(model).where(*voorwaarden)
    query = query.order_by(model.datum, model.factuur, model.dienst, model.betaling, model.koppeling)
    return *select_page(session, query, wens), _som(session, model, voorwaarden)


def list_verdelingsregels(session: Session, zicht: Sight, wens: VerdelingsregelsFilter) -> tuple[int, list[Values], int]:
    """(total number, lines of this page, sum in cents of all)."""
    model = Dienstverdeling
    voorwaarden = zichtbaar(zicht, model)
    if wens.dienst is not None:
        voorwaarden.append(model.dienst == wens.dienst)
    query = values_of(model).where(*voorwaarden).order_by(model.volgnummer, model.dienst)
    return *select_page(session, query, wens), _som(session, model, voorwaarden)


def _gevraagd(zicht: Sight, model: Any, wens: RegelsFilter) -> list[ColumnElement[bool]]:
    voorwaarden = zichtbaar(zicht, model)
    for kolom, waarde in (
        (model.jaar, wens.jaar),
        (model.dienst, wens.dienst),
        (model.gemeentecode, wens.gemeentecode),
        (model.factuur, wens.factuur),
    ):
        if waarde is not None:
            voorwaarden.append(kolom == waarde)
    return voorwaarden


def _som(session: Session, model: Any, voorwaarden: list[ColumnElement[bool]]) -> int:
    return int(session.execute(select(func.coalesce(func.sum(model.bedrag_cent), 0)).where(*voorwaarden)).scalar_one())
