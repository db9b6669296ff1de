"""An invoice or credit note as UBL 2.1, in Peppol BIS 3 or NLCIUS: pure, and the same content always gives the same bytes."""

from __future__ import annotations

import base64
from decimal import Decimal

from lxml import etree

from abonnement_api.factuurstuk.rules import (
    BUITEN,
    CREDITNOTA,
    NLCIUS,
    PEPPOL,
    Btw,
    Partij,
    Splitsing,
    Stuk,
    prijs,
    splitsing,
)

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
CAC, CBC = f"{UBL}CommonAggregateComponents-2", f"{UBL}CommonBasicComponents-2"
EN = "urn:cen.eu:en16931:2017#compliant#"
PROFIELEN = {PEPPOL: f"{EN}urn:fdc:peppol.eu:2017:poacc:billing:3.0", NLCIUS: f"{EN}urn:fdc:nen.nl:nlcius:v1.0"}
PROCES = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
SEPA_OVERBOEKING, PERSOON, STUK = "58", "IE", "C62"


def ubl_van(stuk: Stuk, pdf: bytes | None) -> bytes:
    """The XML, with the PDF inside it.

    Args:
        pdf: the same document to read; None leaves it out.
    """
    krediet = stuk.soort == CREDITNOTA
    soort = "CreditNote" if krediet else "Invoice"
    wortel = etree.Element(f"{{{UBL}{soort}-2}}{soort}", nsmap={None: f"{UBL}{soort}-2", "cac": CAC, "cbc": CBC})
    _tekst(wortel, "CustomizationID", PROFIELEN[stuk.profiel])
    _tekst(wortel, "ProfileID", PROCES)
    _tekst(wortel, "ID", stuk.nummer)
    _tekst(wortel, "IssueDate", stuk.datum.isoformat())
    if not krediet:
        _tekst(wortel, "DueDate", stuk.vervaldatum.isoformat())
    _tekst(wortel, f"{soort}TypeCode", "381" if krediet else "380")
    _tekst(wortel, "Note", stuk.toelichting)
    _tekst(wortel, "DocumentCurrencyCode", "EUR")
    _tekst(wortel, "AccountingCost", stuk.kostenplaats)
    _tekst(wortel, "BuyerReference", stuk.kenmerk_afnemer)
    periode = _deel(wortel, "InvoicePeriod")
    _tekst(periode, "StartDate", f"{stuk.jaar}-01-01")
    _tekst(periode, "EndDate", f"{stuk.jaar}-12-31")
    if stuk.ordernummer:
        _tekst(_deel(wortel, "OrderReference"), "ID", stuk.ordernummer)
    if stuk.oorspronkelijk:
        verwijzing = _deel(_deel(wortel, "BillingReference"), "InvoiceDocumentReference")
        _tekst(verwijzing, "ID", stuk.oorspronkelijk[0])
        if stuk.profiel == PEPPOL:  # NLCIUS warns (BR-NL-24): the number alone identifies it
            _tekst(verwijzing, "IssueDate", stuk.oorspronkelijk[1].isoformat())
    if stuk.contract:
        _tekst(_deel(wortel, "ContractDocumentReference"), "ID", stuk.contract)
    if pdf is not None:
        _bijlage(wortel, stuk, pdf)
    verdeeld = splitsing(stuk.regels)
    buiten = any(groep.btw.categorie == BUITEN for groep in verdeeld.groepen)
    _partij(_deel(wortel, "AccountingSupplierParty"), stuk.verkoper, btw=not buiten, contact=True)
    _partij(_deel(wortel, "AccountingCustomerParty"), stuk.afnemer, btw=False, contact=False)
    if stuk.begunstigde:
        ontvanger = _deel(wortel, "PayeeParty")
        _tekst(_deel(ontvanger, "PartyName"), "Name", stuk.begunstigde[0])
        _tekst(_deel(ontvanger, "PartyLegalEntity"), "CompanyID", stuk.begunstigde[1], schemeID="0106")
    if not krediet:
        _betalen(wortel, stuk)
    _btw(wortel, verdeeld)
    _totalen(wortel, stuk, verdeeld)
    for volgnummer, (regel, netto) in enumerate(zip(stuk.regels, verdeeld.netto_cent, strict=True), start=1):
        deel = _deel(wortel, f"{soort}Line")
        _tekst(deel, "ID", str(volgnummer))
        # A price is never below zero (BR-27): then it is the quantity.
        aantal = stuk.inwoners if not regel.los else -1 if netto < 0 else 1
        eenheid = STUK if regel.los else PERSOON
        _tekst(deel, "CreditedQuantity" if krediet else "InvoicedQuantity", str(aantal), unitCode=eenheid)
        _euro(deel, "LineExtensionAmount", netto)
        _tekst(deel, "AccountingCost", stuk.taakveld)
        artikel = _deel(deel, "Item")
        _tekst(artikel, "Description", regel.omschrijving)
        _tekst(artikel, "Name", regel.naam)
        _categorie(artikel, "ClassifiedTaxCategory", regel.btw)
        _tekst(_deel(deel, "Price"), "PriceAmount", f"{prijs(netto, aantal):f}", currencyID="EUR")
    return bytes(etree.tostring(wortel, xml_declaration=True, encoding="UTF-8"))


def _bijlage(wortel: etree._Element, stuk: Stuk, pdf: bytes) -> None:
    verwijzing = _deel(wortel, "AdditionalDocumentReference")
    _tekst(verwijzing, "ID", stuk.nummer)
    _tekst(
        verwijzing,
        "DocumentDescription",
        "Deze factuur om te lezen" if not stuk.oorspronkelijk else "Deze creditnota om te lezen",
    )
    bijlage = _deel(verwijzing, "Attachment")
    _tekst(
        bijlage,
        "EmbeddedDocumentBinaryObject",
        base64.b64encode(pdf).decode(),
        mimeCode="application/pdf",
        filename=f"{stuk.nummer}.pdf",
    )


def _partij(onder: etree._Element, partij: Partij, *, btw: bool, contact: bool) -> None:
    deel = _deel(onder, "Party")
    schema, nummer = partij.identificatie
    _tekst(deel, "EndpointID", nummer, schemeID=schema)
    _tekst(_deel(deel, "PartyName"), "Name", partij.naam)
    adres = _deel(deel, "PostalAddress")
    _tekst(adres, "StreetName", partij.straat)
    _tekst(adres, "CityName", partij.plaats)
    _tekst(adres, "PostalZone", partij.postcode)
    _tekst(_deel(adres, "Country"), "IdentificationCode", "NL")
    if btw and partij.btw_id:
        belasting = _deel(deel, "PartyTaxScheme")
        _tekst(belasting, "CompanyID", partij.btw_id)
        _tekst(_deel(belasting, "TaxScheme"), "ID", "VAT")
    wet = _deel(deel, "PartyLegalEntity")
    _tekst(wet, "RegistrationName", partij.naam)
    _tekst(wet, "CompanyID", nummer, schemeID=schema)
    if contact and partij.email:
        wie = _deel(deel, "Contact")
        _tekst(wie, "Name", "Debiteurenadministratie")
        _tekst(wie, "ElectronicMail", partij.email)


def _betalen(wortel: etree._Element, stuk: Stuk) -> None:
    middel = _deel(wortel, "PaymentMeans")
    _tekst(middel, "PaymentMeansCode", SEPA_OVERBOEKING)
    _tekst(middel, "PaymentID", stuk.betalingskenmerk)
    _tekst(_deel(middel, "PayeeFinancialAccount"), "ID", stuk.iban)
    termijn = f"Betalen uiterlijk op {stuk.vervaldatum:%d-%m-%Y}, met betalingskenmerk {stuk.betalingskenmerk}."
    _tekst(_deel(wortel, "PaymentTerms"), "Note", termijn)


def _btw(wortel: etree._Element, verdeeld: Splitsing) -> None:
    totaal = _deel(wortel, "TaxTotal")
    _euro(totaal, "TaxAmount", sum(groep.btw_cent for groep in verdeeld.groepen))
    for groep in verdeeld.groepen:
        deel = _deel(totaal, "TaxSubtotal")
        _euro(deel, "TaxableAmount", groep.grondslag_cent)
        _euro(deel, "TaxAmount", groep.btw_cent)
        _categorie(deel, "TaxCategory", groep.btw, reden=True)


def _totalen(wortel: etree._Element, stuk: Stuk, verdeeld: Splitsing) -> None:
    netto, btw = sum(verdeeld.netto_cent), sum(groep.btw_cent for groep in verdeeld.groepen)
    deel = _deel(wortel, "LegalMonetaryTotal")
    _euro(deel, "LineExtensionAmount", netto)
    _euro(deel, "TaxExclusiveAmount", netto)
    _euro(deel, "TaxInclusiveAmount", netto + btw)
    if verdeeld.afronding_cent:
        _euro(deel, "PayableRoundingAmount", verdeeld.afronding_cent)
    _euro(deel, "PayableAmount", stuk.bedrag_cent)


def _categorie(onder: etree._Element, naam: str, btw: Btw, *, reden: bool = False) -> None:
    deel = _deel(onder, naam)
    _tekst(deel, "ID", btw.categorie)
    if btw.categorie != BUITEN:
        _tekst(deel, "Percent", f"{btw.percentage.normalize():f}")
    if reden:
        _tekst(deel, "TaxExemptionReason", btw.tekst)
    _tekst(_deel(deel, "TaxScheme"), "ID", "VAT")


def _deel(onder: etree._Element, naam: str) -> etree._Element:
    return etree.SubElement(onder, f"{{{CAC}}}{naam}")


def _tekst(onder: etree._Element, naam: str, tekst: str | None, **kenmerken: str) -> None:
    """Add a basic element; without text none, since no element may be empty (PEPPOL-EN16931-R008)."""
    if tekst:
        etree.SubElement(onder, f"{{{CBC}}}{naam}", kenmerken).text = tekst


def _euro(onder: etree._Element, naam: str, cent: int) -> None:
    _tekst(onder, naam, f"{Decimal(cent) / 100:.2f}", currencyID="EUR")
