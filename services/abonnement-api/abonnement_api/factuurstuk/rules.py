"""The content of an invoice or credit note as a document, its division into net and BTW, and what keeps it from being sent.

Source: EN 16931; Peppol BIS Billing 3.0.21; NLCIUS (SI-UBL 2.0.3.13). Amounts are cents; prices are Decimal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from gemeengoed_kit.money import round_half_up

from abonnement_api.factuur.rules import CREDITREEKS

PEPPOL, NLCIUS = "peppol", "nlcius"
FACTUUR, CREDITNOTA = "factuur", "creditnota"
STANDAARD, VRIJGESTELD, BUITEN, ONBEKEND = "S", "E", "O", "niet-vastgesteld"
REGELVERSIE = "eigen-1 (EN 16931 1.3.16, Peppol BIS 3.0.21, NLCIUS 2.0.3.13)"
BEWAREN_JAREN = 7
_GEEN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Btw:
    """How BTW is treated: category S, E, O or niet-vastgesteld, percentage, and the text of the exemption."""

    categorie: str
    percentage: Decimal = Decimal(0)
    tekst: str | None = None


@dataclass(frozen=True)
class Partij:
    """A party with its address. `oin` and `kvk` identify it; one of the two is there."""

    naam: str
    straat: str
    postcode: str
    plaats: str
    kvk: str | None = None
    oin: str | None = None
    btw_id: str | None = None
    email: str | None = None

    @property
    def identificatie(self) -> tuple[str, str]:
        """(scheme, number) of the legal identifier and the electronic address: OIN (0190) first, else KvK (0106)."""
        return ("0190", self.oin) if self.oin else ("0106", self.kvk or "")


@dataclass(frozen=True)
class Stukregel:
    """A line: what the gemeente pays for a dienst, in cents including BTW.

    Attributes:
        los: it is no price per inhabitant, but an amount, which may be below zero.
    """

    naam: str
    omschrijving: str
    bedrag_cent: int
    btw: Btw
    los: bool = False


@dataclass(frozen=True)
class Stuk:
    """All that the document says. `bedrag_cent` is what is to be paid (or is credited), including BTW.

    Attributes:
        begunstigde: (name, KvK) of who receives the money when that is not the seller.
        kenmerk_afnemer: buyer reference (BT-10); `kostenplaats` is BT-19 and `taakveld` BT-133.
        oorspronkelijk: of a credit note the (number, date) of the invoice.
    """

    nummer: str
    soort: str
    profiel: str
    datum: date
    vervaldatum: date
    jaar: int
    verkoper: Partij
    afnemer: Partij
    begunstigde: tuple[str, str] | None
    iban: str
    betalingskenmerk: str
    kenmerk_afnemer: str | None
    ordernummer: str | None
    contract: str | None
    kostenplaats: str | None
    taakveld: str | None
    regels: Sequence[Stukregel]
    toelichting: str
    inwoners: int
    peildatum: date
    tarief: Decimal
    besluit: str
    oorspronkelijk: tuple[str, date] | None = None

    @property
    def bedrag_cent(self) -> int:
        return sum(regel.bedrag_cent for regel in self.regels)


@dataclass(frozen=True)
class Btwgroep:
    """The lines of one treatment together (BG-23), in cents."""

    btw: Btw
    grondslag_cent: int
    btw_cent: int


@dataclass(frozen=True)
class Splitsing:
    """Net amounts of the lines in their order, the groups, and the rounding (BT-114), which is a cent or so, or zero."""

    netto_cent: Sequence[int]
    groepen: Sequence[Btwgroep]
    afronding_cent: int


def splitsing(regels: Sequence[Stukregel]) -> Splitsing:
    """Divide amounts that include BTW into net and BTW. What is paid stays what it was, to the cent.

    BTW is calculated per treatment and not per line (BR-CO-17). Not every amount is a net amount plus its rounded BTW: the
    difference is the rounding of the document (BT-114).
    """
    per_btw: dict[Btw, list[int]] = {}
    for plaats, regel in enumerate(regels):
        per_btw.setdefault(regel.btw, []).append(plaats)
    netto, groepen = [0] * len(regels), []
    for btw, plaatsen in per_btw.items():
        bruto = sum(regels[plaats].bedrag_cent for plaats in plaatsen)
        grondslag = round_half_up(Decimal(bruto) * 100 / (100 + btw.percentage))
        groepen.append(Btwgroep(btw, grondslag, round_half_up(grondslag * btw.percentage / 100)))
        for plaats, deel in zip(
            plaatsen, _naar_rato(grondslag, [regels[plaats].bedrag_cent for plaats in plaatsen]), strict=True
        ):
            netto[plaats] = deel
    betaald = sum(regel.bedrag_cent for regel in regels)
    return Splitsing(netto, groepen, betaald - sum(groep.grondslag_cent + groep.btw_cent for groep in groepen))


def _naar_rato(totaal: int, gewichten: Sequence[int]) -> list[int]:
    """As `allocate`, by place, and with weights that may be below zero; zeros when these are nothing together."""
    som = sum(gewichten)
    if not som:
        return [0] * len(gewichten)
    quota = [Fraction(totaal * gewicht, som) for gewicht in gewichten]
    delen = [floor(deel) for deel in quota]
    for plaats in sorted(range(len(quota)), key=lambda n: (delen[n] - quota[n], n))[: totaal - sum(delen)]:
        delen[plaats] += 1
    return delen


def prijs(netto_cent: int, aantal: int) -> Decimal:
    """Euros per inhabitant, with enough decimals that price × quantity is the net amount to well under a cent."""
    return (Decimal(netto_cent) / 100 / aantal).quantize(Decimal("0.0000000001")).normalize()


def belemmeringen(verkoper: Partij | None, afnemer: bool, behandelingen: Mapping[str, Btw], iban: str | None) -> list[str]:
    """What keeps an invoice from being made up and sent, in Dutch; empty when nothing does.

    Args:
        afnemer: whether it is known what the gemeente wants on its invoice.
        behandelingen: name of the dienst to its treatment, of every line.
    """
    gevonden = []
    if verkoper is None:
        gevonden.append("de gegevens van de verkoper, of van het bureau dat het geld ontvangt, zijn niet vastgelegd")
    if not afnemer:
        gevonden.append("de factuurgegevens van de gemeente zijn niet vastgelegd")
    if not iban:
        gevonden.append("er is geen rekening om op te betalen")
    onbekend = sorted(naam for naam, btw in behandelingen.items() if btw.categorie == ONBEKEND)
    if onbekend:
        gevonden.append(f"de behandeling van btw is niet vastgesteld voor {', '.join(onbekend)}")
    categorieen = {btw.categorie for btw in behandelingen.values()} - {ONBEKEND}
    if BUITEN in categorieen and len(categorieen) > 1:
        gevonden.append("wat buiten de btw valt (O), kan niet met andere behandelingen op één factuur staan (BR-O-11)")
    if verkoper is not None and not verkoper.btw_id and categorieen & {STANDAARD, VRIJGESTELD}:
        gevonden.append(
            "de verkoper heeft geen btw-nummer, en dat moet op een factuur met of vrijgesteld van btw (BR-E-02, BR-S-02)"
        )
    return gevonden


def onschrijfbaar(stuk: Stuk) -> bool:
    """Whether a text has a character that no XML may have (XML 1.0, 2.2), such as U+FFFE."""
    return any(_GEEN_XML.search(tekst) for tekst in _teksten(asdict(stuk)))


def _teksten(deel: object) -> Iterator[str]:
    if isinstance(deel, str):
        yield deel
    elif isinstance(deel, dict):
        for onder in deel.values():
            yield from _teksten(onder)
    elif isinstance(deel, list | tuple):
        for onder in deel:
            yield from _teksten(onder)


def is_creditnummer(nummer: str) -> bool:
    """Whether a number is of the series of credit notes."""
    return int(nummer.partition("-")[2]) > CREDITREEKS


def bewaren_tot(datum: date) -> date:
    """The first day on which a document may go: seven years after the end of the year of its date."""
    return date(datum.year + BEWAREN_JAREN + 1, 1, 1)
