"""Use cases of saldi; they only read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.sight import Sight

from fonds_api.fonds import service as fonds
from fonds_api.rekening import service as rekening
from fonds_api.rekening.rules import Plek, Som, opgeteld
from fonds_api.saldo import repository, rules
from fonds_api.saldo.errors import GeenDagen
from fonds_api.saldo.schemas import Afschriftregel, AfschriftVraag, Rekening, RekeningenFilter, Saldibalans


def list_rekeningen(work: Work, zicht: Sight, wens: RekeningenFilter) -> tuple[int, list[Rekening], dict[str, date]]:
    """(total number, accounts of this page, the day) of the fondsen that the caller may see; amounts in cents."""
    datum = wens.datum or today(work.clock)
    count, rows = repository.list_rekeningen(work.session, zicht, wens, datum)
    verzameld = {rij.fonds for rij in rows if not rij.boekbaar}
    alle = repository.van_fondsen(work.session, verzameld, datum)
    return count, _weergaven(rows, alle), {"datum": datum}


def get_saldibalans(work: Work, zicht: Sight, code: str, datum: date | None) -> Saldibalans:
    """All accounts of a fonds at the end of a day; the default is today. Amounts in cents.

    Raises:
        FondsNietGevonden: the fonds does not exist, or this caller may not see it.
    """
    fonds.get_fonds(work, zicht, code)
    datum = datum or today(work.clock)
    rijen = repository.van_fondsen(work.session, [code], datum)
    rekeningen = _weergaven(rijen, rijen)
    return Saldibalans.make(
        fonds=code,
        datum=datum,
        rekeningen=rekeningen,
        saldo_totaal_cent=sum(rekening.saldo_cent for rekening in rekeningen if not rekening.verzamelrekening),
        aantal_boekingen=repository.aantal_boekingen(work.session, code, datum),
    )


def get_afschrift(
    work: Work, zicht: Sight, code: str, nummer: str, vraag: AfschriftVraag
) -> tuple[int, list[Afschriftregel], dict[str, Any]]:
    """(number of lines, those of this page, what else is on the statement) of an account; amounts in cents.

    Any page costs the same, however many lines the account has.

    Raises:
        RekeningNietGevonden: there is no such account, or this caller may not see its fonds.
        GeenDagen: `tot` is not after `vanaf`.
    """
    naam = rekening.get_naam(work, zicht, code, nummer)
    vanaf, tot = rules.dagen(vraag.vanaf, vraag.tot, today(work.clock))
    if tot <= vanaf:
        raise GeenDagen(f"{tot} ligt niet na {vanaf}.", invalid_params=[InvalidParam("tot", "volgorde", "ligt na vanaf")])
    eerste, laatste = repository.stand(work.session, code, nummer, vanaf, tot)
    na = int(eerste.regels) + (vraag.page - 1) * vraag.page_size
    rijen = repository.afschriftregels(work.session, code, nummer, na, min(na + vraag.page_size, int(laatste.regels)))
    regels = Afschriftregel.from_rows(rijen, lambda rij: {"bron": {"bron": rij.bron, "pad": rij.pad}})
    hoofd = {
        "fonds": code,
        "rekening": nummer,
        "naam": naam,
        "vanaf": vanaf,
        "tot": tot,
        "beginsaldo_cent": int(eerste.saldo_cent),
        "eindsaldo_cent": int(laatste.saldo_cent),
    }
    return int(laatste.regels - eerste.regels), regels, hoofd


def _weergaven(rijen: Sequence[Values], alle: Sequence[Values]) -> list[Rekening]:
    """Accounts with what is booked on them, and on roll-up accounts with what is booked on all under them.

    Args:
        alle: all accounts of the fondsen of which there are roll-up accounts among `rijen`.
    """
    per: dict[str, list[Values]] = defaultdict(list)
    for rij in alle:
        per[rij.fonds].append(rij)
    sommen = {
        (fonds, nummer): som
        for fonds, eigen in per.items()
        for nummer, som in opgeteld(
            {rij.nummer: Plek(rij.boven, not rij.boekbaar) for rij in eigen},
            [(rij.nummer, Som(rij.debet_cent, rij.credit_cent)) for rij in eigen],
        ).items()
    }

    def erbij(rij: Values) -> dict[str, Any]:
        som = Som(rij.debet_cent, rij.credit_cent) if rij.boekbaar else sommen[rij.fonds, rij.nummer]
        return {
            "verzamelrekening": not rij.boekbaar,
            "debet_cent": som.debet_cent,
            "credit_cent": som.credit_cent,
            "saldo_cent": som.debet_cent - som.credit_cent,
        }

    return Rekening.from_rows(rijen, erbij)
