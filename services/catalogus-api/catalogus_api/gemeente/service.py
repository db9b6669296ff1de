"""Use cases of gemeenten; all of them read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.context import Work

from catalogus_api.gemeente import repository
from catalogus_api.gemeente.errors import OnbekendeGemeente
from catalogus_api.gemeente.schemas import Gemeente, GemeentenFilter, Herindeling, HerindelingenFilter, Inwoners

BRON = "CBS, CC BY 4.0"


def list_gemeenten(work: Work, wens: GemeentenFilter) -> tuple[int, list[Gemeente]]:
    """(number in all, gemeenten of this page); inhabitants are given for `peildatum` where a figure exists."""
    count, rows = repository.list_gemeenten(work.session, wens)
    return count, _weergave(rows, wens.peildatum)


def get_gemeente(work: Work, code: str, peildatum: date | None) -> Gemeente:
    """One gemeente.

    Raises:
        OnbekendeGemeente: no gemeente with this code has existed since 2012.
    """
    return _weergave([_bekend(code, repository.find(work.session, code, peildatum))], peildatum)[0]


def list_inwonertallen(work: Work, code: str) -> list[Inwoners]:
    """All known figures of a gemeente, oldest first.

    Raises:
        OnbekendeGemeente: as `get_gemeente`.
    """
    _bekend(code, repository.exists(work.session, code))
    return [Inwoners.from_row(rij, bron=BRON) for rij in repository.inwonertallen(work.session, code)]


def list_herindelingen(work: Work, wens: HerindelingenFilter) -> tuple[int, list[Herindeling]]:
    """(number in all, herindelingen of this page), by date."""
    count, rows = repository.list_herindelingen(work.session, wens)
    return count, Herindeling.from_rows(rows)


def _bekend(code: str, bekend: Any) -> Any:
    if not bekend:
        raise OnbekendeGemeente(f"Er is sinds 2012 geen gemeente met code {code}.")
    return bekend


def _weergave(rows: Sequence[Any], peildatum: date | None) -> list[Gemeente]:
    def verder(rij: Any) -> dict[str, Any]:
        inwoners = peildatum and rij.aantal and {"peildatum": peildatum, "aantal": rij.aantal, "bron": BRON}
        return {"opvolgers": rij.opvolgers or [], "inwoners": inwoners}

    return Gemeente.from_rows(rows, verder)
