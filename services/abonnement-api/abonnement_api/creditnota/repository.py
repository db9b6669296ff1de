"""Every SELECT and INSERT on credit notes; the lock on their numbers lives here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from abonnement_api.creditnota.models import Creditnota, Creditnotaregel, Creditnummering
from abonnement_api.creditnota.schemas import CreditnotasFilter


def neem_nummer(session: Session, jaar: int) -> int:
    """Take the next number of a year. Other transactions wait until this one ends, so that no gap arises."""
    session.execute(upsert(Creditnummering).values(jaar=jaar, laatste=0).on_conflict_do_nothing())
    nummering = session.get_one(Creditnummering, jaar, with_for_update=True, populate_existing=True)
    nummering.laatste += 1
    session.flush()
    return nummering.laatste


def add(session: Session, creditnota: dict[str, Any], regels: Mapping[str, int]) -> None:
    session.execute(insert(Creditnota), [creditnota])
    bij = {"creditnota": creditnota["nummer"], "factuur": creditnota["factuur"]}
    session.execute(insert(Creditnotaregel), [{**bij, "dienst": dienst, "bedrag_cent": cent} for dienst, cent in regels.items()])


def find(session: Session, zicht: Sight, nummer: str) -> Values | None:
    query = values_of(Creditnota).where(Creditnota.nummer == nummer, *zicht.on(gemeentecode=Creditnota.gemeentecode))
    return session.connection().execute(query).one_or_none()


def list_creditnotas(session: Session, zicht: Sight, wens: CreditnotasFilter) -> tuple[int, list[Values]]:
    query = values_of(Creditnota).where(*zicht.on(gemeentecode=Creditnota.gemeentecode))
    if wens.gemeentecode is not None:
        query = query.where(Creditnota.gemeentecode == wens.gemeentecode)
    if wens.factuur is not None:
        query = query.where(Creditnota.factuur == wens.factuur)
    return select_page(session, query.order_by(Creditnota.jaar, Creditnota.volgnummer), wens)


def van_nummers(session: Session, nummers: Collection[str]) -> Sequence[Values]:
    """These credit notes, in order of number."""
    query = values_of(Creditnota).where(Creditnota.nummer.in_(nummers)).order_by(Creditnota.nummer)
    return session.connection().execute(query).all()


def regels(session: Session, nummers: Collection[str]) -> dict[str, dict[str, int]]:
    """Credit note to its cents by dienst, in order of dienst."""
    gevonden: dict[str, dict[str, int]] = defaultdict(dict)
    query = values_of(Creditnotaregel).where(Creditnotaregel.creditnota.in_(nummers)).order_by(Creditnotaregel.dienst)
    for rij in session.connection().execute(query):
        gevonden[rij.creditnota][rij.dienst] = rij.bedrag_cent
    return gevonden
