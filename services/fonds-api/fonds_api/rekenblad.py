"""Tables as files for a spreadsheet: CSV (RFC 4180) and XLSX. In neither is a text taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from gemeengoed_kit.spreadsheet import safe
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

_NIET_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EURO = "#,##0.00;[Red]-#,##0.00"


@dataclass(frozen=True)
class Kolom:
    """A column. Amounts are whole cents in CSV, under a name that ends in `Cent`; a workbook shows them in euros."""

    naam: str
    soort: Literal["tekst", "getal", "cent"] = "tekst"
    breed: int = 14


@dataclass(frozen=True)
class Blad:
    naam: str
    kolommen: Sequence[Kolom]
    rijen: Iterable[Sequence[Any]]


def schrijf_csv(doel: io.TextIOBase, blad: Blad) -> None:
    """Write a table row by row: memory does not hold it."""
    schrijver = csv.writer(doel)
    schrijver.writerow([kolom.naam for kolom in blad.kolommen])
    for rij in blad.rijen:
        schrijver.writerow([safe(waarde) for waarde in rij])


def csv_van(blad: Blad) -> bytes:
    """A table as CSV, in UTF-8."""
    bestand = io.StringIO()
    schrijf_csv(bestand, blad)
    return bestand.getvalue().encode()


def xlsx_van(bladen: Sequence[Blad], dag: date) -> bytes:
    """A workbook; amounts are numbers in euros.

    Args:
        dag: on which it was asked.
    """
    boek = Workbook(write_only=True)
    boek.properties.creator = "Gemeengoed"
    boek.properties.created = boek.properties.modified = datetime.combine(dag, time.min)
    for blad in bladen:
        _blad_in(boek, blad)
    bestand = io.BytesIO()
    boek.save(bestand)
    return bestand.getvalue()


def _blad_in(boek: Workbook, blad: Blad) -> None:
    werkblad: Any = boek.create_sheet(blad.naam)
    werkblad.freeze_panes = "A2"
    for nummer, kolom in enumerate(blad.kolommen, 1):
        werkblad.column_dimensions[get_column_letter(nummer)].width = kolom.breed
    kop = [WriteOnlyCell(werkblad, kolom.naam.removesuffix("Cent")) for kolom in blad.kolommen]
    for cel in kop:
        cel.font = Font(bold=True)
    werkblad.append(kop)
    for rij in blad.rijen:
        werkblad.append([_cel(werkblad, kolom, waarde) for kolom, waarde in zip(blad.kolommen, rij, strict=True)])


def _cel(werkblad: Any, kolom: Kolom, waarde: Any) -> Any:
    if waarde is None:
        return None
    if kolom.soort == "cent":
        cel = WriteOnlyCell(werkblad, waarde / 100)
        cel.number_format = _EURO
        return cel
    if isinstance(waarde, str):
        cel = WriteOnlyCell(werkblad, _NIET_IN_XML.sub("\ufffd", waarde))
        cel.data_type = "s"  # whatever it looks like
        return cel
    return waarde
