"""Use cases of saldi; all of them read."""

from __future__ import annotations

from datetime import date

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work

from fonds_api.fonds import service as fonds
from fonds_api.saldo import repository
from fonds_api.saldo.schemas import Rekening, RekeningenFilter, Saldibalans


def list_rekeningen(work: Work, rol: str | None, wens: RekeningenFilter) -> tuple[int, list[Rekening], dict[str, date]]:
    """(number in all, accounts of this page, their day) of the fondsen that the role may see; amounts in cents."""
    codes = [code for code in fonds.zichtbare_codes(work, rol) if wens.fonds in (None, code)]
    datum = wens.datum or today(work.clock)
    rijen = repository.standen(work.session, codes, datum, limit=wens.page_size, offset=(wens.page - 1) * wens.page_size)
    return repository.aantal_rekeningen(work.session, codes), [_weergave(rij) for rij in rijen], {"datum": datum}


def get_saldibalans(work: Work, rol: str | None, code: str, datum: date | None) -> Saldibalans:
    """All accounts of a fonds at the end of a day, today when none is given; amounts in cents.

    Raises:
        FondsNietGevonden: there is no such fonds, or not for this role.
    """
    fonds.get_fonds(work, rol, code)
    datum = datum or today(work.clock)
    rekeningen = [_weergave(rij) for rij in repository.standen(work.session, [code], datum)]
    return Saldibalans.make(
        fonds=code,
        datum=datum,
        rekeningen=rekeningen,
        saldo_totaal_cent=sum(r.saldo_cent for r in rekeningen),
        aantal_boekingen=repository.aantal_boekingen(work.session, code, datum),
    )


def _weergave(rij: repository.Stand) -> Rekening:
    rekening, debet, credit = rij
    return Rekening.make(
        fonds=rekening.fonds,
        nummer=rekening.nummer,
        naam=rekening.naam,
        soort=rekening.soort,
        debet_cent=int(debet),
        credit_cent=int(credit),
        saldo_cent=int(debet - credit),
    )
