"""Every SELECT and INSERT on the delivery of documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Select, case, func, insert, literal, select, text
from sqlalchemy.orm import Session

from abonnement_api.bezorging.models import Bezorgstand, Bezorgstap, Bezorgwijze
from abonnement_api.bezorging.rules import NIET_OPGEMAAKT, OPHALEN, WACHTEND
from abonnement_api.bezorging.schemas import BezorgingenFilter


def _wijze(dag: date) -> Any:
    """The way of a document: of one that is under way that of its last step, else what its gemeente wants on a day."""
    gewenst = select(Bezorgwijze.wijze).where(Bezorgwijze.gemeentecode == Bezorgstand.gemeentecode, Bezorgwijze.vanaf <= dag)
    gewenst = gewenst.order_by(Bezorgwijze.vanaf.desc(), Bezorgwijze.versie.desc()).limit(1).correlate(Bezorgstand)
    wacht = Bezorgstand.status.in_((NIET_OPGEMAAKT, *WACHTEND))
    return case((wacht, func.coalesce(gewenst.scalar_subquery(), literal(OPHALEN))), else_=Bezorgstand.gekozen)


def _query(zicht: Sight, dag: date) -> tuple[Select[Any], Any]:
    """What a caller may see; who delivers sees only what it must deliver and was made up."""
    wijze = _wijze(dag)
    query = values_of(Bezorgstand).add_columns(wijze.label("wijze"))
    query = query.where(*zicht.on(gemeentecode=Bezorgstand.gemeentecode, wijze=wijze))
    return query.where(Bezorgstand.status != NIET_OPGEMAAKT) if "wijze" in zicht.limits else query, wijze


def find(session: Session, zicht: Sight, nummer: str, dag: date) -> Values | None:
    query, _ = _query(zicht, dag)
    return session.connection().execute(query.where(Bezorgstand.nummer == nummer)).one_or_none()


def list_bezorgingen(session: Session, zicht: Sight, wens: BezorgingenFilter, dag: date) -> tuple[int, list[Values]]:
    query, wijze = _query(zicht, dag)
    for kolom, waarde in (
        (Bezorgstand.status, wens.status),
        (wijze, wens.wijze),
        (Bezorgstand.gemeentecode, wens.gemeentecode),
        (Bezorgstand.jaar, wens.jaar),
    ):
        if waarde is not None:
            query = query.where(kolom == waarde)
    return select_page(session, query.order_by(Bezorgstand.nummer), wens)


def te_versturen(session: Session, wijze: str, na: str, hoogstens: int, dag: date) -> Sequence[str]:
    """Numbers of what waits to be sent in this way, after a number, and has no faults."""
    query = select(Bezorgstand.nummer).where(
        Bezorgstand.status.in_(WACHTEND), Bezorgstand.nummer > na, Bezorgstand.fouten == [], _wijze(dag) == wijze
    )
    return session.scalars(query.order_by(Bezorgstand.nummer).limit(hoogstens)).all()


def lock(session: Session, nummer: str) -> None:
    """Let who adds a step to the same document wait; the trigger takes the same lock."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('bezorging ' || :nummer, 0))"), {"nummer": nummer})


def stappen(session: Session, nummer: str) -> Sequence[Values]:
    query = values_of(Bezorgstap).where(Bezorgstap.nummer == nummer).order_by(Bezorgstap.volgnummer)
    return session.connection().execute(query).all()


def add(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Bezorgstap), [waarden])


def list_wijzen(session: Session, zicht: Sight, wens: PageQuery) -> tuple[int, list[Values]]:
    query = values_of(Bezorgwijze).where(*zicht.on(gemeentecode=Bezorgwijze.gemeentecode))
    return select_page(session, query.order_by(Bezorgwijze.gemeentecode, Bezorgwijze.versie), wens)


def add_wijzen(session: Session, waarden: Sequence[dict[str, Any]]) -> None:
    """Store the next version of each of these gemeenten; who changes any waits."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('bezorgwijze', 0))"))
    codes = [een["gemeentecode"] for een in waarden]
    query = select(Bezorgwijze.gemeentecode, func.max(Bezorgwijze.versie)).where(Bezorgwijze.gemeentecode.in_(codes))
    laatste = {code: versie for code, versie in session.execute(query.group_by(Bezorgwijze.gemeentecode))}
    session.execute(insert(Bezorgwijze), [{**een, "versie": laatste.get(een["gemeentecode"], 0) + 1} for een in waarden])
