"""What is wrong with a submission, and who may decide about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

JAARPLAN, BEGROTING, JAARREKENING = "jaarplan", "begroting", "jaarrekening"
VASTGESTELD, TERUGGESTUURD = "vastgesteld", "teruggestuurd"
INGEDIEND, VERVANGEN = "ingediend", "vervangen"
GROOTSTE = 10_000_000
"""Bytes of a document."""
_STAART = 2048
"""How near its end a PDF says that it ends; readers look back 1024 bytes, and what follows may be white space."""


def is_pdf(inhoud: bytes) -> bool:
    """Whether a file begins and ends as a PDF does (ISO 32000-1, 7.5), and is not encrypted, so that everybody can read it."""
    return inhoud.startswith(b"%PDF-") and b"%%EOF" in inhoud[-_STAART:] and b"/Encrypt" not in inhoud[-_STAART:]


def fouten_in_bedragen(soort: str, bedragen: Sequence[str], eigen: Collection[str]) -> list[tuple[str, str, str]]:
    """(name of the member, code, what is wrong in Dutch) of the amounts of a submission; empty when they can be kept.

    Args:
        bedragen: code of the dienst of each.
        eigen: diensten of the aanbieder.
    """
    if not bedragen and soort != JAARPLAN:
        return [("bedragen", "ontbreekt", f"een {soort} heeft een bedrag voor ten minste één dienst")]
    fouten = []
    for plaats, dienst in enumerate(bedragen):
        if dienst not in eigen:
            fouten.append((f"bedragen.{plaats}.dienst", "onbekend", f"{dienst} is geen dienst van deze aanbieder"))
        elif dienst in bedragen[:plaats]:
            fouten.append((f"bedragen.{plaats}.dienst", "dubbel", f"{dienst} staat er twee keer in"))
    return fouten


def kan_op(datum: date, ingediend: date, vandaag: date) -> bool:
    """Whether a decision about a submission can have been taken on a day."""
    return ingediend <= datum <= vandaag
