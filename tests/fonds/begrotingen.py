"""Begrotingen for tests: the tables of the papers, and files of our own."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import fonds_api.begroting
import openpyxl

BRON = Path(fonds_api.begroting.__file__).parent / "bron"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KOP = "rij,prioriteit,budgetsoort,omschrijving,bedrag,pagina"
BESLUIT = {"bron": "catalogus", "pad": "/v1/besluiten/3f0c9a52-6d1e-4b7a-9c58-000000000001"}
"""That of the members in `besluiten.py`."""
WIE = {"naam": "Penningmeester (test)", "reden": "De regels gelden (test)."}
SAMEN = {"besluit": BESLUIT}


def papier(jaar: int) -> bytes:
    """The table of a paper, as it is printed."""
    return (BRON / f"ggu-{jaar}.csv").read_bytes()


def tabel(*rijen: str) -> bytes:
    return "\n".join([KOP, *rijen]).encode()


def gedekt(bedrag: int = 70_000, *, btw: int = 0, dekking: int | None = None, tekst: str = "Proef") -> bytes:
    """A table that adds up, in which the cover is enough unless said otherwise."""
    return tabel(
        f"regel,A1,structureel,{tekst},{bedrag},",
        f"som,,,Totaal,{bedrag},",
        f"btw,,,Btw,{btw},",
        f"inclusief,,,Totaal met btw,{bedrag + btw},",
        f"bijdrage,,,Bijdragen (test),{1000},",
        f"derde,,,Rijksbijdrage (test),{bedrag + btw - 1000 if dekking is None else dekking},",
    )


def werkmap(inhoud: bytes, scheiding: str = ";") -> bytes:
    """The same table as a workbook, with numbers as numbers."""
    boek = openpyxl.Workbook()
    for regel in inhoud.decode().splitlines():
        boek.active.append([int(deel) if deel.isdigit() else deel or None for deel in regel.split(scheiding)])
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def vraag(jaar: int = 2020, soort: str = "kaderbegroting", eenheid: int = 1000, **anders: Any) -> str:
    """The query with which a file is sent."""
    waarden = {"fonds": "ggu", "jaar": jaar, "soort": soort, "eenheidEuro": eenheid, "titel": f"Begroting {jaar} (test)"}
    return urlencode({**waarden, "bronvermelding": "Proef (test)", **anders})
