"""A factsheet as PDF/UA: one A4 for who decides. The same version always gives the same bytes: its date is that of the factsheet,
and its fonts are those that typst carries."""

from __future__ import annotations

import json
from datetime import UTC, datetime
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
    try:
        (pdf,) = _gezet(factsheet, "pdf", ["ua-1"])
    except typst.TypstError:
        (pdf,) = _gezet(factsheet, "pdf", [])
    return pdf


def png_van(factsheet: Factsheet) -> list[bytes]:
    """A picture of every page, to look at."""
    return _gezet(factsheet, "png", [])


def _gezet(factsheet: Factsheet, vorm: Literal["pdf", "png"], standaarden: list[Literal["ua-1"]]) -> list[bytes]:
    gezet: bytes | list[bytes] = typst.compile(
        OPMAAK,
        format=vorm,
        sys_inputs={"beeld": json.dumps(beeld_van(factsheet), ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=[*standaarden],
        timestamp=datetime.combine(factsheet.datum, datetime.min.time(), UTC),
    )
    return gezet if isinstance(gezet, list) else [gezet]
