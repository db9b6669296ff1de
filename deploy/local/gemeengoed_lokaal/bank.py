"""The bank of the demo: it makes the statement that a bank would send, from the invoices (camt.053.001.08).

Most gemeenten pay in full, with the betalingskenmerk in the structured reference or in the text. A few pay a part, one pays too
much, and one transfer comes from a party that names no invoice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lxml import etree
from stdnum import iban as iban_regels

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
BIC = "TESTNL2A"
TE_VEEL_CENT = 12_500
ONBEKENDE_BETALER_CENT = 4_321_00
BEGINSALDO_CENT = 1_000_00
DEEL = {5: 50, 100: 25, 250: 80}
"""Percentage that is paid, by position of the invoice."""
TE_VEEL_BETAALD = 42
"""Position of the invoice for which too much is paid."""


def test_iban(rekening: int) -> str:
    """A valid IBAN of a bank that does not exist (bank code TEST)."""
    kaal = f"TEST{rekening:010d}"
    return f"NL{iban_regels.calc_check_digits('NL00' + kaal)}{kaal}"


EIGEN_IBAN = test_iban(1)


@dataclass(frozen=True)
class Bijschrijving:
    """One transfer to the account."""

    bedrag_cent: int
    naam: str
    iban: str
    kenmerk: str | None
    tekst: str | None


def bijschrijvingen(facturen: Sequence[dict[str, Any]]) -> list[Bijschrijving]:
    """What the gemeenten transfer for these invoices, in order of invoice number."""
    gemaakt = []
    for plaats, factuur in enumerate(facturen):
        bedrag = factuur["bedragCent"] * DEEL.get(plaats, 100) // 100
        if plaats == TE_VEEL_BETAALD:
            bedrag += TE_VEEL_CENT
        kenmerk: str | None = factuur["betalingskenmerk"]
        tekst: str | None = None
        if plaats % 10 == 3:
            kenmerk, tekst = None, f"Betaling kenmerk {_in_vieren(factuur['betalingskenmerk'])}"
        elif plaats % 10 == 7:
            kenmerk, tekst = None, f"Factuur {factuur['nummer']} crediteuren"
        iban = test_iban(int(factuur["gemeentecode"][2:]) + 1000)
        gemaakt.append(Bijschrijving(bedrag, f"Gemeente {factuur['gemeentenaam']}", iban, kenmerk, tekst))
    gemaakt.append(Bijschrijving(ONBEKENDE_BETALER_CENT, "Onbekende betaler (test)", test_iban(999_999), None, "bijdrage"))
    return gemaakt


def _in_vieren(kenmerk: str) -> str:
    """In groups of four, as people type it: 1234 5678 9012 3456."""
    return " ".join(kenmerk[i : i + 4] for i in range(0, 16, 4))


def afschrift(posten: Sequence[Bijschrijving], *, nummer: str, dag: date, eigen_iban: str = EIGEN_IBAN) -> bytes:
    """The statement of one day in a bank's format: balances, an entry per transfer, references and parties."""
    document = etree.Element("Document", nsmap={None: NAMESPACE})
    root = _pad(document, "BkToCstmrStmt")
    kop = _pad(root, "GrpHdr")
    _tekst(kop, "MsgId", f"TEST-{nummer}")
    _tekst(kop, "CreDtTm", f"{dag + timedelta(days=1)}T04:00:00Z")
    stmt = _pad(root, "Stmt")
    _tekst(stmt, "Id", nummer)
    _tekst(stmt, "ElctrncSeqNb", "1")
    _tekst(stmt, "CreDtTm", f"{dag + timedelta(days=1)}T04:00:00Z")
    rekening = _pad(stmt, "Acct")
    _tekst(_pad(rekening, "Id"), "IBAN", eigen_iban)
    _tekst(rekening, "Ccy", "EUR")
    _tekst(_pad(_pad(rekening, "Svcr"), "FinInstnId"), "BICFI", BIC)
    totaal = sum(post.bedrag_cent for post in posten)
    _saldo(stmt, "OPBD", BEGINSALDO_CENT, dag)
    _saldo(stmt, "CLBD", BEGINSALDO_CENT + totaal, dag)
    for volgnummer, post in enumerate(posten, start=1):
        _post(stmt, post, f"{nummer}-{volgnummer:05d}", dag)
    return etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _post(stmt: etree._Element, post: Bijschrijving, referentie: str, dag: date) -> None:
    ntry = _pad(stmt, "Ntry")
    _tekst(ntry, "NtryRef", referentie)
    _bedrag(ntry, post.bedrag_cent)
    _tekst(ntry, "CdtDbtInd", "CRDT")
    _tekst(_pad(ntry, "Sts"), "Cd", "BOOK")
    _tekst(_pad(ntry, "BookgDt"), "Dt", dag.isoformat())
    _tekst(_pad(ntry, "ValDt"), "Dt", dag.isoformat())
    _tekst(ntry, "AcctSvcrRef", referentie)
    domein = _pad(_pad(ntry, "BkTxCd"), "Domn")
    _tekst(domein, "Cd", "PMNT")
    familie = _pad(domein, "Fmly")
    _tekst(familie, "Cd", "RCDT")
    _tekst(familie, "SubFmlyCd", "ESCT")
    details = _pad(_pad(ntry, "NtryDtls"), "TxDtls")
    _tekst(_pad(details, "Refs"), "EndToEndId", "NOTPROVIDED")
    _bedrag(details, post.bedrag_cent)
    _tekst(details, "CdtDbtInd", "CRDT")
    partijen = _pad(details, "RltdPties")
    _tekst(_pad(_pad(partijen, "Dbtr"), "Pty"), "Nm", post.naam[:70])
    _tekst(_pad(_pad(partijen, "DbtrAcct"), "Id"), "IBAN", post.iban)
    informatie = _pad(details, "RmtInf")
    if post.kenmerk:
        referentie_ = _pad(_pad(informatie, "Strd"), "CdtrRefInf")
        soort = _pad(referentie_, "Tp")
        _tekst(_pad(soort, "CdOrPrtry"), "Cd", "SCOR")
        _tekst(soort, "Issr", "CUR")
        _tekst(referentie_, "Ref", post.kenmerk)
    else:
        _tekst(informatie, "Ustrd", post.tekst or "")


def _saldo(stmt: etree._Element, soort: str, cent: int, dag: date) -> None:
    saldo = _pad(stmt, "Bal")
    _tekst(_pad(_pad(saldo, "Tp"), "CdOrPrtry"), "Cd", soort)
    _bedrag(saldo, cent)
    _tekst(saldo, "CdtDbtInd", "CRDT")
    _tekst(_pad(saldo, "Dt"), "Dt", dag.isoformat())


def _bedrag(ouder: etree._Element, cent: int) -> None:
    _tekst(ouder, "Amt", f"{cent // 100}.{cent % 100:02d}").set("Ccy", "EUR")


def _pad(ouder: etree._Element, naam: str) -> etree._Element:
    return etree.SubElement(ouder, f"{{{NAMESPACE}}}{naam}")


def _tekst(ouder: etree._Element, naam: str, inhoud: str) -> etree._Element:
    element = _pad(ouder, naam)
    element.text = inhoud
    return element
