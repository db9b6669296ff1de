"""Sums over the ledger: what has been folded, plus the lines that have not. Each SELECT sees both at one moment."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Select, func, select, text, true
from sqlalchemy.orm import Session

from fonds_api.rekening.models import Rekening
from fonds_api.saldo.models import LosseRegel
from fonds_api.saldo.schemas import RekeningenFilter

BATCH = 2000
"""Entries of a fonds that are folded in one transaction, at most; fewer when they have many lines."""
_REGELS = 20_000
_AANTAL = text("SELECT boekingen_tot(:fonds, :tot)")
# Before `vanaf` and before `tot`: the balance, and how many lines.
_STANDEN = text(
    "SELECT dag, stand.debet_cent - stand.credit_cent + los.cent AS saldo_cent, stand.aantal_regels + los.aantal AS regels "
    "FROM unnest(ARRAY[CAST(:vanaf AS date), CAST(:tot AS date)]) AS dag "
    "CROSS JOIN LATERAL stand_tot(:fonds, :rekening, dag) AS stand CROSS JOIN LATERAL ("
    "SELECT coalesce(sum(bedrag_cent), 0) AS cent, count(*) AS aantal FROM losse_regel "
    "WHERE fonds = :fonds AND rekening = :rekening AND boekdatum < dag) AS los ORDER BY dag"
)
# The days on which the page lies are found by their numbers of lines; within a day a line is found by its number. So any page
# costs the same, however many lines come before it.
_AFSCHRIFT = text(
    """
    WITH los AS MATERIALIZED (
        SELECT boekdatum, boeking, bedrag_cent, row_number() OVER dag AS nummer, sum(bedrag_cent) OVER dag AS opgeteld_cent
        FROM losse_regel WHERE fonds = :fonds AND rekening = :rekening AND boekdatum >= :vanaf AND boekdatum < :tot
        WINDOW dag AS (PARTITION BY boekdatum ORDER BY volgnummer, regelnummer ROWS UNBOUNDED PRECEDING)),
    per_dag AS (
        SELECT dag, CAST(sum(regels) AS bigint) AS regels, sum(cent) AS cent, CAST(sum(los) AS bigint) AS los,
               sum(los_cent) AS los_cent
        FROM (
            SELECT vanaf AS dag, aantal_regels AS regels, debet_cent - credit_cent AS cent, 0 AS los, 0 AS los_cent
            FROM rekeningstand
            WHERE fonds = :fonds AND rekening = :rekening AND korrel = 'dag' AND vanaf >= :vanaf AND vanaf < :tot
            UNION ALL SELECT boekdatum, 0, 0, count(*), sum(bedrag_cent) FROM los GROUP BY boekdatum) AS deel
        GROUP BY dag),
    plaats AS (
        SELECT dag, regels, cent, CAST(sum(regels + los) OVER (ORDER BY dag) AS bigint) - regels - los AS ervoor,
               regels + los AS samen, sum(cent + los_cent) OVER (ORDER BY dag) - cent - los_cent AS cent_ervoor FROM per_dag),
    raak AS (
        SELECT dag, regels, cent, cent_ervoor, :na - ervoor AS na, :tm - ervoor AS tm FROM plaats
        WHERE ervoor < :tm AND ervoor + samen > :na)
    SELECT raak.dag AS boekdatum, regel.boeking, b.omschrijving, b.bron, b.pad, regel.bedrag_cent,
           raak.cent_ervoor + regel.opgeteld_cent AS opgeteld_cent
    FROM raak CROSS JOIN LATERAL (
        SELECT r.nummer, r.boeking, r.bedrag_cent, r.opgeteld_cent FROM rekeningregel AS r WHERE r.fonds = :fonds
            AND r.rekening = :rekening AND r.boekdatum = raak.dag AND r.nummer > raak.na AND r.nummer <= raak.tm
        UNION ALL SELECT raak.regels + los.nummer, los.boeking, los.bedrag_cent, raak.cent + los.opgeteld_cent FROM los
            WHERE los.boekdatum = raak.dag AND raak.regels + los.nummer > raak.na AND raak.regels + los.nummer <= raak.tm
    ) AS regel
    CROSS JOIN LATERAL (SELECT omschrijving, bron, pad FROM boeking WHERE id = regel.boeking OFFSET 0) AS b
    ORDER BY raak.dag, regel.nummer
    """
)
_MAG_VOUWEN = text("SELECT pg_try_advisory_xact_lock(hashtextextended('vouwen', 0))")
_LOSSE_FONDSEN = text("SELECT code FROM fonds WHERE EXISTS (SELECT FROM onverzegeld WHERE fonds = code) ORDER BY code")
_LOSSE = text(
    "SELECT boeking FROM (SELECT o.boeking, sum(b.aantal_regels) OVER (ORDER BY o.volgnummer) - b.aantal_regels AS ervoor "
    "FROM (SELECT boeking, volgnummer FROM onverzegeld WHERE fonds = :fonds ORDER BY volgnummer LIMIT :hoogstens) AS o "
    "JOIN boeking AS b ON b.id = o.boeking) AS oudste WHERE ervoor < :regels"
)
_VOUW = text("SELECT vouw(CAST(:boekingen AS uuid[]))")


def list_rekeningen(session: Session, zicht: Sight, wens: RekeningenFilter, datum: date) -> tuple[int, list[Values]]:
    """(total number, accounts of this page), with the columns of `_standen`."""
    query = _standen(datum, [wens.fonds] if wens.fonds else None).where(*zicht.on(fonds=Rekening.fonds))
    return select_page(session, query.where(Rekening.fonds == wens.fonds) if wens.fonds else query, wens)


def van_fondsen(session: Session, fondsen: Collection[str], datum: date) -> Sequence[Values]:
    """All accounts of these fondsen, with the columns of `_standen`."""
    return session.connection().execute(_standen(datum, fondsen).where(Rekening.fonds.in_(fondsen))).all()


def aantal_boekingen(session: Session, fonds: str, datum: date) -> int:
    """Entries of a fonds with a boekdatum up to and including a day."""
    return int(session.connection().execute(_AANTAL, {"fonds": fonds, "tot": datum + timedelta(days=1)}).scalar_one())


def stand(session: Session, fonds: str, rekening: str, vanaf: date, tot: date) -> tuple[Values, Values]:
    """Balance (`saldo_cent`) of an account and number of lines on it (`regels`), before each of these days."""
    vraag = {"fonds": fonds, "rekening": rekening, "vanaf": vanaf, "tot": tot}
    eerste, laatste = session.connection().execute(_STANDEN, vraag).all()
    return eerste, laatste


def afschriftregels(session: Session, fonds: str, rekening: str, vanaf: date, tot: date, wens: PageQuery) -> Sequence[Values]:
    """The lines of a page, by boekdatum and in the order of booking; `opgeteld_cent` is the sum of the lines since `vanaf`."""
    na = (wens.page - 1) * wens.page_size
    vraag = {"fonds": fonds, "rekening": rekening, "vanaf": vanaf, "tot": tot, "na": na, "tm": na + wens.page_size}
    return session.connection().execute(_AFSCHRIFT, vraag).all()


def _standen(datum: date, fondsen: Collection[str] | None) -> Select[Any]:
    """Accounts by fonds and number, each with the sums booked on it up to and including a day: `debet_cent` and `credit_cent`,
    zero or more, and their difference `saldo_cent`.

    Args:
        fondsen: the only ones that are asked for; None: all.
    """
    tot, bedrag = datum + timedelta(days=1), LosseRegel.bedrag_cent
    gevouwen = func.stand_tot(Rekening.fonds, Rekening.nummer, tot).table_valued("debet_cent", "credit_cent").lateral("gevouwen")
    losse = (
        select(
            LosseRegel.fonds,
            LosseRegel.rekening,
            func.sum(bedrag).filter(bedrag > 0).label("debet"),
            func.sum(-bedrag).filter(bedrag < 0).label("credit"),
        )
        .where(LosseRegel.boekdatum < tot)
        .group_by(LosseRegel.fonds, LosseRegel.rekening)
    )
    los = (losse if fondsen is None else losse.where(LosseRegel.fonds.in_(fondsen))).subquery("los")
    debet = gevouwen.c.debet_cent + func.coalesce(los.c.debet, 0)
    credit = gevouwen.c.credit_cent + func.coalesce(los.c.credit, 0)
    return (
        values_of(Rekening)
        .add_columns(debet.label("debet_cent"), credit.label("credit_cent"), (debet - credit).label("saldo_cent"))
        .join(gevouwen, true())
        .outerjoin(los, (los.c.fonds == Rekening.fonds) & (los.c.rekening == Rekening.nummer))
        .order_by(Rekening.fonds, Rekening.nummer)
    )


def mag_vouwen(session: Session) -> bool:
    """Whether nobody else is folding; then nobody does until the end of this transaction."""
    return bool(session.connection().execute(_MAG_VOUWEN).scalar())


def fondsen_met_losse(session: Session) -> list[str]:
    """Codes of the fondsen with entries that are not in the sums yet."""
    return list(session.connection().execute(_LOSSE_FONDSEN).scalars())


def oudste_losse(session: Session, fonds: str) -> list[uuid.UUID]:
    """The oldest entries of a fonds that are not in the sums yet, as many as are to be folded at once."""
    vraag = {"fonds": fonds, "hoogstens": BATCH, "regels": _REGELS}
    return list(session.connection().execute(_LOSSE, vraag).scalars())


def vouw(session: Session, boekingen: Sequence[uuid.UUID]) -> int:
    """Fold entries; the number that were not folded yet."""
    return int(session.connection().execute(_VOUW, {"boekingen": list(boekingen)}).scalar_one())
