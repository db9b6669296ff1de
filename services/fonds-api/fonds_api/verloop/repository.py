"""Sums over the ledger by month, and its lines one after the other. All of it reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from gemeengoed_kit.db import Values, values_of
from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from fonds_api.boeking.models import Boeking, Boekingsregel
from fonds_api.rekening.models import Rekening

_BEDRAG = Boekingsregel.bedrag_cent
# What has been folded (saldo: years, months and days per account) and, at the same moment, the lines that have not.
_STANDEN = text(
    """
    SELECT r.nummer, stand.debet_cent - stand.credit_cent + coalesce(los.cent, 0)
    FROM rekening AS r CROSS JOIN LATERAL stand_tot(r.fonds, r.nummer, :tot) AS stand
    LEFT JOIN (SELECT rekening, sum(bedrag_cent) AS cent FROM losse_regel WHERE fonds = :fonds AND boekdatum < :tot
               GROUP BY rekening) AS los ON los.rekening = r.nummer
    WHERE r.fonds = :fonds AND r.boekbaar
    """
)
_PER_MAAND = text(
    """
    SELECT rekening, extract(month FROM dag), sum(cent) FROM (
        SELECT s.rekening, s.vanaf AS dag, s.debet_cent - s.credit_cent AS cent
        FROM rekening AS r JOIN rekeningstand AS s ON s.fonds = r.fonds AND s.rekening = r.nummer
        WHERE r.fonds = :fonds AND (s.korrel = 'maand' AND s.vanaf >= :vanaf AND s.vanaf < :maand
                                    OR s.korrel = 'dag' AND s.vanaf >= :maand AND s.vanaf < :tot)
        UNION ALL SELECT rekening, boekdatum, bedrag_cent FROM losse_regel
        WHERE fonds = :fonds AND boekdatum >= :vanaf AND boekdatum < :tot
        UNION ALL SELECT l.rekening, b.boekdatum, -l.bedrag_cent FROM boeking AS b JOIN boekingsregel AS l ON l.boeking = b.id
        WHERE b.id = ANY (CAST(:zonder AS uuid[])) AND b.boekdatum >= :vanaf AND b.boekdatum < :tot) AS deel
    GROUP BY 1, 2
    """
)
_OMVANG = text(
    """
    SELECT boekingen_tot(:fonds, :tot) - boekingen_tot(:fonds, :vanaf) AS boekingen, CAST(sum(regels) AS bigint) AS regels,
           sum(debet) AS debet, sum(credit) AS credit
    FROM (
        SELECT aantal_regels AS regels, debet_cent AS debet, credit_cent AS credit
        FROM rekening AS r JOIN rekeningstand AS s ON s.fonds = r.fonds AND s.rekening = r.nummer
        WHERE r.fonds = :fonds AND s.korrel = 'jaar' AND s.vanaf = :vanaf
        UNION ALL SELECT 1, greatest(bedrag_cent, 0), greatest(-bedrag_cent, 0) FROM losse_regel
        WHERE fonds = :fonds AND boekdatum >= :vanaf AND boekdatum < :tot
        UNION ALL SELECT 0, 0, 0) AS deel
    """
)
_TEGELIJK = 5000
EIGEN_BRON = "fonds"
"""The source of documents that this service keeps itself; see boeking."""


def rekeningen(session: Session, fonds: str) -> Sequence[Values]:
    """The accounts of a fonds, by number."""
    return session.connection().execute(values_of(Rekening).where(Rekening.fonds == fonds).order_by(Rekening.nummer)).all()


def standen(session: Session, fonds: str, tot: date) -> dict[str, int]:
    """Per account debet minus credit, in cents, of everything with a boekdatum before a day."""
    return {nummer: int(cent) for nummer, cent in session.connection().execute(_STANDEN, {"fonds": fonds, "tot": tot})}


def per_maand(session: Session, fonds: str, vanaf: date, tot: date, zonder: Collection[UUID]) -> Iterator[tuple[str, int, int]]:
    """(account, number of the month, debet minus credit in cents) of a period within a year, without some entries; `vanaf` is the
    first day of a month."""
    vraag = {"fonds": fonds, "vanaf": vanaf, "maand": tot.replace(day=1), "tot": tot, "zonder": list(zonder)}
    for nummer, welke, cent in session.connection().execute(_PER_MAAND, vraag):
        yield nummer, int(welke), int(cent)


def boeking_van(session: Session, fonds: str, pad: str) -> UUID | None:
    """The entry of a document that this service keeps itself."""
    return session.scalar(select(Boeking.id).where(Boeking.fonds == fonds, Boeking.bron == EIGEN_BRON, Boeking.pad == pad))


def omvang(session: Session, fonds: str, jaar: date) -> Values:
    """`boekingen` and `regels`, how many there are in the year that begins on a day, and what they come to: `debet` and `credit`,
    in cents."""
    vraag = {"fonds": fonds, "vanaf": jaar, "tot": jaar.replace(year=jaar.year + 1)}
    return session.connection().execute(_OMVANG, vraag).one()


def regels(session: Session, fonds: str, vanaf: date, tot: date, *, rekening: str | None, per_bron: bool) -> Iterator[Any]:
    """The lines of a period, a few thousand at a time, so that memory never holds them together.

    Args:
        rekening: only the lines on this account.
        per_bron: those of one source together; within it, and otherwise, by boekdatum and then in order of booking.
    """
    query = _in(
        select(
            *(Boeking.volgnummer, Boeking.boekdatum, Boeking.geboekt_op, Boeking.omschrijving, Boeking.bron, Boeking.pad),
            *(Boekingsregel.regelnummer, Boekingsregel.rekening, _BEDRAG),
        ),
        *(fonds, vanaf, tot),
    )
    if rekening is not None:
        query = query.where(Boekingsregel.rekening == rekening)
    volgorde = [*([Boeking.bron] if per_bron else []), Boeking.boekdatum, Boeking.volgnummer, Boekingsregel.regelnummer]
    yield from session.connection().execute(
        query.order_by(*volgorde), execution_options={"stream_results": True, "yield_per": _TEGELIJK}
    )


def _in(query: Any, fonds: str, vanaf: date | None, tot: date) -> Select[Any]:
    query = query.select_from(Boekingsregel).join(Boeking, Boeking.id == Boekingsregel.boeking)
    query = query.where(Boeking.fonds == fonds, Boeking.boekdatum < tot)
    return query if vanaf is None else query.where(Boeking.boekdatum >= vanaf)
