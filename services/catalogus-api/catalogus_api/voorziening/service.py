"""Use cases of voorzieningen; all of them read."""

from __future__ import annotations

from collections.abc import Collection

from gemeengoed_kit.context import Work
from gemeengoed_kit.sight import found

from catalogus_api.voorziening import repository
from catalogus_api.voorziening.errors import VoorzieningNietGevonden
from catalogus_api.voorziening.schemas import Voorziening, VoorzieningenFilter


def list_voorzieningen(work: Work, wens: VoorzieningenFilter) -> tuple[int, list[Voorziening]]:
    """(number in all, voorzieningen of this page), by code."""
    count, rows = repository.list_voorzieningen(work.session, wens)
    return count, Voorziening.from_rows(rows)


def get_voorziening(work: Work, code: str) -> Voorziening:
    """One voorziening.

    Raises:
        VoorzieningNietGevonden: there is none with this code.
    """
    rij = found(repository.find(work.session, code), VoorzieningNietGevonden, f"Er is geen voorziening met code {code}.")
    return Voorziening.from_row(rij)


def namen_van(work: Work, codes: Collection[str]) -> dict[str, str]:
    """Code to name, of those that exist."""
    return repository.namen(work.session, codes)


def codes_in_domein(work: Work, domein: str) -> list[str]:
    """The codes of the voorzieningen in a domein."""
    return repository.codes_in(work.session, domein)
