"""Every SELECT of coverage. They are built once: that takes as long as carrying them out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import reduce
from operator import add
from typing import Any

from gemeengoed_kit.db import Values
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Double,
    Integer,
    Select,
    Subquery,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from catalogus_api.deelname.rules import ZICHTBAARHEDEN
from catalogus_api.dekking.models import Dekkingsaanbod, Dekkingscel

_DAG = bindparam("dag", type_=Date)
_VAN_DAG = func.gemeenten_op(_DAG).table_valued("code", "naam", "provincie", "inwoners").alias("van_dag").c
# Materialized: reckoned once, and not again for every cell. An integer adds up quicker than a bigint.
_OP = (
    select(_VAN_DAG.code, _VAN_DAG.provincie, cast(_VAN_DAG.inwoners, Integer).label("inwoners"))
    .cte("op")
    .prefix_with("MATERIALIZED")
    .c
)


def _gaande(zichtbaarheid: str) -> ColumnElement[int]:
    begin, eind = (Dekkingscel.__table__.c[f"{wat}_{zichtbaarheid}"] for wat in ("begin", "eind"))
    return func.width_bucket(_DAG, begin) - func.width_bucket(_DAG, eind)


def _cellen(*waar: ColumnElement[bool]) -> Subquery:
    """(domein, gemeentecode, aantal, zichtbaar): how many are in use, and how many of these the caller sees."""
    # OFFSET 0: each is looked up once, not wherever it is named
    gaande = [_gaande(zichtbaarheid).label(zichtbaarheid) for zichtbaarheid in ZICHTBAARHEDEN]
    cel = (
        select(Dekkingscel.domein, Dekkingscel.gemeentecode, *gaande)
        .where(*waar)
        .offset(literal_column("0"))
        .subquery("geteld")
        .c
    )
    eigen = cel.gemeentecode == func.any(bindparam("eigen", type_=ARRAY(Text)))
    ziet = [
        case((literal_column(f"'{naam}'") == func.any(bindparam("open_voor", type_=ARRAY(Text))), cel[naam]), else_=0)
        for naam in ZICHTBAARHEDEN
    ]
    aantal = reduce(add, (cel[naam] for naam in ZICHTBAARHEDEN))
    zichtbaar = case((eigen, aantal), else_=reduce(add, ziet))
    return select(cel.domein, cel.gemeentecode, aantal.label("aantal"), zichtbaar.label("zichtbaar")).subquery("cel")


def _per(groep: Callable[[Any], ColumnElement[str]], *waar: ColumnElement[bool]) -> Select[Any]:
    """All gemeenten of a day with what they use, in groups; nothing is lost of a gemeente without cells."""
    cel = _cellen(*waar)
    aantal, gewicht = cel.c.aantal, cast(_OP.inwoners, Double)  # exact: below 2 ** 53
    van = groep(cel.c)
    return (
        select(
            van.label("groep"),
            func.count().label("van_gemeenten"),
            func.sum(_OP.inwoners).label("van_inwoners"),
            func.count().filter(aantal > 0).label("gemeenten"),
            func.coalesce(func.sum(_OP.inwoners).filter(aantal > 0), 0).label("inwoners"),
            func.count().filter(aantal > cel.c.zichtbaar).label("verborgen"),
            func.coalesce(func.sum(aantal), 0).label("deelnames"),
            cast(func.coalesce(func.sum(aantal * gewicht), 0), BigInteger).label("gewogen"),
        )
        .outerjoin_from(_OP.code.table, cel, cel.c.gemeentecode == _OP.code)
        .group_by(van)
        .order_by(van)
    )


_PER_PROVINCIE = _per(lambda cel: _OP.provincie, Dekkingscel.domein == "")
_PER_DOMEIN = _per(lambda cel: func.coalesce(cel.domein, ""))
_PROVINCIES = (
    select(_OP.provincie, func.count().label("gemeenten"), func.sum(_OP.inwoners).label("inwoners"))
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
    """As `per_provincie`, by domein, and first the land as ''. What it is of, is right for the land alone."""
    zicht = {"dag": dag, "open_voor": list(open_voor), "eigen": list(eigen)}
    return session.connection().execute(_PER_DOMEIN, zicht).all()
