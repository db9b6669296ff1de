"""Tables as files for a spreadsheet: CSV (RFC 4180) and XLSX. In neither is a text taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from gemeengoed_kit.spreadsheet import safe

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EURO = "#,##0.00;[Red]-#,##0.00"


@dataclass(frozen=True)
class Column:
    """A column. Amounts are whole cents in CSV, under a name that ends in `Cent`; a workbook shows them in euros."""

    name: str
    kind: Literal["text", "number", "cents"] = "text"
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def write_csv(target: io.TextIOBase, sheet: Sheet) -> None:
    """Write a table row by row: memory does not hold it."""
    writer = csv.writer(target)
    writer.writerow([column.name for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([safe(value) for value in row])


def csv_of(sheet: Sheet) -> bytes:
    """A table as CSV, in UTF-8."""
    file = io.StringIO()
    write_csv(file, sheet)
    return file.getvalue().encode()


def xlsx_of(sheets: Sequence[Sheet], day: date) -> bytes:
    """A workbook; amounts are numbers in euros.

    Args:
        day: on which it was asked.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "Gemeengoed"
    book.properties.created = book.properties.modified = datetime.combine(day, time.min)
    for sheet in sheets:
        _add(book, sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _add(book: Workbook, sheet: Sheet) -> None:
    worksheet: Any = book.create_sheet(sheet.name)
    worksheet.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, 1):
        worksheet.column_dimensions[get_column_letter(number)].width = column.width
    head = [WriteOnlyCell(worksheet, column.name.removesuffix("Cent")) for column in sheet.columns]
    for cell in head:
        cell.font = Font(bold=True)
    worksheet.append(head)
    for row in sheet.rows:
        worksheet.append([_cell(worksheet, column, value) for column, value in zip(sheet.columns, row, strict=True)])


def _cell(worksheet: Any, column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.kind == "cents":
        cell = WriteOnlyCell(worksheet, value / 100)
        cell.number_format = _EURO
        return cell
    if isinstance(value, str):
        cell = WriteOnlyCell(worksheet, _NOT_IN_XML.sub("\ufffd", value))
        cell.data_type = "s"  # whatever it looks like
        return cell
    return value
