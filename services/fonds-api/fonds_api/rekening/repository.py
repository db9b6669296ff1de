"""Every statement that needs rekeningen only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.sight import Sight
from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from fonds_api.rekening.models import Rekening
from fonds_api.rekening.rules import Plek

_NUMMERS = text("SELECT nummer FROM rekening WHERE fonds = :fonds AND boekbaar AND NOT geblokkeerd AND (:eigen OR NOT beheerd)")
_NUMMERS_VAN = text(
    "SELECT code, nummer FROM fonds LEFT JOIN rekening ON fonds = code AND boekbaar AND NOT geblokkeerd "
    "AND (:eigen OR NOT beheerd) "
    "WHERE code = ANY(CAST(:fondsen AS text[]))"
)

_VAN_POST = text(
    "SELECT nummer FROM rekening WHERE fonds = :fonds AND boekbaar AND prioriteit = :prioriteit AND budgetsoort = :budgetsoort"
)


def nummers(session: Session, fonds: str, eigen: bool) -> set[str]:
    """The numbers of the accounts of a fonds that entries may name.

    Args:
        eigen: entries of documents that this service keeps itself.
    """
    return set(session.connection().execute(_NUMMERS, {"fonds": fonds, "eigen": eigen}).scalars())


def nummers_van(session: Session, fondsen: Sequence[str], eigen: bool) -> dict[str, set[str]]:
    """The same of several fondsen, by code; those that do not exist are missing."""
    gevonden: dict[str, set[str]] = {}
    for code, nummer in session.connection().execute(_NUMMERS_VAN, {"fondsen": list(fondsen), "eigen": eigen}):
        gevonden.setdefault(code, set()).add(nummer)
    return gevonden


def find(session: Session, zicht: Sight, fonds: str, nummer: str) -> Values | None:
    query = values_of(Rekening).where(Rekening.fonds == fonds, Rekening.nummer == nummer, *zicht.on(fonds=Rekening.fonds))
    return session.connection().execute(query).one_or_none()


def naam(session: Session, zicht: Sight, fonds: str, nummer: str) -> str | None:
    query = select(Rekening.naam).where(Rekening.fonds == fonds, Rekening.nummer == nummer, *zicht.on(fonds=Rekening.fonds))
    gevonden: str | None = session.connection().execute(query).scalar_one_or_none()
    return gevonden


def plekken(session: Session, fonds: str) -> dict[str, Plek]:
    """Where each account of a fonds stands, by number."""
    query = select(Rekening.nummer, Rekening.boven, Rekening.boekbaar).where(Rekening.fonds == fonds)
    return {nummer: Plek(boven, not boekbaar) for nummer, boven, boekbaar in session.connection().execute(query)}


def vergrendel(session: Session, fonds: str) -> None:
    """Shut the gate of a fonds until the end of the transaction: entries under way end first, the next ones wait."""
    session.connection().execute(select(func.grendel_fonds(fonds)))


def stand(session: Session, fonds: str, nummer: str) -> int:
    """Balance of an account (debet minus credit, whatever the boekdatum) in cents."""
    return int(session.connection().execute(select(func.stand_van(fonds, nummer))).scalar_one())


def add(session: Session, waarden: Mapping[str, Any]) -> bool:
    """False when the fonds has an account with this number already."""
    nieuw = insert(Rekening).values(waarden).on_conflict_do_nothing().returning(Rekening.nummer)
    return session.execute(nieuw).first() is not None


def wijzig(session: Session, fonds: str, nummer: str, waarden: Mapping[str, Any]) -> None:
    session.execute(
        update(Rekening)
        .where(Rekening.fonds == fonds, Rekening.nummer == nummer)
        .values({**waarden, "versie": Rekening.versie + 1})
    )


def van_post(session: Session, fonds: str, prioriteit: str, budgetsoort: str) -> str | None:
    """The number of the account that holds what is spent on a begrotingspost."""
    post = {"fonds": fonds, "prioriteit": prioriteit, "budgetsoort": budgetsoort}
    return session.connection().execute(_VAN_POST, post).scalar()
