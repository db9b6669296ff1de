"""Use cases of voorzieningen; all of them read."""

from __future__ import annotations

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import values_of
from gemeengoed_kit.pagination import select_page

from catalogus_api.voorziening import models
from catalogus_api.voorziening.errors import OnbekendeVoorziening
from catalogus_api.voorziening.schemas import Voorziening, VoorzieningenFilter


def list_voorzieningen(work: Work, wens: VoorzieningenFilter) -> tuple[int, list[Voorziening]]:
    """(number in all, voorzieningen of this page), by code."""
    query = values_of(models.Voorziening).order_by(models.Voorziening.code)
    if wens.domein:
        query = query.where(models.Voorziening.domein == wens.domein)
    if wens.naam:
        query = query.where(models.Voorziening.naam.icontains(wens.naam, autoescape=True))
    count, rows = select_page(work.session, query, wens)
    return count, Voorziening.from_rows(rows)


def get_voorziening(work: Work, code: str) -> Voorziening:
    """One voorziening.

    Raises:
        OnbekendeVoorziening: there is none with this code.
    """
    rij = work.session.get(models.Voorziening, code)
    if rij is None:
        raise OnbekendeVoorziening(f"Er is geen voorziening met code {code}.")
    return Voorziening.from_row(rij)
