"""Every SELECT, INSERT and DELETE on afnemers."""

from __future__ import annotations

from datetime import datetime

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from abonnement_api.afnemer.models import Afnemer


def find(session: Session, gemeentecode: str) -> Values | None:
    return session.connection().execute(values_of(Afnemer).where(Afnemer.gemeentecode == gemeentecode)).one_or_none()


def code_of(session: Session, peer_id: str) -> str | None:
    """The gemeente that this peer is registered as (the first when there are several); None when there is none."""
    return session.scalar(select(Afnemer.gemeentecode).where(Afnemer.peer_id == peer_id).order_by(Afnemer.gemeentecode).limit(1))


def list_afnemers(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Afnemer).order_by(Afnemer.gemeentecode), wens)


def put(session: Session, gemeentecode: str, peer_id: str, op: datetime) -> None:
    """Insert or replace the peer of a gemeente; also correct with concurrent requests."""
    nieuw = insert(Afnemer).values(gemeentecode=gemeentecode, peer_id=peer_id, gewijzigd_op=op)
    session.execute(nieuw.on_conflict_do_update(index_elements=["gemeentecode"], set_={"peer_id": peer_id, "gewijzigd_op": op}))


def remove(session: Session, gemeentecode: str) -> str | None:
    """Remove the peer of a gemeente and return its OIN; None when there was none."""
    return session.scalar(delete(Afnemer).where(Afnemer.gemeentecode == gemeentecode).returning(Afnemer.peer_id))
