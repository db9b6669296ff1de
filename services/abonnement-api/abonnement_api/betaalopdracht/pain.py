"""A payment order as pain.001.001.09 (ISO 20022; SEPA credit transfer, EPC132-08): pure, the same order gives the same bytes.

There are no addresses: unstructured ones are not accepted any more, and for SEPA none is needed (einvoicing.md, section 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_NAAM, _TEKST = 70, 140


@dataclass(frozen=True)
class Overboeking:
    """One payment; texts are in SEPA letters already."""

    eindnaareind: str
    naam: str
    iban: str
    bedrag_cent: int
    omschrijving: str


def bericht_van(
    *,
    kenmerk: str,
    gemaakt_op: datetime,
    datum: date,
    naam: str,
    iban: str,
    verzamelboeking: bool,
    overboekingen: Sequence[Overboeking],
) -> bytes:
    """The message, for the bank.

    Args:
        kenmerk: MsgId and PmtInfId: always the same for this order, so that a bank that gets it twice carries it out once.
        gemaakt_op: when it was approved; in its own zone, of which the bank gets the local time.
        datum: ReqdExctnDt.
        naam, iban: of who pays.
        verzamelboeking: whether the bank may debit all of it at once.
    """
    document = etree.Element(f"{{{NAMESPACE}}}Document", nsmap={None: NAMESPACE})
    wortel = _deel(document, "CstmrCdtTrfInitn")
    aantal, som = str(len(overboekingen)), _euro(sum(o.bedrag_cent for o in overboekingen))
    kop = _deel(wortel, "GrpHdr")
    _tekst(kop, "MsgId", kenmerk)
    _tekst(kop, "CreDtTm", gemaakt_op.strftime("%Y-%m-%dT%H:%M:%S"))
    _tekst(kop, "NbOfTxs", aantal)
    _tekst(kop, "CtrlSum", som)
    _tekst(_deel(kop, "InitgPty"), "Nm", naam[:_NAAM])
    blok = _deel(wortel, "PmtInf")
    _tekst(blok, "PmtInfId", kenmerk)
    _tekst(blok, "PmtMtd", "TRF")
    _tekst(blok, "BtchBookg", "true" if verzamelboeking else "false")
    _tekst(blok, "NbOfTxs", aantal)
    _tekst(blok, "CtrlSum", som)
    _tekst(_deel(_deel(blok, "PmtTpInf"), "SvcLvl"), "Cd", "SEPA")
    _tekst(_deel(blok, "ReqdExctnDt"), "Dt", datum.isoformat())
    _tekst(_deel(blok, "Dbtr"), "Nm", naam[:_NAAM])
    _rekening(blok, "DbtrAcct", iban)
    _tekst(_deel(_deel(_deel(blok, "DbtrAgt"), "FinInstnId"), "Othr"), "Id", "NOTPROVIDED")
    _tekst(blok, "ChrgBr", "SLEV")
    for overboeking in overboekingen:
        deel = _deel(blok, "CdtTrfTxInf")
        _tekst(_deel(deel, "PmtId"), "EndToEndId", overboeking.eindnaareind)
        _tekst(_deel(deel, "Amt"), "InstdAmt", _euro(overboeking.bedrag_cent)).set("Ccy", "EUR")
        _tekst(_deel(deel, "Cdtr"), "Nm", overboeking.naam[:_NAAM])
        _rekening(deel, "CdtrAcct", overboeking.iban)
        _tekst(_deel(deel, "RmtInf"), "Ustrd", overboeking.omschrijving[:_TEKST])
    return bytes(etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _rekening(onder: etree._Element, naam: str, iban: str) -> None:
    _tekst(_deel(_deel(onder, naam), "Id"), "IBAN", iban)


def _euro(cent: int) -> str:
    return f"{cent // 100}.{cent % 100:02d}"


def _deel(onder: etree._Element, naam: str) -> etree._Element:
    return etree.SubElement(onder, f"{{{NAMESPACE}}}{naam}")


def _tekst(onder: etree._Element, naam: str, tekst: str) -> etree._Element:
    element = _deel(onder, naam)
    element.text = tekst
    return element
