"""Every SELECT of coverage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values
from sqlalchemy import BigInteger, Date, bindparam, cast, func, or_, select
from sqlalchemy.orm import Session

from catalogus_api.dekking.models import Dekkingsaanbod, Dekkingscel


def _op(dag: date) -> Any:
    return func.gemeenten_op(dag).table_valued("code", "naam", "provincie", "inwoners").alias("op")


def provincies(session: Session, dag: date) -> Sequence[Values]:
    """(provincie, gemeenten, inwoners) of the gemeenten that exist on a day, by name."""
    op = _op(dag)
    query = (
        select(op.c.provincie, func.count().label("gemeenten"), cast(func.sum(op.c.inwoners), BigInteger).label("inwoners"))
        .group_by(op.c.provincie)
        .order_by(op.c.provincie)
    )
    return list[Values](session.connection().execute(query))


def aanbod(session: Session, dag: date) -> dict[str, int]:
    """By domein, how many voorzieningen can be taken part in on a day."""
    query = (
        select(Dekkingsaanbod.domein, func.count())
        .where(Dekkingsaanbod.vanaf <= dag, or_(Dekkingsaanbod.tot.is_(None), Dekkingsaanbod.tot > dag))
        .group_by(Dekkingsaanbod.domein)
    )
    return {domein: aantal for domein, aantal in session.connection().execute(query)}


def groepen(
    session: Session, dag: date, per: str | None, *, open_voor: Collection[str], eigen: Collection[str]
) -> Sequence[Values]:
    """(groep, gemeenten, inwoners, verborgen, deelnames, gewogen) per domein or provincie; of all together without either.

    Args:
        open_voor, eigen: which zichtbaarheid, and whose deelnames, the caller sees. What `deelnemers` show each other counts as
            hidden here.

    Returns:
        `gewogen`: deelnames, each as heavy as its gemeente has inhabitants.
    """
    op, peildag = _op(dag), bindparam("dag", dag, Date)
    gaande = func.width_bucket(peildag, Dekkingscel.begin) - func.width_bucket(peildag, Dekkingscel.eind)
    ziet = or_(Dekkingscel.zichtbaarheid.in_(sorted(open_voor)), Dekkingscel.gemeentecode.in_(sorted(eigen)))
    groep = {"domein": Dekkingscel.domein, "provincie": op.c.provincie, None: func.min("land")}[per]
    sleutel = [Dekkingscel.gemeentecode, *([groep] if per else [])]
    per_gemeente = (
        select(
            groep.label("groep"),
            func.min(op.c.inwoners).label("inwoners"),
            func.sum(gaande).label("aantal"),
            func.coalesce(func.sum(gaande).filter(ziet), 0).label("zichtbaar"),
        )
        .join(op, op.c.code == Dekkingscel.gemeentecode)
        .group_by(*sleutel)
        .subquery()
    )
    elk = per_gemeente.c
    query = (
        select(
            elk.groep,
            func.count().label("gemeenten"),
            func.sum(elk.inwoners).label("inwoners"),
            func.count().filter(elk.aantal > elk.zichtbaar).label("verborgen"),
            func.sum(elk.aantal).label("deelnames"),
            func.sum(elk.aantal * elk.inwoners).label("gewogen"),
        )
        .where(elk.aantal > 0)
        .group_by(elk.groep)
        .order_by(elk.groep)
    )
    return list[Values](session.connection().execute(query))
