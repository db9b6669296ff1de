"""Every SELECT of coverage. They are built once: that takes as long as carrying them out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values
from sqlalchemy import BigInteger, ColumnElement, Date, Text, bindparam, cast, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from catalogus_api.dekking.models import Dekkingsaanbod, Dekkingscel

_DAG = bindparam("dag", type_=Date)
_OP = func.gemeenten_op(_DAG).table_valued("code", "naam", "provincie", "inwoners").alias("op").c
_GAANDE = func.width_bucket(_DAG, Dekkingscel.begin) - func.width_bucket(_DAG, Dekkingscel.eind)
_ZIET = or_(
    Dekkingscel.zichtbaarheid == func.any(bindparam("open_voor", type_=ARRAY(Text))),
    Dekkingscel.gemeentecode == func.any(bindparam("eigen", type_=ARRAY(Text))),
)
_CELLEN = select(
    Dekkingscel.domein,
    Dekkingscel.gemeentecode,
    func.sum(_GAANDE).label("aantal"),
    func.coalesce(func.sum(_GAANDE).filter(_ZIET), 0).label("zichtbaar"),
).group_by(Dekkingscel.domein, Dekkingscel.gemeentecode)
"""How many are in use, and how many of these the caller sees."""


def _geteld(aantal: Any, zichtbaar: Any) -> list[ColumnElement[Any]]:
    return [
        func.count().filter(aantal > 0).label("gemeenten"),
        cast(func.coalesce(func.sum(_OP.inwoners).filter(aantal > 0), 0), BigInteger).label("inwoners"),
        func.count().filter(aantal > zichtbaar).label("verborgen"),
        cast(func.coalesce(func.sum(aantal), 0), BigInteger).label("deelnames"),
        cast(func.coalesce(func.sum(aantal * _OP.inwoners), 0), BigInteger).label("gewogen"),
    ]


_SAMEN = _CELLEN.where(Dekkingscel.domein == "").subquery().c
_PER_PROVINCIE = (
    select(
        _OP.provincie.label("groep"),
        func.count().label("van_gemeenten"),
        cast(func.sum(_OP.inwoners), BigInteger).label("van_inwoners"),
        *_geteld(func.coalesce(_SAMEN.aantal, 0), func.coalesce(_SAMEN.zichtbaar, 0)),
    )
    .outerjoin_from(_OP.code.table, _SAMEN.domein.table, _SAMEN.gemeentecode == _OP.code)
    .group_by(_OP.provincie)
    .order_by(_OP.provincie)
)
_LOS = _CELLEN.where(Dekkingscel.domein != "").subquery().c
_PER_DOMEIN = (
    select(_LOS.domein.label("groep"), *_geteld(_LOS.aantal, _LOS.zichtbaar))
    .join_from(_LOS.domein.table, _OP.code.table, _OP.code == _LOS.gemeentecode)
    .group_by(_LOS.domein)
    .order_by(_LOS.domein)
)
_PROVINCIES = (
    select(_OP.provincie, func.count().label("gemeenten"), cast(func.sum(_OP.inwoners), BigInteger).label("inwoners"))
    .group_by(_OP.provincie)
    .order_by(_OP.provincie)
)
_AANBOD = (
    select(Dekkingsaanbod.domein, func.count())
    .where(Dekkingsaanbod.vanaf <= _DAG, or_(Dekkingsaanbod.tot.is_(None), Dekkingsaanbod.tot > _DAG))
    .group_by(Dekkingsaanbod.domein)
)


def provincies(session: Session, dag: date) -> Sequence[Values]:
    """(provincie, gemeenten, inwoners) of the gemeenten that exist on a day, by name."""
    return session.connection().execute(_PROVINCIES, {"dag": dag}).all()


def aanbod(session: Session, dag: date) -> dict[str, int]:
    """By domein, how many voorzieningen can be taken part in on a day."""
    return {domein: aantal for domein, aantal in session.connection().execute(_AANBOD, {"dag": dag})}


def per_provincie(session: Session, dag: date, open_voor: Collection[str], eigen: Collection[str]) -> Sequence[Values]:
    """(groep, van_gemeenten, van_inwoners, gemeenten, inwoners, verborgen, deelnames, gewogen) by province; together the land.

    Args:
        open_voor, eigen: which zichtbaarheid, and whose deelnames, the caller sees. What `deelnemers` show each other counts as
            hidden here.

    Returns:
        `verborgen`: gemeenten with a use that the caller does not see; `gewogen`: uses, each as heavy as its gemeente has
        inhabitants.
    """
    zicht = {"dag": dag, "open_voor": list(open_voor), "eigen": list(eigen)}
    return session.connection().execute(_PER_PROVINCIE, zicht).all()


def per_domein(session: Session, dag: date, open_voor: Collection[str], eigen: Collection[str]) -> Sequence[Values]:
    """As `per_provincie`, by domein, without what it is of."""
    zicht = {"dag": dag, "open_voor": list(open_voor), "eigen": list(eigen)}
    return session.connection().execute(_PER_DOMEIN, zicht).all()
