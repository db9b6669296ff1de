"""A reminder as PDF/A on A4. The same content always gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import typst

from abonnement_api.factuurstuk.beeld import dag
from abonnement_api.herinnering.rules import in_vieren

OPMAAK = (Path(__file__).parent / "brief.typ").read_bytes()


def pdf_van(brief: Mapping[str, Any]) -> bytes:
    """The letter; it needs neither database nor clock."""
    try:
        (pdf,) = _gezet(brief, "pdf", ["a-3a", "ua-1"])
    except typst.TypstError:  # a character that no font has: a plain PDF shows a box there
        (pdf,) = _gezet(brief, "pdf", [])
    return pdf


def png_van(brief: Mapping[str, Any]) -> list[bytes]:
    """A picture of every page, to look at."""
    return _gezet(brief, "png", [])


def _beeld(brief: Mapping[str, Any]) -> dict[str, Any]:
    datum = date.fromisoformat(brief["datum"])
    return {
        **brief,
        "jaarMaandDag": [datum.year, datum.month, datum.day],
        "datum": dag(datum),
        "betalenVoor": dag(date.fromisoformat(brief["betalenVoor"])),
        "iban": in_vieren(brief["iban"]),
        "facturen": [
            {**post, "vervaldatum": dag(date.fromisoformat(post["vervaldatum"])), "kenmerk": in_vieren(post["kenmerk"])}
            for post in brief["facturen"]
        ],
    }


def _gezet(brief: Mapping[str, Any], vorm: Literal["pdf", "png"], standaarden: list[Literal["a-3a", "ua-1"]]) -> list[bytes]:
    datum = date.fromisoformat(brief["datum"])
    gezet: bytes | list[bytes] = typst.compile(
        OPMAAK,
        format=vorm,
        sys_inputs={"beeld": json.dumps(_beeld(brief), ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=[*standaarden],
        timestamp=datetime(datum.year, datum.month, datum.day, tzinfo=UTC),
    )
    return gezet if isinstance(gezet, list) else [gezet]
