"""Factsheets to test with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from catalogus_api.factsheet.schemas import Factsheet, NieuweFactsheet

BEHEERDER = "00000099000000000005"
VIJANDIG = (
    '</p><script>alert("x")</script> #panic("x") #{ sys.inputs } $x^2$ *ster* _streep_ `code` @verwijzing [haak] \\ // weg '
    "/* weg */ {{ 7*7 }} {% raw %} &lt; “aanhaling” <!-- ]]> \" onmouseover='x'"
)
"""Everything that HTML, jinja, typst or JSON could take for its own."""


def post(**anders: Any) -> dict[str, Any]:
    """A post as sent to the API: 1.500 euro once for each gemeente."""
    vast = {"eenheid": "euro", "basis": "vast", "ritme": "eenmalig", "laag": 150_000, "hoog": 150_000}
    return {"omschrijving": "Aansluiting", "soort": "kosten", **vast, **anders}


def factsheet(**anders: Any) -> dict[str, Any]:
    """A factsheet as sent to the API."""
    return {
        "datum": "2018-01-01",
        "publicatiestatus": "gepubliceerd",
        "ontwikkeldDoor": "Proefstad (test).",
        "kostenEnBesparing": "Zie de cijfers.",
        "posten": [post()],
        "bronvermelding": "Verzonnen (test)",
        **anders,
    }


def gemaakt(naam: str = "Proef", **anders: Any) -> Factsheet:
    """A factsheet as the API would show it."""
    nieuw = NieuweFactsheet.model_validate(factsheet(**anders))
    vast = {"voorziening": "proef", "versie": 1, "vastgelegd_op": datetime(2018, 1, 1, tzinfo=UTC)}
    return Factsheet.make(**nieuw.model_dump(), naam=naam, **vast)
