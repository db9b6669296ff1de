"""A statement as CSV (RFC 4180) and as PDF. The same statement always gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import typst
from gemeengoed_kit.money import format_euros
from gemeengoed_kit.spreadsheet import safe

from abonnement_api.specificatie.schemas import Specificatie

OPMAAK = (Path(__file__).parent / "specificatie.typ").read_bytes()
KOLOMMEN = ("factuur", "jaar", "gemeentecode", "gemeentenaam", "dienst", "datum", "bedragCent")
MAANDEN = "januari februari maart april mei juni juli augustus september oktober november december"
BETALING = {
    None: "nog niet opgedragen",
    "voorgesteld": "voorgesteld",
    "afgewezen": "afgewezen",
    "onderweg": "onderweg",
    "betaald": "betaald",
    "geweigerd": "door de bank geweigerd",
    "teruggekomen": "teruggekomen",
}


def csv_van(van: Specificatie) -> bytes:
    """A line per line of the statement, in UTF-8; amounts in whole cents."""
    bestand = io.StringIO()
    schrijver = csv.writer(bestand)
    schrijver.writerow(KOLOMMEN)
    for regel in van.regels:
        velden = regel.model_dump(mode="json", by_alias=True)
        schrijver.writerow([safe(velden[naam]) for naam in KOLOMMEN])
    return bestand.getvalue().encode()


def pdf_van(van: Specificatie) -> bytes:
    """The statement on A4."""
    dag = van.vastgesteld_op.astimezone(UTC)
    gezet = typst.compile(
        OPMAAK,
        format="pdf",
        sys_inputs={"beeld": json.dumps(beeld_van(van), ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=datetime(dag.year, dag.month, dag.day, tzinfo=UTC),
    )
    assert isinstance(gezet, bytes)
    return gezet


def beeld_van(van: Specificatie) -> dict[str, object]:
    """What the page says: every text is ready, so the layout only places it."""
    totalen = [["Ontvangen", format_euros(van.ontvangen_cent)]]
    if van.teruggegaan_cent:
        totalen.append(["Teruggegaan na een eerdere verdeling", format_euros(van.teruggegaan_cent)])
    return {
        "naam": van.naam,
        "verdeling": van.verdeling.rpartition("/")[2],
        "totEnMet": f"{van.tot_en_met.day} {MAANDEN.split()[van.tot_en_met.month - 1]} {van.tot_en_met.year}",
        "betaling": BETALING[van.betaling],
        "totalen": totalen,
        "bedrag": format_euros(van.bedrag_cent),
        "ingehouden": format_euros(van.ingehouden_cent) if van.ingehouden_cent else None,
        "regels": [
            [f"{r.datum:%d-%m-%Y}", r.factuur, f"{r.gemeentenaam} ({r.gemeentecode})", r.dienst, format_euros(r.bedrag_cent)]
            for r in van.regels
        ],
    }
