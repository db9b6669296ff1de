"""Every SELECT and INSERT on the tables of indexations; the lock on one lives here."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import insert
from sqlalchemy.orm import Session

from abonnement_api.tariefindexatie.models import Bevestiging, Regel, Tariefindexatie
from abonnement_api.tariefindexatie.rules import Onderdeel, Prijs
from abonnement_api.tariefindexatie.schemas import TariefindexatiesFilter


def add(session: Session, waarden: Mapping[str, Any]) -> None:
    session.execute(insert(Tariefindexatie), [dict(waarden)])


def find(session: Session, id: uuid.UUID) -> Tariefindexatie | None:
    return session.get(Tariefindexatie, id)


def lock(session: Session, id: uuid.UUID) -> Tariefindexatie | None:
    return session.get(Tariefindexatie, id, with_for_update=True, populate_existing=True)


def list_tariefindexaties(session: Session, wens: TariefindexatiesFilter) -> tuple[int, list[Values]]:
    query = values_of(Tariefindexatie).order_by(Tariefindexatie.volgnummer)
    if wens.jaar is not None:
        query = query.where(Tariefindexatie.jaar == wens.jaar)
    if wens.status is not None:
        query = query.where(Tariefindexatie.status == wens.status)
    return select_page(session, query, wens)


def alle(session: Session, status: Collection[str]) -> Sequence[Values]:
    """Every indexation with one of these states, in order."""
    query = values_of(Tariefindexatie).where(Tariefindexatie.status.in_(status)).order_by(Tariefindexatie.volgnummer)
    return session.connection().execute(query).all()


def voeg_regels_toe(session: Session, id: uuid.UUID, prijzen: Mapping[Onderdeel, Prijs]) -> None:
    rijen = [
        {"tariefindexatie": id, "pakket": pakket, "onderdeel": onderdeel, **asdict(prijs)}
        for (pakket, onderdeel), prijs in prijzen.items()
    ]
    session.execute(insert(Regel), rijen)


def regels(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Values]]:
    """Prices by indexation, in order of package and part."""
    gevonden: dict[uuid.UUID, list[Values]] = defaultdict(list)
    query = values_of(Regel).where(Regel.tariefindexatie.in_(ids)).order_by(Regel.pakket, Regel.onderdeel)
    for rij in session.connection().execute(query):
        gevonden[rij.tariefindexatie].append(rij)
    return gevonden


def bevestig(session: Session, waarden: Mapping[str, Any]) -> None:
    session.execute(insert(Bevestiging), [dict(waarden)])


def bevestigingen(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Values]:
    query = values_of(Bevestiging).where(Bevestiging.tariefindexatie.in_(ids))
    return {rij.tariefindexatie: rij for rij in session.connection().execute(query)}
