"""A check of a document of our own before it is kept: reads the XML back and recalculates it.

The official rules (Schematron) are no part of this service; the tests run them. These are the rules that data could break.
"""

from __future__ import annotations

from decimal import Decimal

from lxml import etree
from stdnum import iban

from abonnement_api.factuur.rules import is_betalingskenmerk
from abonnement_api.factuurstuk.ubl import CAC, CBC

NS = {"cac": CAC, "cbc": CBC}


def fouten_in(ubl: bytes, te_betalen_cent: int) -> list[str]:
    """What is wrong with a document, in Dutch; empty when nothing is.

    Args:
        te_betalen_cent: the amount of the invoice as it is kept.
    """
    wortel = etree.fromstring(ubl, etree.XMLParser(resolve_entities=False, no_network=True))
    fouten = []

    def som(pad: str) -> Decimal:
        return sum((Decimal(deel.text) for deel in wortel.iterfind(pad, NS)), Decimal(0))

    regels = som("cac:InvoiceLine/cbc:LineExtensionAmount") + som("cac:CreditNoteLine/cbc:LineExtensionAmount")
    totaal = "cac:LegalMonetaryTotal/cbc:"
    if regels != som(f"{totaal}LineExtensionAmount"):
        fouten.append("de regels tellen niet op (BR-CO-10)")
    if som("cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount") != som(f"{totaal}TaxExclusiveAmount"):
        fouten.append("de grondslagen van de btw tellen niet op (BR-CO-13)")
    if som("cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount") != som("cac:TaxTotal/cbc:TaxAmount"):
        fouten.append("de btw telt niet op (BR-CO-14)")
    if som(f"{totaal}TaxInclusiveAmount") + som(f"{totaal}PayableRoundingAmount") != som(f"{totaal}PayableAmount"):
        fouten.append("het totaal telt niet op (BR-CO-16)")
    if som(f"{totaal}PayableAmount") * 100 != te_betalen_cent:
        fouten.append("het totaal is niet het bedrag van de factuur")
    rekening, kenmerk = (
        wortel.findtext(".//cac:PayeeFinancialAccount/cbc:ID", None, NS),
        wortel.findtext(".//cbc:PaymentID", None, NS),
    )
    if rekening is not None and not iban.is_valid(rekening, check_country=False):
        fouten.append("de rekening is geen IBAN")
    if kenmerk is not None and not is_betalingskenmerk(kenmerk):
        fouten.append("het betalingskenmerk heeft een verkeerd controlecijfer")
    if any(not (deel.text or "").strip() and not len(deel) for deel in wortel.iter()):
        fouten.append("een element is leeg (PEPPOL-EN16931-R008)")
    return fouten
