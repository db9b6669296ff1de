"""A jaarrekening as PDF/UA on A4. The same jaarrekening always gives the same bytes: its date is that on which it was drawn up,
and its fonts are those that typst carries."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import typst

from fonds_api.jaarrekening.beeld import beeld_van
from fonds_api.jaarrekening.schemas import Jaarrekening

OPMAAK = (Path(__file__).parent / "jaarrekening.typ").read_bytes()


def pdf_van(jaarrekening: Jaarrekening) -> bytes:
    """The PDF; it needs neither database nor clock.

    PDF/UA wants a font for every character. With one that no font has (an emoji), it is a tagged PDF without that claim, and
    shows a box there.
    """
    try:
        (pdf,) = _gezet(jaarrekening, "pdf", ["ua-1"])
    except typst.TypstError:
        (pdf,) = _gezet(jaarrekening, "pdf", [])
    return pdf


def png_van(jaarrekening: Jaarrekening) -> list[bytes]:
    """A picture of every page, to look at."""
    return _gezet(jaarrekening, "png", [])


def _gezet(van: Jaarrekening, vorm: Literal["pdf", "png"], standaarden: list[Literal["ua-1"]]) -> list[bytes]:
    dag = van.opgemaakt_op
    gezet: bytes | list[bytes] = typst.compile(
        OPMAAK,
        format=vorm,
        sys_inputs={"beeld": json.dumps(beeld_van(van), ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=[*standaarden],
        timestamp=datetime(dag.year, dag.month, dag.day, tzinfo=UTC),
    )
    return gezet if isinstance(gezet, list) else [gezet]
