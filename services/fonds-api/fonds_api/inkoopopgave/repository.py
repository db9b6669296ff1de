"""Every SELECT and INSERT on inkoopopgaven."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import Select, insert, literal, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from fonds_api.inkoopopgave.models import Lid, Opgave
from fonds_api.inkoopopgave.schemas import InkoopopgavenFilter

GEREED = "gereed"


def insert_opgave(session: Session, waarden: dict[str, Any]) -> Opgave:
    opgave = Opgave(**waarden)
    session.add(opgave)
    session.flush()
    return opgave


def insert_leden(session: Session, rijen: list[dict[str, Any]]) -> None:
    session.execute(insert(Lid), rijen)


def lock(session: Session, id: uuid.UUID) -> Opgave:
    query = select(Opgave).where(Opgave.id == id).with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one()


def find(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Opgave).where(Opgave.id == id)).one_or_none()


def list_opgaven(session: Session, wens: InkoopopgavenFilter) -> tuple[int, list[Values]]:
    query = values_of(Opgave).order_by(Opgave.aangevraagd_op.desc(), Opgave.id)
    for naam in ("peildatum", "status"):
        if (waarde := getattr(wens, naam)) is not None:
            query = query.where(getattr(Opgave, naam) == waarde)
    return select_page(session, query, wens)


def leden_van(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Values]]:
    gevonden: dict[uuid.UUID, list[Values]] = defaultdict(list)
    query = values_of(Lid).where(Lid.opgave.in_(ids)).order_by(Lid.opgave, Lid.gemeentecode)
    for rij in session.connection().execute(query):
        gevonden[rij.opgave].append(rij)
    return gevonden


def deelnemers_van(gemeentecode: str) -> Select[Any]:
    """Query for the paths of the participants that a gemeente is, or is a member of by the newest opgave about each."""
    nieuwste = (
        select(Opgave.id, Opgave.deelnemer)
        .ext(distinct_on(Opgave.deelnemer))
        .where(Opgave.status == GEREED)
        .order_by(Opgave.deelnemer, Opgave.gereed_op.desc(), Opgave.id)
        .subquery()
    )
    leden = select(nieuwste.c.deelnemer).join(Lid, Lid.opgave == nieuwste.c.id).where(Lid.gemeentecode == gemeentecode)
    alle = select(literal(f"/v1/gemeenten/{gemeentecode}").label("deelnemer")).union(leden).subquery()
    return select(alle.c.deelnemer)
