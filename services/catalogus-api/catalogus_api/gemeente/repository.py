"""Every SELECT on the tables of gemeenten."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.orm import Session

from catalogus_api.gemeente.models import (
    EerderInwonertal,
    Gemeente,
    Gemeentenaam,
    Herindeling,
    Identificatie,
    Indelingswijziging,
    Inwonertal,
)
from catalogus_api.gemeente.schemas import GemeentenFilter

_OPVOLGERS = (
    select(
        Herindeling.oude_code,
        func.array_agg(aggregate_order_by(Herindeling.nieuwe_code, Herindeling.nieuwe_code)).label("opvolgers"),
    )
    .group_by(Herindeling.oude_code)
    .subquery()
)


def find(session: Session, code: str, peildatum: date | None) -> Values | None:
    return session.connection().execute(_gemeenten(peildatum).where(Gemeente.code == code)).one_or_none()


def exists(session: Session, code: str) -> bool:
    return session.connection().execute(select(Gemeente.code).where(Gemeente.code == code)).first() is not None


def list_gemeenten(session: Session, wens: GemeentenFilter) -> tuple[int, list[Values]]:
    query = _gemeenten(wens.peildatum).order_by(Gemeente.code)
    if wens.geldig_op:
        query = query.where(_bestaat_op(wens.geldig_op))
    if wens.provincie:
        query = query.where(Gemeente.provincie == wens.provincie)
    if wens.naam:
        query = query.where(Gemeente.naam.icontains(wens.naam, autoescape=True))
    return select_page(session, query, wens)


def codes_op(session: Session, dag: date) -> set[str]:
    return set(session.scalars(select(Gemeente.code).where(_bestaat_op(dag))))


def naam_op(session: Session, code: str, dag: date) -> str | None:
    return session.scalar(select(Gemeente.naam).where(Gemeente.code == code, _bestaat_op(dag)))


def telling_op(session: Session, dag: date) -> Sequence[Values]:
    """The figures of the last peildatum up to a day."""
    laatste = select(func.max(Inwonertal.peildatum)).where(Inwonertal.peildatum <= dag).scalar_subquery()
    query = values_of(Inwonertal).where(Inwonertal.peildatum == laatste)
    return session.connection().execute(query).all()


def namen_van(session: Session, codes: Collection[str]) -> dict[str, str]:
    query = select(Gemeente.code, Gemeente.naam).where(Gemeente.code == func.any(list(codes)))
    return {rij.code: rij.naam for rij in session.connection().execute(query)}


def _bestaat_op(dag: date) -> ColumnElement[bool]:
    return and_(
        or_(Gemeente.begindatum.is_(None), Gemeente.begindatum <= dag),
        or_(Gemeente.einddatum.is_(None), Gemeente.einddatum >= dag),
    )


def _gemeenten(peildatum: date | None) -> Select[Any]:
    """With `opvolgers`, the codes of their successors (null without), and `aantal`, of inhabitants, when a day is given."""
    query = values_of(Gemeente).add_columns(_OPVOLGERS.c.opvolgers).outerjoin(_OPVOLGERS, _OPVOLGERS.c.oude_code == Gemeente.code)
    if peildatum is None:
        return query
    geteld = and_(Inwonertal.gemeentecode == Gemeente.code, Inwonertal.peildatum == peildatum)
    return query.add_columns(Inwonertal.aantal, Inwonertal.status).outerjoin(Inwonertal, geteld)


def inwonertallen(session: Session, code: str) -> Sequence[Values]:
    query = values_of(Inwonertal).where(Inwonertal.gemeentecode == code).order_by(Inwonertal.peildatum)
    return session.connection().execute(query).all()


def laatste_peildatum(session: Session, dag: date) -> date | None:
    """On or before a day."""
    return session.scalar(select(func.max(Inwonertal.peildatum)).where(Inwonertal.peildatum <= dag))


def inwoners_op(session: Session, codes: Collection[str], peildatum: date) -> dict[str, int]:
    query = select(Inwonertal.gemeentecode, Inwonertal.aantal).where(
        Inwonertal.peildatum == peildatum, Inwonertal.gemeentecode == func.any(list(codes))
    )
    return {rij.gemeentecode: rij.aantal for rij in session.connection().execute(query)}


def eerdere_inwonertallen(session: Session, code: str) -> Sequence[Values]:
    """Figures that were corrected, those that were said last first."""
    query = values_of(EerderInwonertal).where(EerderInwonertal.gemeentecode == code).order_by(EerderInwonertal.id.desc())
    return session.connection().execute(query).all()


def namen(session: Session, code: str) -> Sequence[Values]:
    """Former names with the day and ground of the change that ended them, oldest first."""
    query = (
        select(Gemeentenaam.naam, Gemeentenaam.tot_en_met, Indelingswijziging.grondslag)
        .join(Indelingswijziging, Indelingswijziging.id == Gemeentenaam.wijziging)
        .where(Gemeentenaam.gemeentecode == code)
        .order_by(Gemeentenaam.tot_en_met)
    )
    return list[Values](session.connection().execute(query))


def herindelingen(session: Session, code: str) -> Sequence[Values]:
    """Those that this gemeente came from or went into, oldest first."""
    query = (
        values_of(Herindeling)
        .where(or_(Herindeling.oude_code == code, Herindeling.nieuwe_code == code))
        .order_by(Herindeling.ingangsdatum, Herindeling.oude_code, Herindeling.nieuwe_code)
    )
    return session.connection().execute(query).all()


def opgegaan_op(session: Session, code: str, dag: date) -> list[str]:
    """Codes of the gemeenten that it, or a part of it, had gone into on a day."""
    query = select(Herindeling.nieuwe_code).where(Herindeling.oude_code == code, Herindeling.ingangsdatum <= dag)
    return list(session.connection().execute(query.order_by(Herindeling.nieuwe_code)).scalars())


def identificaties(session: Session, code: str) -> Sequence[Values]:
    query = values_of(Identificatie).where(Identificatie.gemeentecode == code).order_by(Identificatie.soort)
    return session.connection().execute(query).all()


def op_volgorde(session: Session) -> None:
    """Wait for other transactions that did this, and let others wait until this one ends."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtext('gemeente'))"))


def houd_vast(session: Session) -> None:
    """Let who is in `op_volgorde` wait until this transaction ends; others who hold it may."""
    session.execute(text("SELECT pg_advisory_xact_lock_shared(hashtext('gemeente'))"))


def levensduur(session: Session, codes: Collection[str]) -> Sequence[Values]:
    """(code, begindatum, einddatum, rechtsopvolger): the successor that is designated, or the only one; null without."""
    enige = func.count(Herindeling.nieuwe_code).over(partition_by=Herindeling.oude_code) == 1
    opvolgers = select(
        Herindeling.oude_code, Herindeling.nieuwe_code, or_(enige, Herindeling.rechtsopvolger.is_(True)).label("wijst")
    )
    aangewezen = opvolgers.subquery()
    query = (
        select(Gemeente.code, Gemeente.begindatum, Gemeente.einddatum, aangewezen.c.nieuwe_code.label("rechtsopvolger"))
        .outerjoin(aangewezen, and_(aangewezen.c.oude_code == Gemeente.code, aangewezen.c.wijst))
        .where(Gemeente.code.in_(codes))
    )
    return list[Values](session.connection().execute(query))


def houder(session: Session, soort: str, waarde: str) -> str | None:
    """Code of the gemeente that has this identification; None when nobody has."""
    return session.scalar(select(Identificatie.gemeentecode).where(Identificatie.soort == soort, Identificatie.waarde == waarde))


def oins(session: Session, code: str, oin: str) -> dict[str, str]:
    """Code to OIN, of this gemeente and of who has this OIN."""
    query = select(Identificatie.gemeentecode, Identificatie.waarde).where(
        Identificatie.soort == "oin", or_(Identificatie.gemeentecode == code, Identificatie.waarde == oin)
    )
    return {rij.gemeentecode: rij.waarde for rij in session.connection().execute(query)}


def put_identificatie(session: Session, waarden: Mapping[str, Any]) -> bool:
    """Store an identification in the place of the one before; False when it was so already, or another took it meanwhile."""
    nieuw = insert(Identificatie).values(waarden)
    rest = {naam: nieuw.excluded[naam] for naam in ("waarde", "bron", "datum")}
    anders = [Identificatie.__table__.c[naam].is_distinct_from(waarde) for naam, waarde in rest.items()]
    gezet = nieuw.on_conflict_do_update(
        index_elements=["gemeentecode", "soort"], set_={**rest, "vastgelegd_op": waarden["vastgelegd_op"]}, where=or_(*anders)
    )
    return session.execute(gezet.returning(literal(1))).first() is not None
