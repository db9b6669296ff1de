"""Sums over nota's and receipts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import ARRAY, BigInteger, ColumnElement, Select, Text, case, cast, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from fonds_api.debiteur.schemas import DebiteurenFilter
from fonds_api.nota.models import Nota, Toerekening
from fonds_api.nota.repository import OPEN_CENT
from fonds_api.nota.rules import GRENZEN
from fonds_api.ontvangst.models import Ontvangst


def list_debiteuren(session: Session, zicht: Sight, wens: DebiteurenFilter, datum: date) -> tuple[int, int, list[Values]]:
    """(total number, sum in cents of what all have open, debtors of this page)."""
    query = _debiteuren(zicht, wens, datum)
    count, rijen = select_page(session, query.order_by("fonds", "gemeentecode"), wens)
    alles = query.order_by(None).subquery()
    return count, int(session.execute(select(func.coalesce(func.sum(alles.c.open_cent), 0))).scalar_one()), rijen


def _debiteuren(zicht: Sight, wens: DebiteurenFilter, datum: date) -> Select[Any]:
    toegerekend = select(func.coalesce(func.sum(Toerekening.bedrag_cent), 0)).where(Toerekening.ontvangst == Ontvangst.id)
    over = Ontvangst.bedrag_cent - toegerekend.scalar_subquery()
    geen: ColumnElement[int] = literal(0)
    posten = [
        select(
            Nota.fonds,
            Nota.gemeentecode,
            Nota.gemeentenaam.label("naam"),
            Nota.gemaakt_op.label("op"),
            _groep(datum).label("groep"),
            OPEN_CENT.label("post"),
            geen.label("vooruit"),
        ).where(*zicht.on(fonds=Nota.fonds, gemeentecode=Nota.gemeentecode)),
        select(
            Ontvangst.fonds,
            Ontvangst.gemeentecode,
            literal(None),
            literal(None),
            literal(0),
            geen,
            over,
        ).where(*zicht.on(fonds=Ontvangst.fonds, gemeentecode=Ontvangst.gemeentecode)),
    ]
    alle = union_all(*posten).subquery()
    c = alle.c
    per = [_som(case((c.groep == nummer, c.post), else_=0)) for nummer in range(len(GRENZEN) + 1)]
    namen = ("niet_vervallen_cent", "vervallen30_cent", "vervallen60_cent", "vervallen90_cent", "vervallen_langer_cent")
    gedragen = func.array_agg(aggregate_order_by(c.naam, c.op.desc()), type_=ARRAY(Text)).filter(c.naam.is_not(None))
    query = select(
        c.fonds,
        c.gemeentecode,
        func.coalesce(gedragen[1], c.gemeentecode).label("gemeentenaam"),
        _som(c.post - c.vooruit).label("open_cent"),
        *(som.label(titel) for som, titel in zip(per, namen, strict=True)),
        _som(c.vooruit).label("vooruitbetaald_cent"),
    ).group_by(c.fonds, c.gemeentecode)
    if wens.fonds:
        query = query.where(c.fonds == wens.fonds)
    if wens.gemeentecode:
        query = query.where(c.gemeentecode == wens.gemeentecode)
    return query


def _groep(datum: date) -> ColumnElement[int]:
    """As `rules.groep`: how long a nota has been due on a day."""
    return case(
        *((Nota.vervaldatum >= datum - timedelta(grens), nummer) for nummer, grens in enumerate(GRENZEN)), else_=len(GRENZEN)
    )


def _som(waarde: Any) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(waarde), 0), BigInteger)
