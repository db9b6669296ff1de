"""Voorzieningen as files for a spreadsheet: CSV (RFC 4180) and XLSX. In neither is a text taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, get_args
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gemeengoed_kit.spreadsheet import safe
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter
from pydantic import BaseModel

from catalogus_api.voorziening.schemas import VindplaatsVermeld, Voorziening

TUSSEN = " | "
"""Between the values of a list in one cell."""
_BREED = {"naam": 36, "omschrijving": 70, "eigenaar": 28, "bronvermelding": 40, "citaat": 70, "stuk": 36}
_NIET_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LIJKT_OP_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def _kolommen(model: type[BaseModel]) -> list[str]:
    """The members of a model that fit in a cell, as they are called in JSON: all but lists of objects."""
    return [
        veld.alias or naam
        for naam, veld in model.model_fields.items()
        if not any(isinstance(deel, type) and issubclass(deel, BaseModel) for deel in get_args(veld.annotation))
    ]


KOLOMMEN = _kolommen(Voorziening)
VINDPLAATSEN = ["code", *_kolommen(VindplaatsVermeld)]


@dataclass(frozen=True)
class Verantwoording:
    """Where a file comes from.

    Attributes:
        peer_id: OIN of who offers the catalogue.
        dag: on which it was asked.
        filters: what was asked for, by the names of the parameters.
        alles: whether the caller sees concepts too.
    """

    peer_id: str
    dag: date
    filters: Mapping[str, Any]
    alles: bool


def csv_van(voorzieningen: Iterable[Voorziening]) -> str:
    """A row per voorziening; a list in one cell, with bars between."""
    bestand = io.StringIO()
    schrijver = csv.writer(bestand)
    schrijver.writerow(KOLOMMEN)
    for voorziening in voorzieningen:
        waarden = voorziening.model_dump(mode="json", by_alias=True)
        schrijver.writerow([safe(_cel(waarden[kolom])) for kolom in KOLOMMEN])
    return bestand.getvalue()


def xlsx_van(voorzieningen: Iterable[Voorziening], van: Verantwoording) -> bytes:
    """A workbook of voorzieningen, their vindplaatsen, and where it all comes from. The same content gives the same bytes.

    Rows go to disk as they come, so that memory does not hold them together. openpyxl makes the workbook, but not the rows: cell
    objects would take ten times as long.
    """
    blad, stukken, over = _Rijen("Voorzieningen", KOLOMMEN), _Rijen("Vindplaatsen", VINDPLAATSEN), _Rijen("Verantwoording", [])
    for voorziening in voorzieningen:
        waarden = voorziening.model_dump(mode="json", by_alias=True)
        blad.voeg_toe(waarden[kolom] for kolom in KOLOMMEN)
        for stuk in waarden["vindplaatsen"]:
            vermeld = {"code": voorziening.code, **stuk}
            stukken.voeg_toe(vermeld[kolom] for kolom in VINDPLAATSEN)
    for regel in _verantwoord(van, blad.aantal):
        over.voeg_toe(regel)
    boek = Workbook(write_only=True)
    boek.properties.creator = "Gemeengoed"
    boek.properties.created = boek.properties.modified = datetime.combine(van.dag, time.min)
    for rijen in (blad, stukken, over):
        rijen.blad_in(boek)
    bestand = io.BytesIO()
    ExcelWriter(boek, _Zip(bestand, [blad, stukken, over])).save()
    return bestand.getvalue()


def _cel(waarde: Any) -> Any:
    return (TUSSEN.join(waarde) or None) if isinstance(waarde, list) else waarde


def _verantwoord(van: Verantwoording, aantal: int) -> Iterator[tuple[str, Any]]:
    yield "Wat dit is", "Voorzieningen die gemeenten delen, uit de catalogus van Gemeengoed"
    yield "OIN van de aanbieder", van.peer_id
    yield "Opgevraagd op", van.dag.isoformat()
    yield "Aantal voorzieningen", aantal
    yield "Wat u ziet", "Alles, ook wat nog concept is" if van.alles else "Wat gepubliceerd is"
    for naam, waarde in van.filters.items() or [("", "geen")]:
        yield f"Filter {naam}".strip(), str(waarde)
    yield "Een lijst in een cel", f"met{TUSSEN}ertussen"


class _Rijen:
    """The rows of a sheet, as they will stand in it (ECMA-376, 18.3.1.73). Texts are texts, whatever they look like."""

    def __init__(self, naam: str, kolommen: list[str]) -> None:
        self.naam, self.kolommen, self.aantal = naam, kolommen, 0
        self.bestand = SpooledTemporaryFile(max_size=1 << 20)  # noqa: SIM115 it lives as long as this

    def voeg_toe(self, waarden: Iterable[Any]) -> None:
        self.aantal += 1
        self.bestand.write(f"<row>{''.join(map(_xml, waarden))}</row>".encode())

    def blad_in(self, boek: Workbook) -> None:
        """Add the sheet with its headings, but without the rows."""
        blad: Any = boek.create_sheet(self.naam)
        breed = self.kolommen or ("Waarover", "omschrijving")
        for nummer, kolom in enumerate(breed, 1):
            blad.column_dimensions[get_column_letter(nummer)].width = _BREED.get(kolom, 22)
        if self.kolommen:
            blad.freeze_panes = "A2"
            blad.auto_filter.ref = f"A1:{get_column_letter(len(self.kolommen))}{self.aantal + 1}"
            kop = [WriteOnlyCell(blad, kolom) for kolom in self.kolommen]
            for cel in kop:
                cel.font = Font(bold=True)
            blad.append(kop)


def _xml(waarde: Any) -> str:
    """A cell; it stands where the one before ends."""
    waarde = _cel(waarde)
    if waarde is None:
        return "<c/>"
    if isinstance(waarde, int):
        return f"<c><v>{waarde}</v></c>"
    tekst = _LIJKT_OP_ESCAPE.sub("_x005F_", _NIET_IN_XML.sub("\ufffd", waarde))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(tekst)}</t></is></c>'


class _Zip(ZipFile):
    """The parts of a workbook, without the time at which they were made, and with the rows in their sheets."""

    def __init__(self, bestand: io.BytesIO, bladen: list[_Rijen]) -> None:
        super().__init__(bestand, "w", ZIP_DEFLATED)
        self.bladen = {f"xl/worksheets/sheet{nummer}.xml": rijen for nummer, rijen in enumerate(bladen, 1)}

    def writestr(self, zinfo_or_arcname: Any, data: Any, *args: Any, **kwargs: Any) -> None:
        super().writestr(_deel(str(zinfo_or_arcname)), data)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **kwargs: Any) -> None:
        naam = str(arcname).lstrip("/")
        voor, _, na = Path(filename).read_bytes().replace(b"<sheetData/>", b"<sheetData></sheetData>").partition(b"</sheetData>")
        rijen = self.bladen[naam].bestand
        rijen.seek(0)
        with self.open(_deel(naam), "w") as doel:
            doel.write(voor)
            while stuk := rijen.read(1 << 16):
                doel.write(stuk)
            doel.write(b"</sheetData>" + na)


def _deel(naam: str) -> ZipInfo:
    deel = ZipInfo(naam)
    deel.compress_type = ZIP_DEFLATED
    return deel
