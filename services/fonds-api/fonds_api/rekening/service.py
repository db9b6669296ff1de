"""What other features need from the chart of accounts."""

from __future__ import annotations

from gemeengoed_kit.context import Work

from fonds_api.rekening import repository


def nummers(work: Work, fonds: str) -> set[str]:
    """The numbers of all accounts that an entry in this fonds may name."""
    return repository.nummers(work.session, fonds)
