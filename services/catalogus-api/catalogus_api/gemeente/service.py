"""Use cases of gemeenten; all of them read."""

from __future__ import annotations

from datetime import date

from gemeengoed_kit.context import Work

from catalogus_api.gemeente import models, repository
from catalogus_api.gemeente.errors import OnbekendeGemeente
from catalogus_api.gemeente.schemas import Gemeente, GemeentenFilter, Herindeling, HerindelingenFilter, Inwoners

BRON = "CBS, CC BY 4.0"


def list_gemeenten(work: Work, wens: GemeentenFilter) -> tuple[int, list[Gemeente]]:
    """(number in all, gemeenten of this page); inhabitants are given for `peildatum` where a figure exists."""
    count, rows = repository.list_gemeenten(work.session, wens)
    return count, _uitgebreid(work, rows, wens.peildatum)


def get_gemeente(work: Work, code: str, peildatum: date | None) -> Gemeente:
    """One gemeente.

    Raises:
        OnbekendeGemeente: no gemeente with this code has existed since 2012.
    """
    return _uitgebreid(work, [_bestaande(work, code)], peildatum)[0]


def list_inwonertallen(work: Work, code: str) -> list[Inwoners]:
    """All known figures of a gemeente, oldest first.

    Raises:
        OnbekendeGemeente: as `get_gemeente`.
    """
    _bestaande(work, code)
    return [Inwoners.from_row(rij, bron=BRON) for rij in repository.inwonertallen(work.session, code)]


def list_herindelingen(work: Work, wens: HerindelingenFilter) -> tuple[int, list[Herindeling]]:
    """(number in all, herindelingen of this page), by date."""
    count, rows = repository.list_herindelingen(work.session, wens)
    return count, [Herindeling.from_row(rij) for rij in rows]


def _bestaande(work: Work, code: str) -> models.Gemeente:
    gemeente = repository.find(work.session, code)
    if gemeente is None:
        raise OnbekendeGemeente(f"Er is sinds 2012 geen gemeente met code {code}.")
    return gemeente


def _uitgebreid(work: Work, rows: list[models.Gemeente], peildatum: date | None) -> list[Gemeente]:
    codes = [rij.code for rij in rows]
    inwoners = repository.inwoners_op(work.session, codes, peildatum) if peildatum else {}
    opvolgers = repository.opvolgers(work.session, [rij.code for rij in rows if rij.einddatum])
    return [
        Gemeente.from_row(
            rij,
            opvolgers=opvolgers.get(rij.code, []),
            inwoners=Inwoners.make(peildatum=peildatum, aantal=inwoners[rij.code], bron=BRON) if rij.code in inwoners else None,
        )
        for rij in rows
    ]
