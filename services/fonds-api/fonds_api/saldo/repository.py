"""Sums over the ledger: what has been folded, plus the lines that have not. Each SELECT sees both at one moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Date, Select, Text, bindparam, func, select, text, true
from sqlalchemy.orm import Session

from fonds_api.rekening.models import Rekening
from fonds_api.saldo.models import LosseRegel
from fonds_api.saldo.schemas import RekeningenFilter

_AANTAL = text("SELECT boekingen_tot(:fonds, :tot)")
# Before `vanaf` and before `tot`: the balance, and how many lines.
_STANDEN = text(
    "SELECT dag, stand.debet_cent - stand.credit_cent + los.cent AS saldo_cent, stand.aantal_regels + los.aantal AS regels "
    "FROM unnest(ARRAY[CAST(:vanaf AS date), CAST(:tot AS date)]) AS dag "
    "CROSS JOIN LATERAL stand_tot(:fonds, :rekening, dag) AS stand CROSS JOIN LATERAL ("
    "SELECT coalesce(sum(bedrag_cent), 0) AS cent, count(*) AS aantal FROM losse_regel "
    "WHERE fonds = :fonds AND rekening = :rekening AND boekdatum < dag) AS los ORDER BY dag"
)
# The lines of the account in order, of which `na` come before the page and `tm` up to its end: the years, then their months, then
# their days on which the page lies are found by their numbers of lines, and the lines of a day by their own. So any page costs
# the same, however many lines and days come before it.
_AFSCHRIFT = text(
    """
    WITH los AS MATERIALIZED (
        SELECT boekdatum, boeking, bedrag_cent, row_number() OVER dag AS nummer, sum(bedrag_cent) OVER dag AS opgeteld_cent,
               CAST(date_trunc('year', CAST(boekdatum AS timestamp)) AS date) AS jaar,
               CAST(date_trunc('month', CAST(boekdatum AS timestamp)) AS date) AS maand
        FROM losse_regel WHERE fonds = :fonds AND rekening = :rekening
        WINDOW dag AS (PARTITION BY boekdatum ORDER BY volgnummer, regelnummer ROWS UNBOUNDED PRECEDING)),
    deel AS MATERIALIZED (
        SELECT korrel, vanaf, CAST(sum(regels) AS bigint) AS regels, sum(cent) AS cent FROM (
            SELECT CAST('jaar' AS text) AS korrel, jaar AS vanaf, count(*) AS regels, sum(bedrag_cent) AS cent
            FROM los GROUP BY jaar
            UNION ALL SELECT 'maand', maand, count(*), sum(bedrag_cent) FROM los GROUP BY maand
            UNION ALL SELECT 'dag', boekdatum, count(*), sum(bedrag_cent) FROM los GROUP BY boekdatum) AS los
        GROUP BY korrel, vanaf),
    jaar AS (
        SELECT vanaf, regels, ervoor, cent_ervoor FROM (
            SELECT vanaf, regels, CAST(sum(regels) OVER op AS bigint) - regels AS ervoor, sum(cent) OVER op - cent AS cent_ervoor
            FROM (
                SELECT vanaf, CAST(sum(regels) AS bigint) AS regels, sum(cent) AS cent FROM (
                    SELECT vanaf, aantal_regels AS regels, debet_cent - credit_cent AS cent FROM rekeningstand
                    WHERE fonds = :fonds AND rekening = :rekening AND korrel = 'jaar'
                    UNION ALL SELECT vanaf, regels, cent FROM deel WHERE korrel = 'jaar') AS beide GROUP BY vanaf) AS per
            WINDOW op AS (ORDER BY vanaf)) AS alle
        WHERE ervoor < :tm AND ervoor + regels > :na),
    maand AS (
        SELECT vanaf, regels, ervoor, cent_ervoor FROM (
            SELECT per.vanaf, per.regels, jaar.ervoor + CAST(sum(per.regels) OVER op AS bigint) - per.regels AS ervoor,
                   jaar.cent_ervoor + sum(per.cent) OVER op - per.cent AS cent_ervoor
            FROM jaar CROSS JOIN LATERAL (
                SELECT vanaf, CAST(sum(regels) AS bigint) AS regels, sum(cent) AS cent FROM (
                    SELECT vanaf, aantal_regels AS regels, debet_cent - credit_cent AS cent FROM rekeningstand
                    WHERE fonds = :fonds AND rekening = :rekening AND korrel = 'maand'
                    AND vanaf >= jaar.vanaf AND vanaf < jaar.vanaf + 366
                    UNION ALL SELECT vanaf, regels, cent FROM deel WHERE korrel = 'maand'
                    AND vanaf >= jaar.vanaf AND vanaf < jaar.vanaf + 366) AS beide
                WHERE date_part('year', vanaf) = date_part('year', jaar.vanaf) GROUP BY vanaf) AS per
            WINDOW op AS (PARTITION BY jaar.vanaf ORDER BY per.vanaf)) AS alle
        WHERE ervoor < :tm AND ervoor + regels > :na),
    dag AS (
        SELECT vanaf, vast, vast_cent, ervoor, cent_ervoor FROM (
            SELECT per.vanaf, per.regels, per.vast, per.vast_cent,
                   maand.ervoor + CAST(sum(per.regels) OVER op AS bigint) - per.regels AS ervoor,
                   maand.cent_ervoor + sum(per.cent) OVER op - per.cent AS cent_ervoor
            FROM maand CROSS JOIN LATERAL (
                SELECT vanaf, CAST(sum(regels) AS bigint) AS regels, sum(cent) AS cent, CAST(sum(vast) AS bigint) AS vast,
                       sum(vast_cent) AS vast_cent
                FROM (
                    SELECT vanaf, aantal_regels AS regels, debet_cent - credit_cent AS cent, aantal_regels AS vast,
                           debet_cent - credit_cent AS vast_cent FROM rekeningstand
                    WHERE fonds = :fonds AND rekening = :rekening AND korrel = 'dag'
                    AND vanaf >= maand.vanaf AND vanaf < maand.vanaf + 31
                    UNION ALL SELECT vanaf, regels, cent, 0, 0 FROM deel WHERE korrel = 'dag'
                    AND vanaf >= maand.vanaf AND vanaf < maand.vanaf + 31) AS beide
                WHERE date_part('month', vanaf) = date_part('month', maand.vanaf) GROUP BY vanaf) AS per
            WINDOW op AS (PARTITION BY maand.vanaf ORDER BY per.vanaf)) AS alle
        WHERE ervoor < :tm AND ervoor + regels > :na)
    SELECT dag.vanaf AS boekdatum, '/v1/boekingen/' || regel.boeking AS boeking, b.omschrijving, b.bron, b.pad, regel.bedrag_cent,
           dag.cent_ervoor + regel.opgeteld_cent AS saldo_cent
    FROM dag CROSS JOIN LATERAL (
        SELECT r.nummer, r.boeking, r.bedrag_cent, r.opgeteld_cent FROM rekeningregel AS r
            WHERE r.fonds = :fonds AND r.rekening = :rekening AND r.boekdatum = dag.vanaf
            AND r.nummer > :na - dag.ervoor AND r.nummer <= :tm - dag.ervoor
        UNION ALL SELECT dag.vast + los.nummer, los.boeking, los.bedrag_cent, dag.vast_cent + los.opgeteld_cent FROM los
            WHERE los.boekdatum = dag.vanaf
            AND dag.vast + los.nummer > :na - dag.ervoor AND dag.vast + los.nummer <= :tm - dag.ervoor) AS regel
    CROSS JOIN LATERAL (SELECT omschrijving, bron, pad FROM boeking WHERE id = regel.boeking OFFSET 0) AS b
    ORDER BY dag.vanaf, regel.nummer
    """
)


def list_rekeningen(session: Session, zicht: Sight, wens: RekeningenFilter, datum: date) -> tuple[int, list[Values]]:
    """(total number, accounts of this page), with the columns of `_standen`."""
    query = _standen(bool(wens.fonds)).where(*zicht.on(fonds=Rekening.fonds))
    return select_page(
        session, query.params(tot=datum + timedelta(days=1), **({"fondsen": [wens.fonds]} if wens.fonds else {})), wens
    )


def van_fondsen(session: Session, fondsen: Collection[str], datum: date) -> Sequence[Values]:
    """All accounts of these fondsen, with the columns of `_standen`."""
    vraag = {"tot": datum + timedelta(days=1), "fondsen": list(fondsen)}
    return session.connection().execute(_standen(True), vraag).all()


def aantal_boekingen(session: Session, fonds: str, datum: date) -> int:
    """Entries of a fonds with a boekdatum up to and including a day."""
    return int(session.connection().execute(_AANTAL, {"fonds": fonds, "tot": datum + timedelta(days=1)}).scalar_one())


def stand(session: Session, fonds: str, rekening: str, vanaf: date, tot: date) -> tuple[Values, Values]:
    """Balance (`saldo_cent`) of an account and number of lines on it (`regels`), before each of these days."""
    vraag = {"fonds": fonds, "rekening": rekening, "vanaf": vanaf, "tot": tot}
    eerste, laatste = session.connection().execute(_STANDEN, vraag).all()
    return eerste, laatste


def afschriftregels(session: Session, fonds: str, rekening: str, na: int, tm: int) -> Sequence[Values]:
    """The lines of an account from number `na` + 1 up to and including `tm`, by boekdatum and in the order of booking;
    `saldo_cent` is its balance after each of them."""
    vraag = {"fonds": fonds, "rekening": rekening, "na": na, "tm": tm}
    return session.connection().execute(_AFSCHRIFT, vraag).all() if na < tm else ()


@cache
def _standen(gevraagd: bool) -> Select[Any]:
    """Accounts by fonds and number, each with the sums booked on it before the day `:tot`: `debet_cent` and `credit_cent`, zero
    or more, and their difference `saldo_cent`. Made once: that takes more time than the database needs for the answer.

    Args:
        gevraagd: only those of `:fondsen`.
    """
    tot, bedrag = bindparam("tot", type_=Date), LosseRegel.bedrag_cent
    fondsen = bindparam("fondsen", type_=Text, expanding=True)
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
    los = (losse.where(LosseRegel.fonds.in_(fondsen)) if gevraagd else losse).subquery("los")
    debet = gevouwen.c.debet_cent + func.coalesce(los.c.debet, 0)
    credit = gevouwen.c.credit_cent + func.coalesce(los.c.credit, 0)
    query = (
        values_of(Rekening)
        .add_columns(debet.label("debet_cent"), credit.label("credit_cent"), (debet - credit).label("saldo_cent"))
        .join(gevouwen, true())
        .outerjoin(los, (los.c.fonds == Rekening.fonds) & (los.c.rekening == Rekening.nummer))
        .order_by(Rekening.fonds, Rekening.nummer)
    )
    return query.where(Rekening.fonds.in_(fondsen)) if gevraagd else query
