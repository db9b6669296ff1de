"""Use cases of saldi; they only read."""

from __future__ import annotations

from datetime import date

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.sight import Sight

from fonds_api.fonds import service as fonds
from fonds_api.saldo import repository
from fonds_api.saldo.schemas import Rekening, RekeningenFilter, Saldibalans


def list_rekeningen(work: Work, zicht: Sight, wens: RekeningenFilter) -> tuple[int, list[Rekening], dict[str, date]]:
    """(total number, accounts of this page, the day) of the fondsen that the caller may see; amounts in cents."""
    datum = wens.datum or today(work.clock)
    count, rows = repository.list_rekeningen(work.session, zicht, wens, datum)
    return count, Rekening.from_rows(rows), {"datum": datum}


def get_saldibalans(work: Work, zicht: Sight, code: str, datum: date | None) -> Saldibalans:
    """All accounts of a fonds at the end of a day; the default is today. Amounts in cents.

    Raises:
        FondsNietGevonden: the fonds does not exist, or this caller may not see it.
    """
    fonds.get_fonds(work, zicht, code)
    datum = datum or today(work.clock)
    rekeningen = Rekening.from_rows(repository.van_fonds(work.session, code, datum))
    return Saldibalans.make(
        fonds=code,
        datum=datum,
        rekeningen=rekeningen,
        saldo_totaal_cent=sum(r.saldo_cent for r in rekeningen),
        aantal_boekingen=repository.aantal_boekingen(work.session, code, datum),
    )


def vouwen(work: Work) -> bool:
    """Fold the oldest entries of each fonds into the sums, a batch per fonds.

    Returns:
        whether there may be more of them.
    """
    if not repository.mag_vouwen(work.session):
        return False
    nog_meer = False
    for fonds_ in repository.fondsen_met_losse(work.session):
        boekingen = repository.oudste_losse(work.session, fonds_)
        repository.vouw(work.session, boekingen)
        nog_meer |= len(boekingen) == repository.BATCH
    return nog_meer
