"""Use cases of gemeenten; all of them read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import Thing, found

from catalogus_api.gemeente import repository
from catalogus_api.gemeente.errors import GemeenteNietGevonden
from catalogus_api.gemeente.schemas import Gemeente, GemeentenFilter, Herindeling, HerindelingenFilter, Inwoners

BRON = "CBS, CC BY 4.0"


def list_gemeenten(work: Work, wens: GemeentenFilter) -> tuple[int, list[Gemeente]]:
    """(number in all, gemeenten of this page); inhabitants are given for `peildatum` where a figure exists."""
    count, rows = repository.list_gemeenten(work.session, wens)
    return count, _weergave(rows, wens.peildatum)


def get_gemeente(work: Work, code: str, peildatum: date | None) -> Gemeente:
    """One gemeente.

    Raises:
        GemeenteNietGevonden: no gemeente with this code has existed since 2012.
    """
    return _weergave([_bekend(repository.find(work.session, code, peildatum), code)], peildatum)[0]


def list_inwonertallen(work: Work, code: str) -> list[Inwoners]:
    """All known figures of a gemeente, oldest first.

    Raises:
        GemeenteNietGevonden: as `get_gemeente`.
    """
    _bekend(repository.exists(work.session, code) or None, code)
    return Inwoners.from_rows(repository.inwonertallen(work.session, code), lambda rij: {"bron": BRON})


def list_herindelingen(work: Work, wens: HerindelingenFilter) -> tuple[int, list[Herindeling]]:
    """(number in all, herindelingen of this page), by date."""
    count, rows = repository.list_herindelingen(work.session, wens)
    return count, Herindeling.from_rows(rows)


def _bekend(gevonden: Thing | None, code: str) -> Thing:
    return found(gevonden, GemeenteNietGevonden, f"Er is sinds 2012 geen gemeente met code {code}.")


def _weergave(rows: Sequence[Values], peildatum: date | None) -> list[Gemeente]:
    def verder(rij: Values) -> dict[str, Any]:
        inwoners = peildatum and rij.aantal and {"peildatum": peildatum, "aantal": rij.aantal, "bron": BRON}
        return {"opvolgers": rij.opvolgers or [], "inwoners": inwoners}

    return Gemeente.from_rows(rows, verder)
