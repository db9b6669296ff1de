"""What other features need from the chart of accounts."""

from __future__ import annotations

from gemeengoed_kit.context import Work

from fonds_api.rekening import repository
from fonds_api.rekening.errors import PostZonderRekening


def nummers(work: Work, fonds: str) -> set[str]:
    """The numbers of all accounts that an entry in this fonds may name."""
    return repository.nummers(work.session, fonds)


def van_post(work: Work, fonds: str, prioriteit: str, budgetsoort: str) -> str:
    """The number of the lasten account of a begrotingspost.

    Raises:
        PostZonderRekening: the fonds has no account for it.
    """
    nummer = repository.van_post(work.session, fonds, prioriteit, budgetsoort)
    if nummer is None:
        raise PostZonderRekening(f"Fonds {fonds} heeft geen rekening voor {prioriteit}-{budgetsoort}.")
    return nummer
