"""Adopted begrotingen, commitments and invoices for tests; all suppliers are invented."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

from gemeengoed_kit.context import Context
from starlette.testclient import TestClient

from tests.fonds.begrotingen import CSV, SAMEN, tabel, vraag
from tests.fonds.besluiten import stel_vast

POSTEN: Mapping[tuple[str, str], int] = {("A1", "structureel"): 1000, ("A1", "meerjarig"): 500, ("B1", "kortcyclisch"): 200}
"""In euros."""
BTW = 300
FACTUREN = itertools.count(1)


def begroot(posten: Mapping[tuple[str, str], int] = POSTEN, btw: int = BTW) -> bytes:
    """A table, in euros, with cover enough."""
    regels = [
        f"regel,{prioriteit},{soort},Proef {prioriteit} {soort},{bedrag}," for (prioriteit, soort), bedrag in posten.items()
    ]
    samen = sum(posten.values()) + btw
    return tabel(*regels, f"btw,,,Btw,{btw},", f"inclusief,,,Totaal met btw,{samen},", f"derde,,,Rijksbijdrage (test),{samen},")


def neem_aan(
    client: TestClient,
    context: Context,
    als: Callable[..., dict[str, str]],
    jaar: int,
    soort: str = "kaderbegroting",
    inhoud: bytes | None = None,
) -> str:
    """Import and adopt a begroting; returns its id."""
    kop = {**als("fondsbeheerder"), "Content-Type": CSV}
    gelezen = client.post(f"/v1/begrotingen?{vraag(jaar, soort, 1)}", content=inhoud or begroot(), headers=kop)
    assert gelezen.status_code == 201, gelezen.text
    id: str = gelezen.json()["id"]
    rol = "ledenvergadering" if soort == "kaderbegroting" else "bestuur"
    gevraagd = client.post(f"/v1/begrotingen/{id}/vaststellingen", json=SAMEN, headers=als(rol))
    assert gevraagd.status_code == 202, gevraagd.text
    stel_vast(context, id)
    return id


def verplichting(*delen: tuple[int, int, int], **anders: Any) -> dict[str, Any]:
    """The body of a commitment on A1 structureel; each part is a year with an amount and BTW in cents."""
    return {
        "fonds": "ggu",
        "prioriteit": "A1",
        "budgetsoort": "structureel",
        "omschrijving": "Beheer (test)",
        "leverancier": "Leverancier Proef BV",
        "delen": [{"jaar": jaar, "bedragCent": cent, "btwCent": btw} for jaar, cent, btw in delen or [(2018, 10_000, 2_100)]],
        **anders,
    }


def factuur(van: str, cent: int = 1_000, btw: int = 210, jaar: int = 2018, **anders: Any) -> dict[str, Any]:
    """The body of an uitgave with an invoice of its own."""
    return {
        "verplichting": van,
        "jaar": jaar,
        "bedragCent": cent,
        "btwCent": btw,
        "factuurnummer": f"F-{next(FACTUREN)}",
        "factuurdatum": f"{jaar}-01-10",
        "boekdatum": f"{jaar}-01-12",
        "omschrijving": "Factuur (test)",
        **anders,
    }
