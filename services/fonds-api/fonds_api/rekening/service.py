"""What other features need from the chart of accounts."""

from __future__ import annotations

from gemeengoed_kit.context import Work

from fonds_api.rekening import repository
from fonds_api.rekening.schemas import NieuweRekening


def nummers(work: Work, fonds: str) -> set[str]:
    """The numbers of all accounts that an entry in this fonds may name."""
    return repository.nummers(work.session, fonds)


def toevoegen(work: Work, fonds: str, nieuw: NieuweRekening) -> None:
    """A new account of a fonds that was made in this transaction."""
    repository.add(work.session, {"fonds": fonds, **nieuw.model_dump()})
