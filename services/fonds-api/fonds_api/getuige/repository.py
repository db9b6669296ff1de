"""Every SELECT and INSERT on witnesses and their cosignatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import Select, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from fonds_api.getuige.models import Getuige, GetuigeIntrekking, Medeondertekening
from fonds_api.getuige.schemas import GetuigenFilter, MedeondertekeningenFilter


def vergrendel(session: Session) -> None:
    """Until the end of the transaction nobody else makes a key known or withdraws one."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('getuigen', 0))"))


def _getuigen() -> Select[Any]:
    return (
        values_of(Getuige)
        .add_columns(GetuigeIntrekking.ingetrokken_op, GetuigeIntrekking.reden)
        .outerjoin(GetuigeIntrekking, GetuigeIntrekking.getuige == Getuige.id)
    )


def list_getuigen(session: Session, wens: GetuigenFilter) -> tuple[int, list[Values]]:
    query = _getuigen().order_by(Getuige.id)
    if wens.gemeentecode:
        query = query.where(Getuige.gemeentecode == wens.gemeentecode)
    return select_page(session, query, wens)


def find(session: Session, id: int) -> Values | None:
    return session.connection().execute(_getuigen().where(Getuige.id == id)).one_or_none()


def laatste(session: Session, gemeentecode: str) -> Values | None:
    """The newest key of a gemeente, withdrawn or not."""
    query = _getuigen().where(Getuige.gemeentecode == gemeentecode).order_by(Getuige.id.desc()).limit(1)
    return session.connection().execute(query).one_or_none()


def opgevolgd(session: Session, id: int) -> bool:
    """Whether this key has a successor."""
    return session.scalar(select(Getuige.id).where(Getuige.vorige == id)) is not None


def bezet(session: Session, naam: str, publiek: bytes, gemeentecode: str) -> bool:
    """Whether this key, or its name for another gemeente, is known already."""
    query = select(Getuige.id).where(
        (Getuige.publiek == publiek) | ((Getuige.naam == naam) & (Getuige.gemeentecode != gemeentecode))
    )
    return session.scalar(query.limit(1)) is not None


def insert_getuige(session: Session, **waarden: Any) -> int:
    return int(session.execute(insert(Getuige).values(**waarden).returning(Getuige.id)).scalar_one())


def insert_intrekking(session: Session, getuige: int, reden: str, naam: str, op: datetime) -> None:
    session.execute(insert(GetuigeIntrekking).values(getuige=getuige, reden=reden, naam=naam, ingetrokken_op=op))


def insert_medeondertekening(session: Session, **waarden: Any) -> bool:
    """False when this witness had cosigned this checkpoint already."""
    query = insert(Medeondertekening).values(**waarden).on_conflict_do_nothing().returning(Medeondertekening.getuige)
    return session.execute(query).scalar() is not None


def _medeondertekeningen(fonds: str) -> Select[Any]:
    return (
        values_of(Medeondertekening)
        .add_columns(Getuige.gemeentecode, Getuige.naam, Getuige.publiek)
        .join(Getuige, Getuige.id == Medeondertekening.getuige)
        .where(Medeondertekening.fonds == fonds)
    )


def list_medeondertekeningen(session: Session, fonds: str, wens: MedeondertekeningenFilter) -> tuple[int, list[Values]]:
    query = _medeondertekeningen(fonds).order_by(Medeondertekening.grootte.desc(), Medeondertekening.getuige)
    if wens.grootte is not None:
        query = query.where(Medeondertekening.grootte == wens.grootte)
    if wens.gemeentecode:
        query = query.where(Getuige.gemeentecode == wens.gemeentecode)
    return select_page(session, query, wens)


def medeondertekening(session: Session, fonds: str, grootte: int, getuige: int) -> Values:
    query = _medeondertekeningen(fonds).where(Medeondertekening.grootte == grootte, Medeondertekening.getuige == getuige)
    return session.connection().execute(query).one()


def van_checkpoint(session: Session, fonds: str, grootte: int, hoogstens: int) -> Sequence[Values]:
    """The cosignatures of a checkpoint, the first ones first."""
    query = _medeondertekeningen(fonds).where(Medeondertekening.grootte == grootte)
    return session.connection().execute(query.order_by(Medeondertekening.ontvangen_op, Getuige.id).limit(hoogstens)).all()


def alle(session: Session, fonds: str, na: tuple[int, int], hoogstens: int) -> Sequence[Values]:
    """Cosignatures in order of size and witness, from after `na`."""
    query = _medeondertekeningen(fonds).order_by(Medeondertekening.grootte, Medeondertekening.getuige).limit(hoogstens)
    grootte, getuige = na
    later = (Medeondertekening.grootte > grootte) | (
        (Medeondertekening.grootte == grootte) & (Medeondertekening.getuige > getuige)
    )
    return session.connection().execute(query.where(later)).all()


def grootste(session: Session, fonds: str) -> int | None:
    """The size of the newest checkpoint that has cosignatures."""
    query = select(Medeondertekening.grootte).where(Medeondertekening.fonds == fonds)
    return session.scalar(query.order_by(Medeondertekening.grootte.desc()).limit(1))
