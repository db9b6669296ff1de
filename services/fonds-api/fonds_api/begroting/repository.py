"""Every SELECT and INSERT on begrotingen; the lock on a fonds and year lives here."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import EVERYTHING, Limit, Sight
from sqlalchemy import ColumnElement, Select, func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.orm import Session

from fonds_api.begroting.models import Aanvaarding, Begroting, Begrotingsregel, Vaststelling, Vaststellingsaanvraag
from fonds_api.begroting.rules import GEWEIGERD, Regel
from fonds_api.begroting.schemas import BegrotingenFilter

Totaal = dict[str, int]


def _zichtbaar(zicht: Sight) -> list[ColumnElement[bool]]:
    return zicht.on(fonds=Begroting.fonds, vastgesteld=Begroting.id)


def _query(zicht: Sight) -> Select[Any]:
    """Versions with their adoption, if it was asked for."""
    return (
        select(
            *Begroting.__table__.c,
            *(kolom for kolom in Vaststellingsaanvraag.__table__.c if kolom.name != "begroting"),
            Vaststelling.vastgesteld_op,
            Vaststelling.gremium,
            Vaststelling.besloten_op,
        )
        .outerjoin(Vaststellingsaanvraag, Vaststellingsaanvraag.begroting == Begroting.id)
        .outerjoin(Vaststelling, Vaststelling.begroting == Begroting.id)
        .where(*_zichtbaar(zicht))
    )


def vastgestelde() -> Limit:
    """Query for the ids of the versions that were adopted."""
    return select(Vaststelling.begroting)


def vergrendel(session: Session, fonds: str, jaar: int) -> None:
    """One at a time for a fonds and year, by the database's own name of it: a row lock needs the right to update."""
    session.execute(select(func.vergrendel_begroting(fonds, jaar)))


def find(session: Session, id: uuid.UUID, zicht: Sight = EVERYTHING) -> Values | None:
    return session.connection().execute(_query(zicht).where(Begroting.id == id)).one_or_none()


def list_begrotingen(session: Session, zicht: Sight, wens: BegrotingenFilter) -> tuple[int, list[Values]]:
    query = _query(zicht).order_by(Begroting.fonds, Begroting.jaar, Begroting.versie)
    if wens.fonds:
        query = query.where(Begroting.fonds == wens.fonds)
    if wens.jaar:
        query = query.where(Begroting.jaar == wens.jaar)
    if wens.soort:
        query = query.where(Begroting.soort == wens.soort)
    if wens.status:
        stand = Vaststellingsaanvraag.status
        concept = func.coalesce(stand, GEWEIGERD) == GEWEIGERD
        query = query.where(concept if wens.status == "concept" else stand == wens.status)
    return select_page(session, query, wens)


def laatste(session: Session, fonds: str, jaar: int) -> Values | None:
    """The last version of a fonds and year."""
    query = values_of(Begroting).where(Begroting.fonds == fonds, Begroting.jaar == jaar)
    return session.connection().execute(query.order_by(Begroting.versie.desc()).limit(1)).one_or_none()


def laatst_vastgestelde_soort(session: Session, fonds: str, jaar: int) -> str | None:
    query = select(Begroting.soort).join(Vaststelling).where(Begroting.fonds == fonds, Begroting.jaar == jaar)
    return session.scalar(query.order_by(Begroting.versie.desc()).limit(1))


def vorige(session: Session, zicht: Sight, van: Values) -> Values | None:
    """The version before this one that the caller may see."""
    query = _query(zicht).where(Begroting.fonds == van.fonds, Begroting.jaar == van.jaar, Begroting.versie < van.versie)
    return session.connection().execute(query.order_by(Begroting.versie.desc()).limit(1)).one_or_none()


def geldend(session: Session, zicht: Sight, fonds: str, jaren: Sequence[int]) -> list[Values]:
    """Of each of these years the version that was adopted last, if any."""
    query = _query(zicht).where(Begroting.fonds == fonds, Begroting.jaar.in_(jaren), Vaststelling.begroting.is_not(None))
    query = query.ext(distinct_on(Begroting.jaar)).order_by(Begroting.jaar, Begroting.versie.desc())
    return list(session.connection().execute(query).all())


def geldend_op(session: Session, fonds: str, jaar: int, dag: date) -> Values | None:
    """The version of a fonds and year that was adopted last, by a decision of no later than a day."""
    query = values_of(Begroting).join(Vaststelling).where(Begroting.fonds == fonds, Begroting.jaar == jaar)
    query = query.where(Vaststelling.besloten_op <= dag).order_by(Begroting.versie.desc()).limit(1)
    return session.connection().execute(query).one_or_none()


def met_vastgestelde() -> Limit:
    """Query for the codes of the fondsen of which a begroting was adopted."""
    return select(Begroting.fonds).join(Vaststelling)


def regels_van(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Values]]:
    """Rows per version, in the order of its source."""
    gevonden: dict[uuid.UUID, list[Values]] = defaultdict(list)
    query = values_of(Begrotingsregel).where(Begrotingsregel.begroting.in_(list(ids)))
    query = query.order_by(Begrotingsregel.begroting, Begrotingsregel.regelnummer)
    for rij in session.connection().execute(query):
        gevonden[rij.begroting].append(rij)
    return gevonden


def bedragen_van(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Totaal]:
    """Per version what each kind of row comes to."""
    gevonden: dict[uuid.UUID, Totaal] = defaultdict(dict)
    som = func.sum(Begrotingsregel.bedrag)
    query = select(Begrotingsregel.begroting, Begrotingsregel.rij, som).where(Begrotingsregel.begroting.in_(list(ids)))
    for begroting, rij, bedrag in session.connection().execute(query.group_by(Begrotingsregel.begroting, Begrotingsregel.rij)):
        gevonden[begroting][rij] = int(bedrag)
    return gevonden


def aanvaard(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[str, Values]]:
    """Per version its accepted differences, by name."""
    gevonden: dict[uuid.UUID, dict[str, Values]] = defaultdict(dict)
    for rij in session.connection().execute(values_of(Aanvaarding).where(Aanvaarding.begroting.in_(list(ids)))):
        gevonden[rij.begroting][rij.verschil] = rij
    return gevonden


def insert_begroting(session: Session, waarden: dict[str, Any], regels: Sequence[Regel]) -> None:
    session.execute(insert(Begroting), waarden)
    rijen = [
        {"begroting": waarden["id"], "regelnummer": nummer, **{naam: getattr(regel, naam) for naam in regel.__slots__}}
        for nummer, regel in enumerate(regels, 1)
    ]
    session.execute(insert(Begrotingsregel), rijen)


def insert_aanvaarding(session: Session, waarden: dict[str, Any]) -> bool:
    """Store an acceptance; False when there is one of this difference already."""
    nieuw = insert_or_not(Aanvaarding).values(waarden).on_conflict_do_nothing().returning(Aanvaarding.verschil)
    return session.scalar(nieuw) is not None


def lock_aanvraag(session: Session, begroting: uuid.UUID) -> Vaststellingsaanvraag | None:
    """The request for adoption, locked: others wait until this transaction ends."""
    query = select(Vaststellingsaanvraag).where(Vaststellingsaanvraag.begroting == begroting).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def find_aanvraag(session: Session, begroting: uuid.UUID) -> Vaststellingsaanvraag | None:
    return session.get(Vaststellingsaanvraag, begroting)


def insert_vaststelling(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Vaststelling), waarden)


def geldende(session: Session, fonds: str, jaren: Iterable[int]) -> dict[int, uuid.UUID]:
    """Of each of these years the id of the version that was adopted last; a year without one is left out."""
    return {rij.jaar: rij.id for rij in geldend(session, EVERYTHING, fonds, sorted(jaren))}
