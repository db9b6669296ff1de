"""A factsheet as PDF/UA: one A4 for who decides. The same version always gives the same bytes: its date is that of the factsheet,
and its fonts are those that typst carries."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from catalogus_api.factsheet.beeld import beeld_van
from catalogus_api.factsheet.schemas import Factsheet

OPMAAK = (Path(__file__).parent / "factsheet.typ").read_bytes()


def pdf_van(factsheet: Factsheet) -> bytes:
    """The PDF of one version. It takes some tens of milliseconds, and needs neither database nor clock.

    PDF/UA wants a font for every character. With one that no font has (an emoji), it is a tagged PDF without that claim, and
    shows a box there.
    """
    return getekend(_beeld(factsheet))


def png_van(factsheet: Factsheet) -> list[bytes]:
    """A picture of every page, to look at."""
    return _gezet(_beeld(factsheet), "png", [])


def _beeld(factsheet: Factsheet) -> str:
    return json.dumps(beeld_van(factsheet), ensure_ascii=False)


@lru_cache(maxsize=100)
def getekend(beeld: str) -> bytes:
    """Many ask for the same few: what a version says never changes, and so neither does its PDF."""
    try:
        (pdf,) = _gezet(beeld, "pdf", ["ua-1"])
    except typst.TypstError:
        (pdf,) = _gezet(beeld, "pdf", [])
    return pdf


def _gezet(beeld: str, vorm: Literal["pdf", "png"], standaarden: list[Literal["ua-1"]]) -> list[bytes]:
    gezet: bytes | list[bytes] = typst.compile(
        OPMAAK,
        format=vorm,
        sys_inputs={"beeld": beeld},
        ignore_system_fonts=True,
        pdf_standards=[*standaarden],
        timestamp=datetime.fromisoformat(json.loads(beeld)["datum_iso"]).replace(tzinfo=UTC),
    )
    return gezet if isinstance(gezet, list) else [gezet]
