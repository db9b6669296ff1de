"""Every SELECT and INSERT on omslagen; the lock on a fonds and year lives here."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import EVERYTHING, Limit, Sight
from sqlalchemy import ColumnElement, Select, Text, cast, func, insert, or_, select
from sqlalchemy.orm import Session

from fonds_api.omslag.models import Omslag, Omslagaanvraag, Omslagtoepassing, Voorstel
from fonds_api.omslag.rules import AANGEVRAAGD, VASTGESTELD, VOORSTEL
from fonds_api.omslag.schemas import OmslagenFilter

_VASTGESTELD = (
    func.coalesce(Omslag.besluit_bron, Omslagaanvraag.bron).label("besluit_bron"),
    func.coalesce(Omslag.besluit_pad, Omslagaanvraag.pad).label("besluit_pad"),
    func.coalesce(Omslag.besluit, Omslagaanvraag.tekst).label("besluit"),
    func.coalesce(Omslag.bronvermelding, Omslagaanvraag.bronvermelding).label("besluit_bronvermelding"),
    func.coalesce(Omslag.vastgesteld_door, Omslagaanvraag.door).label("vastgesteld_door"),
    Omslag.vastgesteld_op,
    Omslag.gremium,
    Omslag.besloten_op,
    Omslag.voorstel,
    Omslagaanvraag.status.label("aanvraagstatus"),
    Omslagaanvraag.aangevraagd_op,
    Omslagaanvraag.probleem,
)
_TOEPASSINGEN = (
    select(func.jsonb_object_agg(cast(Omslagtoepassing.plek, Text), Omslagtoepassing.toepassing))
    .where(Omslagtoepassing.voorstel == Voorstel.id)
    .scalar_subquery()
    .label("toepassingen")
)


def _query(zicht: Sight) -> Select[Any]:
    """Proposals, each with its adoption if any (`voorstel` is empty without), or else what was asked for; `toepassingen` has ids
    by place, as text."""
    query = select(*Voorstel.__table__.c, *_VASTGESTELD, _TOEPASSINGEN).outerjoin(Omslag, Omslag.voorstel == Voorstel.id)
    return query.outerjoin(Omslagaanvraag, Omslagaanvraag.voorstel == Voorstel.id).where(*_zichtbaar(zicht))


def _zichtbaar(zicht: Sight) -> list[ColumnElement[bool]]:
    return zicht.on(fonds=Voorstel.fonds, omslag=Voorstel.id)


def openbare() -> Limit:
    """Query for the ids of what gemeenten see: what was decided, and the proposals that are shared."""
    decided = select(Omslag.voorstel)
    return select(Voorstel.id).where(or_(Voorstel.gedeeld, Voorstel.id.in_(decided)))


def vergrendel(session: Session, fonds: str, jaar: int) -> None:
    """One at a time for the levy of a fonds and year."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"omslag {fonds} {jaar}", 0))))


def find(session: Session, zicht: Sight, id: str) -> Values | None:
    return session.connection().execute(_query(zicht).where(Voorstel.id == id)).one_or_none()


def vastgestelde(session: Session, fonds: str, jaar: int) -> Values | None:
    """The levy that counts for a fonds and year."""
    query = _query(EVERYTHING).where(Omslag.fonds == fonds, Omslag.jaar == jaar)
    return session.connection().execute(query).one_or_none()


def vooruit(session: Session, zicht: Sight, fonds: str, jaar: int) -> Values | None:
    """Of a fonds and year the levy that counts, or else the last proposal that the caller may see."""
    query = _query(zicht).where(Voorstel.fonds == fonds, Voorstel.jaar == jaar)
    query = query.order_by(Omslag.voorstel.is_(None), Voorstel.versie.desc()).limit(1)
    return session.connection().execute(query).one_or_none()


def list_omslagen(session: Session, zicht: Sight, wens: OmslagenFilter) -> tuple[int, list[Values]]:
    query = _query(zicht).order_by(Voorstel.fonds, Voorstel.jaar, Voorstel.versie)
    if wens.fonds:
        query = query.where(Voorstel.fonds == wens.fonds)
    if wens.jaar:
        query = query.where(Voorstel.jaar == wens.jaar)
    if wens.status:
        wacht = func.coalesce(Omslagaanvraag.status == AANGEVRAAGD, False)
        query = query.where(
            {
                VOORSTEL: Omslag.voorstel.is_(None) & ~wacht,
                AANGEVRAAGD: wacht,
                VASTGESTELD: Omslag.voorstel.is_not(None),
            }[wens.status]
        )
    return select_page(session, query, wens)


def laatste_versie(session: Session, fonds: str, jaar: int) -> int:
    query = select(func.coalesce(func.max(Voorstel.versie), 0)).where(Voorstel.fonds == fonds, Voorstel.jaar == jaar)
    return session.execute(query).scalar_one()


def insert_voorstel(session: Session, waarden: dict[str, Any], toepassingen: dict[int, uuid.UUID]) -> None:
    """Store a proposal, with the indexations that it takes its size (0) or bands (1, 2 …) from."""
    session.execute(insert(Voorstel).values({**waarden, "geindexeerd": sorted(toepassingen)}))
    if toepassingen:
        rijen = [{"voorstel": waarden["id"], "plek": plek, "toepassing": id} for plek, id in toepassingen.items()]
        session.execute(insert(Omslagtoepassing).values(rijen))


def find_aanvraag(session: Session, voorstel: str) -> Omslagaanvraag | None:
    return session.get(Omslagaanvraag, voorstel)


def lock_aanvraag(session: Session, voorstel: str) -> Omslagaanvraag | None:
    """The request for adoption, locked: others wait until this transaction ends."""
    query = select(Omslagaanvraag).where(Omslagaanvraag.voorstel == voorstel).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def insert_omslag(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Omslag).values(waarden))
