"""Use cases of the journal. They only read."""

from __future__ import annotations

from datetime import date
from typing import IO

from gemeengoed_kit import VERSION, xaf
from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.files import scratch

from abonnement_api.aanbieder.service import list_diensten
from abonnement_api.auditfile import repository, rules
from abonnement_api.boekingsopdracht.rules import BANK, DEBITEUREN, NOG_TE_KOPPELEN
from abonnement_api.verkoper import service as verkoper
from abonnement_api.verkoper.rules import BUREAU

NAAM = "Administratiebureau"


def get_auditfile(work: Work, jaar: int) -> IO[bytes]:
    """The XML Auditfile Financieel 4.0 of a year, as a file on disk. It is of one snapshot of the database, and memory stays
    the same for any number of lines."""
    vanaf, tot = date(jaar, 1, 1), date(jaar + 1, 1, 1)
    bureau = verkoper.gegevens_op(work, {BUREAU}, date(jaar, 12, 31)).get(BUREAU)
    kop = xaf.Head(
        bureau.naam if bureau else NAAM,
        jaar,
        (bureau.btw_id if bureau else None) or xaf.UNKNOWN,
        today(work.clock),
        ("Gemeengoed abonnement-api", VERSION),
    )
    bekend = _namen(work)
    rekeningen = [
        xaf.Account(nummer, rules.rekeningnaam(nummer, bekend), True)
        for nummer in sorted({*bekend, *repository.rekeningen(work.session, tot)})
    ]
    stukken = xaf.auditfile(
        kop,
        rekeningen,
        repository.standen(work.session, vanaf),
        repository.omvang(work.session, vanaf, tot),
        rules.dagboeken(repository.regels(work.session, vanaf, tot), BANK, DEBITEUREN),
        repository.debiteuren(work.session, vanaf, tot),
    )
    with scratch() as bestand:
        for stuk in stukken:
            bestand.write(stuk.encode())
    return bestand


def openstaand(work: Work, op: date) -> list[tuple[str, str, date, int, int]]:
    """(gemeentecode, gemeentenaam, vervaldatum, number of invoices, open cents) at the end of a day; below zero what was paid
    too much, in rows of its own."""
    return repository.openstaand(work.session, op)


def _namen(work: Work) -> dict[str, str]:
    """Account to its name: all are of the balance sheet, since the bureau only passes money on."""
    namen = {BANK: "Bank", DEBITEUREN: "Debiteuren", NOG_TE_KOPPELEN: "Ontvangen, nog te koppelen"}
    for dienst in list_diensten(work):
        namen[dienst.rekening_gefactureerd] = f"Gefactureerd voor {dienst.naam}"
        namen[dienst.rekening_af_te_dragen] = f"Af te dragen voor {dienst.naam}"
    return namen
