"""Rules of a file of inhabitants: pure functions, no database, no clock."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gemeengoed_kit.errors import InvalidParam

KOP = ["gemeentecode", "inwoners"]
GROOTSTE = 1_000_000
"""Bytes of a file: some hundred times what all gemeenten take."""
NOEMT = 100
"""Faults, or differences, that one answer names at most."""


@dataclass(frozen=True)
class Bestand:
    """A file of inhabitants: its figures by gemeentecode, what is wrong with its notation, and its SHA-256 in hexadecimal."""

    inwoners: dict[str, int]
    bezwaren: list[InvalidParam]
    kenmerk: str


def lees(inhoud: bytes) -> tuple[dict[str, int], list[InvalidParam]]:
    """(inhabitants by gemeentecode, everything that is wrong with the notation), of a file in UTF-8 with the header
    `gemeentecode,inwoners`, separated by commas or semicolons as the header is. What is wrong is left out."""
    if len(inhoud) > GROOTSTE:
        return {}, [InvalidParam("bestand", "te_groot", f"meer dan {GROOTSTE} bytes")]
    try:
        regels = inhoud.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as fout:
        return {}, [InvalidParam("bestand", "tekst", f"geen UTF-8 (byte {fout.start})")]
    scheiding = ";" if regels and ";" in regels[0] else ","
    try:
        kop, *rijen = list(csv.reader(regels, delimiter=scheiding, strict=True)) or [[]]
    except csv.Error:
        return {}, [InvalidParam("bestand", "csv", "geen geldige CSV")]
    if kop != KOP:
        return {}, [InvalidParam("regel 1", "kop", f"de kop moet {scheiding.join(KOP)} zijn")]
    gelezen: dict[str, int] = {}
    wrong: list[InvalidParam] = []
    for nummer, rij in enumerate(rijen, 2):
        if len(wrong) == NOEMT:
            break
        if reden := _fout(rij, gelezen):
            wrong.append(InvalidParam(f"regel {nummer}", "regel", reden))
        else:
            gelezen[rij[0]] = int(rij[1])
    return gelezen, wrong


def _fout(rij: list[str], gelezen: Collection[str]) -> str | None:
    if len(rij) != len(KOP):
        return f"{len(rij)} waarden in plaats van {len(KOP)}"
    code, aantal = rij
    if not re.fullmatch("GM[0-9]{4}", code, re.ASCII):
        return "de gemeentecode is niet GM en vier cijfers"
    if not re.fullmatch("[1-9][0-9]{0,7}", aantal, re.ASCII):
        return f"het aantal inwoners van {code} is geen geheel getal van 1 tot 100 miljoen, zonder punten"
    return f"{code} staat er al eerder" if code in gelezen else None


def bezwaren(
    gelezen: Mapping[str, int], geldig: Collection[str], peildatum: date, landstotaal: int, vandaag: date
) -> list[InvalidParam]:
    """Everything for which figures cannot be those of a day.

    Args:
        geldig: codes of the gemeenten that exist on the day.
        landstotaal: inhabitants of the whole country, as the source says.
    """
    return list(_bezwaren(gelezen, set(geldig), peildatum, landstotaal, vandaag))


def _bezwaren(
    gelezen: Mapping[str, int], geldig: set[str], peildatum: date, landstotaal: int, vandaag: date
) -> Iterator[InvalidParam]:
    if peildatum > vandaag:
        yield InvalidParam("peildatum", "toekomst", f"{peildatum} is nog niet geweest; wat nog komt, is niet geteld")
    if len(gelezen) != len(geldig):
        yield InvalidParam("bestand", "aantal", f"{len(gelezen)} gemeenten; op {peildatum} zijn er {len(geldig)}")
    if (som := sum(gelezen.values())) != landstotaal:
        yield InvalidParam("landstotaal", "telt_niet_op", f"het bestand telt op tot {som}, niet tot {landstotaal}")
    for code in sorted(gelezen.keys() - geldig):
        yield InvalidParam(code, "bestaat_niet", f"op {peildatum} is er geen gemeente {code}")
    for code in sorted(geldig - gelezen.keys()):
        yield InvalidParam(code, "ontbreekt", f"{code} staat niet in het bestand")


def verschillen(
    gelezen: Mapping[str, int], status: str | None, bekend: Mapping[str, tuple[int, str | None]]
) -> tuple[list[str], list[str]]:
    """(codes of which nothing is known yet, codes of which something else is known), in the order of the codes.

    Args:
        bekend: figure and status by code, at the same peildatum.
    """
    nieuw = sorted(gelezen.keys() - bekend.keys())
    anders = sorted(code for code, aantal in gelezen.items() if code in bekend and bekend[code] != (aantal, status))
    return nieuw, anders


def genoemd(wrong: Iterable[InvalidParam]) -> list[InvalidParam]:
    """As many as an answer names."""
    return list(wrong)[:NOEMT]
