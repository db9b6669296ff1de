"""The audit files of a demo's year: of the bureau, and of the fonds that keeps its ledger."""

from __future__ import annotations

from pathlib import Path

from gemeengoed_lokaal.gebruiker import Gebruiker
from gemeengoed_lokaal.stack import Stack

XAF = "application/xml"


def haal_op(stack: Stack, map_: Path, jaar: int) -> list[str]:
    """Write the audit files of a year; returns their names."""
    bureau = Gebruiker(stack, "administratiebureau", "abonnement")
    bestuur = Gebruiker(stack, "vng", "fonds-bestuur")
    inhoud = {f"abonnement-{jaar}.xaf": bureau.bestand(f"/v1/rapportages/auditfile.xaf?jaar={jaar}", XAF)}
    for fonds in bestuur.alle("/v1/fondsen"):
        code = fonds["code"]
        inhoud[f"fonds-{code}-{jaar}.xaf"] = bestuur.bestand(f"/v1/fondsen/{code}/auditfile.xaf?jaar={jaar}", XAF)
    map_.mkdir(exist_ok=True)
    for naam, bytes_ in inhoud.items():
        (map_ / naam).write_bytes(bytes_)
    return sorted(inhoud)
