"""The journals of the bureau, and how its entries stand in the XML Auditfile Financieel. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from gemeengoed_kit.xaf import amount, code, text

VERKOOP, BANK, MEMORIAAL = "verkoop", "bank", "memoriaal"
DAGBOEKEN = {
    "facturen": VERKOOP,
    "creditnotas": VERKOOP,
    "betalingen": BANK,
    "afschrijvingen": BANK,
}
"""Kind of document, as in its path, to its journal; every other kind stands in the memoriaal."""
_KOP = {
    BANK: ("Bankafschriften", "B"),
    MEMORIAAL: ("Koppelingen, verdelingen en wat verder is geboekt", "M"),
    VERKOOP: ("Facturen en creditnota's", "S"),
}


@dataclass(frozen=True, slots=True)
class Regel:
    """A line of the journal, with its entry; amounts in cents, debet positive."""

    dagboek: str
    nummer: int
    onderwerp: str
    boekdatum: date
    omschrijving: str
    regel: int
    rekening: str
    cent: int
    gemeentecode: str | None
    factuur: str | None


def rekeningnaam(nummer: str, bekend: Mapping[str, str]) -> str:
    return bekend.get(nummer, f"Rekening {nummer}")


def dagboeken(regels: Iterable[Regel], bank: str, debiteuren: str) -> Iterator[str]:
    """The journals in pieces.

    Args:
        regels: those of one journal together, and of one entry together; they are read once and never held.
        bank: account that the bank journal is about; `debiteuren`: account of which a line is of a customer.
    """
    for dagboek, van_dagboek in groupby(regels, key=lambda regel: regel.dagboek):
        over, soort = _KOP[dagboek]
        tegen = f"<offsetAccID>{code(bank)}</offsetAccID>" if dagboek == BANK else ""
        yield f"<journal><jrnID>{dagboek}</jrnID><desc>{text(over)}</desc><jrnTp>{soort}</jrnTp>{tegen}\n"
        for _, van_post in groupby(van_dagboek, key=lambda regel: regel.nummer):
            yield _transactie(list(van_post), debiteuren)
        yield "</journal>\n"


def _transactie(regels: list[Regel], debiteuren: str) -> str:
    eerste = regels[0]
    stuk, dag = text(eerste.onderwerp, 255), eerste.boekdatum
    delen = [
        f"<transaction><nr>{eerste.nummer}</nr><desc>{text(eerste.omschrijving)}</desc><periodNumber>{dag.month}</periodNumber>"
        f"<trDt>{dag}</trDt><Source>{stuk}</Source>\n"
    ]
    for een in regels:
        van = een.rekening == debiteuren
        klant = f"<custSupID>{code(een.gemeentecode)}</custSupID>" if van and een.gemeentecode else ""
        factuur = f"<invRef>{text(een.factuur)}</invRef>" if van and een.factuur else ""
        delen.append(
            f"<trLine><nr>{een.regel}</nr><accID>{code(een.rekening)}</accID><docRef>{stuk}</docRef><effDate>{dag}</effDate>"
            f"{amount(een.cent)}{klant}{factuur}</trLine>\n"
        )
    return "".join(delen) + "</transaction>\n"
