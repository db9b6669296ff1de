"""An invoice as PDF/A-3 and PDF/UA on A4. The same content always gives the same bytes: its date is that of the invoice, and its
fonts are those that typst carries."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import typst

from abonnement_api.factuurstuk.beeld import beeld_van
from abonnement_api.factuurstuk.rules import Stuk

OPMAAK = (Path(__file__).parent / "factuur.typ").read_bytes()


def pdf_van(stuk: Stuk) -> bytes:
    """The PDF; it needs neither database nor clock.

    Both standards want a font for every character. With one that no font has, it is a plain PDF that shows a box there.
    """
    try:
        (pdf,) = _gezet(stuk, "pdf", ["a-3a", "ua-1"])
    except typst.TypstError:
        (pdf,) = _gezet(stuk, "pdf", [])
    return pdf


def png_van(stuk: Stuk) -> list[bytes]:
    """A picture of every page, to look at."""
    return _gezet(stuk, "png", [])


def _gezet(stuk: Stuk, vorm: Literal["pdf", "png"], standaarden: list[Literal["a-3a", "ua-1"]]) -> list[bytes]:
    gezet: bytes | list[bytes] = typst.compile(
        OPMAAK,
        format=vorm,
        sys_inputs={"beeld": json.dumps(beeld_van(stuk), ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=[*standaarden],
        timestamp=datetime(stuk.datum.year, stuk.datum.month, stuk.datum.day, tzinfo=UTC),
    )
    return gezet if isinstance(gezet, list) else [gezet]
