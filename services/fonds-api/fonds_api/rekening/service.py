"""What other features need from the chart of accounts."""

from __future__ import annotations

from collections.abc import Sequence

from gemeengoed_kit.context import Work

from fonds_api.rekening import repository


def nummers(work: Work, fonds: str) -> set[str]:
    """The numbers of all accounts that an entry in this fonds may name."""
    return repository.nummers(work.session, fonds)


def nummers_van(work: Work, fondsen: Sequence[str]) -> dict[str, set[str]]:
    """The same of several fondsen, by code; one that does not exist has none and is missing."""
    return repository.nummers_van(work.session, fondsen)
