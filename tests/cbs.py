"""The CBS figures, read from the files themselves: what tests compute with, apart from the services."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

BRON = Path(__file__).parents[1] / "services/catalogus-api/catalogus_api/gemeente/bron"


@cache
def _regels(naam: str) -> list[dict[str, str]]:
    with open(BRON / naam, encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


def inwoners(peildatum: str) -> dict[str, int]:
    """Inhabitants on a day of the gemeenten that have a figure for it."""
    return {r["gemeentecode"]: int(r["inwoners"]) for r in _regels("inwoners.csv") if r["peildatum"] == peildatum}


def gemeenten_op(dag: str) -> list[dict[str, Any]]:
    """The gemeenten of a day with their inhabitants on it, as catalogus answers them."""
    aantallen = inwoners(dag)
    bestaand = [r for r in _regels("gemeenten.csv") if (r["begindatum"] or dag) <= dag <= (r["einddatum"] or dag)]
    return [
        {
            "code": r["gemeentecode"],
            "naam": r["naam"],
            "provincie": r["provincie"],
            "opvolgers": [],
            "inwoners": {"peildatum": dag, "aantal": aantallen[r["gemeentecode"]], "bron": "CBS, CC BY 4.0"}
            if r["gemeentecode"] in aantallen
            else None,
        }
        for r in sorted(bestaand, key=lambda r: r["gemeentecode"])
    ]


def alle_gemeenten() -> list[dict[str, Any]]:
    """Every gemeente that exists or existed, as catalogus answers them."""
    return [
        {"code": r["gemeentecode"], "naam": r["naam"], "provincie": r["provincie"], "begindatum": r["begindatum"] or None}
        | {"einddatum": r["einddatum"] or None, "opvolgers": r["opvolger_codes"].split(), "inwoners": None}
        for r in sorted(_regels("gemeenten.csv"), key=lambda r: r["gemeentecode"])
    ]


def herindelingen(tot: str) -> list[dict[str, Any]]:
    """The herindelingen before a day, as catalogus answers them."""
    rijen = [
        {"ingangsdatum": r["ingangsdatum"], "soort": r["soort"], "oudeCode": r["oude_code"], "nieuweCode": r["nieuwe_code"]}
        | {"nieuwIngesteld": r["nieuwe_is_nieuw_ingesteld"] == "ja"}
        for r in _regels("herindelingen.csv")
        if r["ingangsdatum"] < tot
    ]
    return sorted(rijen, key=lambda r: (r["ingangsdatum"], r["oudeCode"], r["nieuweCode"]))
