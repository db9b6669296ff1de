"""Every SELECT on what is left of budgets."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from gemeengoed_kit.sight import EVERYTHING, Sight
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from fonds_api.budget.models import Budgetstand
from fonds_api.budget.rules import Dagstand, Post, Stand

# From the rows that never change: a commitment by when it was asked for, a release by when it was made, and what is booked
# (spending, its storno, what is carried over) by its boekdatum, so that it agrees with the ledger on that day. A part of a next
# year may have been carried over to it after its first spending was booked: what is open is never below zero.
_OP_DAG = text(
    """
    WITH deel AS (
        SELECT v.prioriteit, v.budgetsoort,
               greatest(0, d.bedrag_cent - sum(coalesce(af.cent, 0))) AS open,
               greatest(0, d.btw_cent - sum(coalesce(af.btw, 0))) AS btw
        FROM verplichting AS v JOIN verplichtingsdeel AS d ON d.verplichting = v.id
        LEFT JOIN LATERAL (
            SELECT x.bedrag_cent AS cent, x.btw_cent AS btw FROM vrijval AS x
            WHERE x.verplichting = v.id AND x.jaar = d.jaar AND x.vrijgevallen_op < :tot
            UNION ALL SELECT u.bedrag_cent, u.btw_cent FROM uitgave AS u LEFT JOIN uitgavestorno AS s ON s.uitgave = u.id
            WHERE u.verplichting = v.id AND u.jaar = d.jaar AND u.boekdatum <= :dag AND (s.uitgave IS NULL OR s.boekdatum > :dag)
            UNION ALL SELECT o.bedrag_cent, o.btw_cent FROM overheveling AS o
            WHERE o.fonds = :fonds AND o.jaar = :jaar AND o.verplichting = v.id AND o.status = 'vastgesteld'
                  AND :dag >= make_date(:jaar, 12, 31)
        ) AS af ON true
        WHERE v.fonds = :fonds AND d.jaar = :jaar AND v.status <> 'geweigerd' AND v.aangevraagd_op < :tot
        GROUP BY v.id, v.prioriteit, v.budgetsoort, d.bedrag_cent, d.btw_cent
    ), over AS (
        SELECT prioriteit, budgetsoort, bedrag_cent, btw_cent, jaar < :jaar AS erbij FROM overheveling
        WHERE fonds = :fonds AND status = 'vastgesteld'
              AND (jaar = :jaar - 1 OR jaar = :jaar AND :dag >= make_date(:jaar, 12, 31))
    )
    SELECT prioriteit, budgetsoort, sum(erbij), sum(eraf), sum(verplicht) FROM (
        SELECT prioriteit, budgetsoort, 0 AS erbij, 0 AS eraf, open AS verplicht FROM deel
        UNION ALL SELECT '', 'btw', 0, 0, btw FROM deel
        UNION ALL SELECT prioriteit, budgetsoort, CASE WHEN erbij THEN bedrag_cent ELSE 0 END,
                         CASE WHEN erbij THEN 0 ELSE bedrag_cent END, 0 FROM over
        UNION ALL SELECT '', 'btw', CASE WHEN erbij THEN btw_cent ELSE 0 END,
                         CASE WHEN erbij THEN 0 ELSE btw_cent END, 0 FROM over
    ) AS alles GROUP BY 1, 2 HAVING sum(erbij) + sum(eraf) + sum(verplicht) > 0
    """
)


def standen(session: Session, fonds: str, jaren: Collection[int], zicht: Sight = EVERYTHING) -> dict[tuple[int, Post], Stand]:
    """By year and post, in order of post."""
    query = (
        select(*Budgetstand.__table__.c)
        .where(Budgetstand.fonds == fonds, Budgetstand.jaar.in_(jaren), *zicht.on(fonds=Budgetstand.fonds))
        .order_by(Budgetstand.jaar, Budgetstand.prioriteit == "", Budgetstand.prioriteit, Budgetstand.budgetsoort)
    )
    return {
        (rij.jaar, (rij.prioriteit, rij.budgetsoort)): Stand(
            int(rij.begroot_cent), int(rij.overgeheveld_cent), int(rij.verplicht_cent), int(rij.besteed_cent)
        )
        for rij in session.connection().execute(query)
    }


def op_dag(session: Session, fonds: str, jaar: int, dag: date, tot: datetime) -> dict[Post, Dagstand]:
    """By post what was committed and carried over at the end of a day, which ends at the moment `tot`."""
    gevraagd = {"fonds": fonds, "jaar": jaar, "dag": dag, "tot": tot}
    rijen = session.connection().execute(_OP_DAG, gevraagd)
    return {(prioriteit, soort): Dagstand(*map(int, bedragen)) for prioriteit, soort, *bedragen in rijen}
