"""Every statement on the tables of the comparison with fonds; the comparison itself is one of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.outbox import OutboxMessage
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import delete, exists, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from abonnement_api.aansluiting.models import Aansluiting, Aansluitingsboeking, Aansluitingsverschil
from abonnement_api.aansluiting.rules import AANGEVRAAGD, GETOOND
from abonnement_api.aansluiting.schemas import VerschillenFilter
from abonnement_api.controle.invarianten import DOCUMENTEN

# A message that was not sent when the reading began, or not delivered by then, is judged by the entry that fonds shows, if any.
_VERGELIJK = text(
    f"""
    WITH eigen AS MATERIALIZED (
        SELECT document.pad, document.cent, bericht.ontstaan_op, bericht.verzonden_op, bericht.geweigerd_op, bericht.antwoord_pad
        FROM ({DOCUMENTEN}) AS document (pad, cent) LEFT JOIN outbox AS bericht ON bericht.onderwerp = document.pad),
    daar AS MATERIALIZED (
        SELECT pad, boeking, bedrag_cent, gestorneerd, count(*) OVER (PARTITION BY pad) AS aantal
        FROM aansluitingsboeking WHERE aansluiting = :id),
    oordeel AS MATERIALIZED (
        SELECT CASE
            WHEN eigen.pad IS NULL THEN 'onbekend'
            WHEN boeking IS NULL AND eigen.verzonden_op <= :begonnen THEN 'ontbreekt_in_fonds'
            WHEN boeking IS NULL AND eigen.verzonden_op IS NOT NULL THEN NULL
            WHEN boeking IS NULL AND eigen.geweigerd_op IS NOT NULL THEN 'geweigerd'
            WHEN boeking IS NULL AND eigen.ontstaan_op > :begonnen THEN NULL
            WHEN boeking IS NULL THEN 'onderweg'
            WHEN daar.aantal > 1 THEN 'dubbel'
            WHEN daar.gestorneerd THEN 'gestorneerd'
            WHEN daar.bedrag_cent <> eigen.cent THEN 'ander_bedrag'
            WHEN eigen.antwoord_pad <> boeking THEN 'andere_boeking'
            END AS soort, coalesce(eigen.pad, daar.pad) AS document, boeking, eigen.cent AS hier, daar.bedrag_cent AS fonds
        FROM eigen FULL JOIN daar ON daar.pad = eigen.pad),
    verschil AS MATERIALIZED (
        SELECT row_number() OVER (ORDER BY document, boeking) AS nummer, oordeel.* FROM oordeel WHERE soort IS NOT NULL),
    bewaard AS (
        INSERT INTO aansluitingsverschil (aansluiting, volgnummer, soort, document, boeking, hier_cent, fonds_cent)
        SELECT :id, nummer, soort, document, boeking, hier, fonds FROM verschil WHERE nummer <= :hoogstens)
    SELECT (SELECT count(*) FROM eigen) AS documenten, coalesce(jsonb_object_agg(soort, aantal), '{{}}') AS soorten
    FROM (SELECT soort, count(*) AS aantal FROM verschil GROUP BY soort) AS per_soort
    """
)


def neem(session: Session, op: datetime) -> tuple[Aansluiting, bool]:
    """The aansluiting that is asked for, locked, and whether it was inserted now: there is one at a time."""
    nieuw = insert(Aansluiting).values(id=uuid.uuid4(), status=AANGEVRAAGD, aangevraagd_op=op)
    while True:
        gemaakt = session.scalar(nieuw.on_conflict_do_nothing().returning(Aansluiting.id))
        wacht = select(Aansluiting).where(Aansluiting.status == AANGEVRAAGD).with_for_update()
        rij = session.scalars(wacht.execution_options(populate_existing=True)).first()
        if rij is not None:  # else it ended just now
            return rij, gemaakt is not None


def lock(session: Session, id: uuid.UUID) -> Aansluiting:
    return session.get_one(Aansluiting, id, with_for_update=True, populate_existing=True)


def find(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Aansluiting).where(Aansluiting.id == id)).one_or_none()


def list_aansluitingen(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Aansluiting).order_by(Aansluiting.volgnummer.desc()), wens)


def is_gevraagd_sinds(session: Session, moment: datetime) -> bool:
    return bool(session.scalar(select(exists().where(Aansluiting.aangevraagd_op > moment))))


def iets_verstuurd(session: Session) -> bool:
    return session.scalar(select(OutboxMessage.id).limit(1)) is not None


def bewaar(session: Session, boekingen: Sequence[dict[str, Any]]) -> None:
    """Store entries; one that is there already does not change."""
    if boekingen:
        session.execute(insert(Aansluitingsboeking).on_conflict_do_nothing(), boekingen)


def aantal_boekingen(session: Session, id: uuid.UUID) -> int:
    return int(session.scalar(text("SELECT count(*) FROM aansluitingsboeking WHERE aansluiting = :id"), {"id": id}) or 0)


def vergelijk(session: Session, id: uuid.UUID, begonnen: datetime, hoogstens: int) -> tuple[int, dict[str, int]]:
    """Store the differences; (number of documents, kind to number of differences)."""
    rij = session.execute(_VERGELIJK, {"id": id, "begonnen": begonnen, "hoogstens": hoogstens}).one()
    return rij.documenten, rij.soorten


def vergeet_boekingen(session: Session, id: uuid.UUID) -> None:
    session.execute(delete(Aansluitingsboeking).where(Aansluitingsboeking.aansluiting == id))


def eerste_verschillen(session: Session, id: uuid.UUID) -> Sequence[Values]:
    query = values_of(Aansluitingsverschil).where(Aansluitingsverschil.aansluiting == id)
    return session.connection().execute(query.order_by(Aansluitingsverschil.volgnummer).limit(GETOOND)).all()


def list_verschillen(session: Session, id: uuid.UUID, wens: VerschillenFilter) -> tuple[int, list[Values]]:
    query = values_of(Aansluitingsverschil).where(Aansluitingsverschil.aansluiting == id)
    if wens.soort:
        query = query.where(Aansluitingsverschil.soort == wens.soort)
    return select_page(session, query.order_by(Aansluitingsverschil.volgnummer), wens)
