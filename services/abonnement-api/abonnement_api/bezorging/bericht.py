"""What a document says of itself, read from the bytes that were kept, and the forms in which it goes out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from gemeengoed_kit.money import euros_to_cents, format_euros
from lxml import etree

from abonnement_api.eml import Bijlage, eml
from abonnement_api.factuurstuk.beeld import dag
from abonnement_api.factuurstuk.ubl import CAC, CBC

SBDH = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
DEELNEMERS, DOCUMENTEN, PROCESSEN = "iso6523-actorid-upis", "busdox-docid-qns", "cenbii-procid-ubl"
VERSIE, LAND = "2.1", "NL"
_NS = {"cac": CAC, "cbc": CBC}


@dataclass(frozen=True)
class Kern:
    """The parts of a document that its delivery needs. `zender` and `ontvanger` are (scheme, number)."""

    nummer: str
    soort: str
    naamruimte: str
    profiel: str
    proces: str
    datum: date
    vervaldatum: date | None
    zender: tuple[str, str]
    ontvanger: tuple[str, str]
    verkoper: str
    afnemer: str
    te_betalen_cent: int
    kenmerk: str | None
    iban: str | None
    bij_factuur: str | None

    @property
    def documenttype(self) -> str:
        return f"{self.naamruimte}::{self.soort}##{self.profiel}::{VERSIE}"

    @property
    def krediet(self) -> bool:
        return self.soort == "CreditNote"


def kern_van(ubl: bytes) -> Kern:
    """Read a document of our own."""
    wortel = etree.fromstring(ubl, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    naam = etree.QName(wortel)

    def tekst(pad: str) -> str | None:
        return wortel.findtext(pad, None, _NS)

    def partij(wie: str) -> tuple[str, str]:
        (adres,) = wortel.iterfind(f"cac:Accounting{wie}Party/cac:Party/cbc:EndpointID", _NS)
        return adres.attrib["schemeID"], adres.text or ""

    verval = tekst("cbc:DueDate")
    return Kern(
        nummer=tekst("cbc:ID") or "",
        soort=naam.localname,
        naamruimte=naam.namespace or "",
        profiel=tekst("cbc:CustomizationID") or "",
        proces=tekst("cbc:ProfileID") or "",
        datum=date.fromisoformat(tekst("cbc:IssueDate") or ""),
        vervaldatum=date.fromisoformat(verval) if verval else None,
        zender=partij("Supplier"),
        ontvanger=partij("Customer"),
        verkoper=tekst("cac:AccountingSupplierParty/cac:Party/cac:PartyName/cbc:Name") or "",
        afnemer=tekst("cac:AccountingCustomerParty/cac:Party/cac:PartyName/cbc:Name") or "",
        te_betalen_cent=euros_to_cents(Decimal(tekst("cac:LegalMonetaryTotal/cbc:PayableAmount") or "0")),
        kenmerk=tekst("cac:PaymentMeans/cbc:PaymentID"),
        iban=tekst("cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID"),
        bij_factuur=tekst("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"),
    )


def envelop_van(ubl: bytes, bericht: uuid.UUID, op: datetime) -> bytes:
    """The document in a Business Message Envelope of Peppol (SBDH): its exact bytes, without the XML declaration, after a header.

    Source: Peppol Business Message Envelope 2.0; C1 is the seller.
    """
    kern = kern_van(ubl)
    kop = etree.Element(f"{{{SBDH}}}StandardBusinessDocumentHeader", nsmap={None: SBDH})

    def deel(onder: etree._Element, naam: str, tekst: str | None = None, **kenmerken: str) -> etree._Element:
        nieuw = etree.SubElement(onder, f"{{{SBDH}}}{naam}", kenmerken)
        nieuw.text = tekst
        return nieuw

    deel(kop, "HeaderVersion", "1.0")
    for naam, (schema, nummer) in (("Sender", kern.zender), ("Receiver", kern.ontvanger)):
        deel(deel(kop, naam), "Identifier", f"{schema}:{nummer}", Authority=DEELNEMERS)
    wat = deel(kop, "DocumentIdentification")
    for naam, waarde in (
        ("Standard", kern.naamruimte),
        ("TypeVersion", VERSIE),
        ("InstanceIdentifier", str(bericht)),
        ("Type", kern.soort),
        ("CreationDateAndTime", op.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")),
    ):
        deel(wat, naam, waarde)
    bereik = deel(kop, "BusinessScope")
    soort: str
    scope_schema: str | None
    for soort, waarde, scope_schema in (
        ("DOCUMENTID", kern.documenttype, DOCUMENTEN),
        ("PROCESSID", kern.proces, PROCESSEN),
        ("COUNTRY_C1", LAND, None),
    ):
        scope = deel(bereik, "Scope")
        deel(scope, "Type", soort)
        deel(scope, "InstanceIdentifier", waarde)
        if scope_schema:
            deel(scope, "Identifier", scope_schema)
    _, _, inhoud = ubl.partition(b"?>")
    begin = f'<?xml version="1.0" encoding="UTF-8"?>\n<StandardBusinessDocument xmlns="{SBDH}">'.encode()
    return begin + etree.tostring(kop) + inhoud.strip() + b"</StandardBusinessDocument>"


def email_van(ubl: bytes, pdf: bytes, bericht: uuid.UUID, op: datetime, van: tuple[str, str], aan: str) -> bytes:
    """The document as a mail with its UBL and PDF.

    Args:
        van: (name, address) of who mails.
        aan: address of the gemeente.
    """
    kern = kern_van(ubl)
    return eml(
        van=van,
        aan=(kern.afnemer, aan),
        onderwerp=f"{'Creditnota' if kern.krediet else 'Factuur'} {kern.nummer} van {kern.verkoper}",
        tekst=brief_bij(kern, van),
        op=op,
        id=bericht,
        bijlagen=[
            Bijlage(f"{kern.nummer}.pdf", "application/pdf", pdf),
            Bijlage(f"{kern.nummer}.xml", "application/xml", ubl),
        ],
    )


def brief_bij(kern: Kern, van: tuple[str, str]) -> str:
    """The text of the mail."""
    bedrag = format_euros(kern.te_betalen_cent)
    if kern.krediet:
        wat = f"Hierbij ontvangt u creditnota {kern.nummer} van {dag(kern.datum)} bij factuur {kern.bij_factuur}."
        wat += f"\n\nGecrediteerd: {bedrag}"
    else:
        wat = f"Hierbij ontvangt u factuur {kern.nummer} van {dag(kern.datum)} van {kern.verkoper}.\n\nBedrag: {bedrag}"
        if kern.vervaldatum:
            wat += f"\nBetalen voor of op: {dag(kern.vervaldatum)}"
        wat += f"\nRekening: {kern.iban}\nBetalingskenmerk: {kern.kenmerk}"
    stuk = "creditnota" if kern.krediet else "factuur"
    return (
        f"Aan {kern.afnemer},\n\n{wat}\n\n"
        f"In de bijlagen vindt u de {stuk} om te lezen (PDF) en de e-{stuk} voor uw administratie (UBL).\n\n"
        f"Vragen? Beantwoord dan dit bericht.\n\nMet vriendelijke groet,\n{van[0]}\n"
    )
