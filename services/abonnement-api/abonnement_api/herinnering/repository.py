"""Every SELECT and INSERT on reminders; how far an invoice is on the ladder is found here."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Date, Select, case, func, insert, literal, null, or_, select, text
from sqlalchemy.orm import Session

from abonnement_api.herinnering.models import (
    Aanhouding,
    Achterstand,
    Herinnering,
    Herinneringsbeleid,
    Herinneringsregel,
    Opheffing,
)
from abonnement_api.herinnering.rules import AAN_DE_BEURT, AANGEHOUDEN, EINDE, WACHT
from abonnement_api.herinnering.schemas import AchterstandenFilter, HerinneringenFilter


def lock(session: Session, wat: str) -> None:
    """Let who does the same wait until this transaction ends."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:wat, 0))"), {"wat": wat})


def beleid_op(session: Session, dag: date) -> Values:
    """The ladder of a day; there is always one, from 2000 on."""
    query = values_of(Herinneringsbeleid).where(Herinneringsbeleid.vanaf <= dag)
    query = query.order_by(Herinneringsbeleid.vanaf.desc(), Herinneringsbeleid.versie.desc()).limit(1)
    return session.connection().execute(query).one()


def list_beleid(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    query = values_of(Herinneringsbeleid).order_by(Herinneringsbeleid.vanaf, Herinneringsbeleid.versie)
    return select_page(session, query, wens)


def add_beleid(session: Session, waarden: dict[str, Any]) -> int:
    """Store the next version of a day; returns its number."""
    laatste = session.scalar(select(func.max(Herinneringsbeleid.versie)).where(Herinneringsbeleid.vanaf == waarden["vanaf"]))
    session.execute(insert(Herinneringsbeleid), [{**waarden, "versie": (laatste or 0) + 1}])
    return (laatste or 0) + 1


def _ladder(dag: date, dagen: Sequence[int]) -> Select[Any]:
    """Invoices that are overdue on a day, with their next step, the day from which it may be taken, and their status.

    The next step is the one after the last that was sent. It counts from what happened last: the vervaldatum, that reminder,
    the end of an aanhouding, or money that went back; after that the last step may be sent again.

    Args:
        dagen: days of each step.
    """
    einde = func.least(Aanhouding.tot_en_met + 1, Opheffing.dag)
    eigen = (select(Aanhouding.id).outerjoin(Opheffing, Opheffing.aanhouding == Aanhouding.id).correlate(Achterstand)).where(
        Aanhouding.factuur == Achterstand.nummer, Aanhouding.vanaf <= dag
    )
    aangehouden = eigen.where(or_(einde.is_(None), einde > dag)).exists()
    vrij = eigen.with_only_columns(func.max(einde)).where(einde <= dag, einde > Aanhouding.vanaf).scalar_subquery()
    volgende = case(
        (Achterstand.laatste_stap < len(dagen), Achterstand.laatste_stap + 1),
        (Achterstand.heropend > Achterstand.laatste_dag, literal(len(dagen))),
        else_=null(),
    )
    vanaf = func.greatest(Achterstand.vervaldatum, Achterstand.laatste_dag, Achterstand.heropend, vrij, type_=Date)
    op = vanaf + case(dict(enumerate(dagen, start=1)), value=volgende)
    status = case((aangehouden, AANGEHOUDEN), (volgende.is_(None), EINDE), (op <= dag, AAN_DE_BEURT), else_=WACHT)
    extra = (volgende.label("volgende_stap"), op.label("op"), status.label("status"))
    return values_of(Achterstand).add_columns(*extra).where(Achterstand.vervaldatum < dag)


def list_achterstanden(session: Session, wens: AchterstandenFilter, dag: date, dagen: Sequence[int]) -> tuple[int, list[Values]]:
    deel = _ladder(dag, dagen).subquery()
    query = select(deel).order_by(deel.c.nummer)
    if wens.status is not None:
        query = query.where(deel.c.status == wens.status)
    if wens.gemeentecode is not None:
        query = query.where(deel.c.gemeentecode == wens.gemeentecode)
    return select_page(session, query, wens)


def aan_de_beurt(
    session: Session, dag: date, dagen: Sequence[int], hoogstens: int, nummers: Collection[str] | None = None
) -> Sequence[Values]:
    """Invoices of which a reminder is due, by gemeente; of these numbers only, when they are given."""
    query = _ladder(dag, dagen)
    if nummers is not None:
        query = query.where(Achterstand.nummer == func.any(list(nummers)))
    deel = query.subquery()
    gevraagd = select(deel).where(deel.c.status == AAN_DE_BEURT).order_by(deel.c.gemeentecode, deel.c.nummer).limit(hoogstens)
    return session.connection().execute(gevraagd).all()


def aantal_aan_de_beurt(session: Session, dag: date, dagen: Sequence[int]) -> int:
    deel = _ladder(dag, dagen).subquery()
    return session.scalar(select(func.count()).where(deel.c.status == AAN_DE_BEURT).select_from(deel)) or 0


def add(session: Session, brieven: list[dict[str, Any]], regels: list[dict[str, Any]]) -> None:
    session.execute(insert(Herinnering), brieven)
    session.execute(insert(Herinneringsregel), regels)


def find(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    query = values_of(Herinnering).where(Herinnering.id == id, *zicht.on(gemeentecode=Herinnering.gemeentecode))
    return session.connection().execute(query).one_or_none()


def list_herinneringen(session: Session, zicht: Sight, wens: HerinneringenFilter) -> tuple[int, list[Values]]:
    query = values_of(Herinnering).where(*zicht.on(gemeentecode=Herinnering.gemeentecode))
    if wens.gemeentecode is not None:
        query = query.where(Herinnering.gemeentecode == wens.gemeentecode)
    if wens.factuur is not None:
        over = select(Herinneringsregel.herinnering).where(Herinneringsregel.factuur == wens.factuur)
        query = query.where(Herinnering.id.in_(over))
    return select_page(session, query.order_by(Herinnering.volgnummer), wens)


def regels(session: Session, ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, list[Values]]:
    """Letter to its invoices, in order of number."""
    gevonden: dict[uuid.UUID, list[Values]] = defaultdict(list)
    query = values_of(Herinneringsregel).where(Herinneringsregel.herinnering.in_(ids)).order_by(Herinneringsregel.factuur)
    for rij in session.connection().execute(query):
        gevonden[rij.herinnering].append(rij)
    return gevonden


def _aanhoudingen(zicht: Sight) -> Select[Any]:
    opgeheven = (Opheffing.dag.label("opgeheven_op"), Opheffing.toelichting.label("opheffing"))
    query = values_of(Aanhouding).add_columns(*opgeheven).outerjoin(Opheffing, Opheffing.aanhouding == Aanhouding.id)
    return query.where(*zicht.on(gemeentecode=Aanhouding.gemeentecode))


def find_aanhouding(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    return session.connection().execute(_aanhoudingen(zicht).where(Aanhouding.id == id)).one_or_none()


def list_aanhoudingen(session: Session, zicht: Sight, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, _aanhoudingen(zicht).order_by(Aanhouding.volgnummer), wens)


def geldt_nog(session: Session, factuur: str, soort: str, dag: date) -> bool:
    """Whether an aanhouding of this kind has not ended before a day."""
    query = select(Aanhouding.id).outerjoin(Opheffing, Opheffing.aanhouding == Aanhouding.id)
    query = query.where(
        Aanhouding.factuur == factuur,
        Aanhouding.soort == soort,
        Opheffing.aanhouding.is_(None),
        or_(Aanhouding.tot_en_met.is_(None), Aanhouding.tot_en_met >= dag),
    )
    return session.scalar(select(query.exists())) or False


def add_aanhouding(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Aanhouding), [waarden])


def hef_op(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Opheffing), [waarden])
