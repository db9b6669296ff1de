"""The questions themselves, for the jobs of other features: through the Outway, outside any transaction."""

from __future__ import annotations

from gemeengoed_kit.client import BadAnswer, OutwayClient

from fonds_api.besluit.schemas import BronBesluit, BronGrondslag


def vraag_besluit(client: OutwayClient, pad: str) -> BronBesluit:
    """The besluit at a path of catalogus.

    Raises:
        BadAnswer: what it gave is another besluit.
        SourceError: it gave none.
    """
    besluit = client.read("catalogus", pad, BronBesluit)
    if besluit.pad != pad:
        raise BadAnswer("catalogus", pad, 200, f"dit is besluit {besluit.pad}")
    return besluit


def vraag_grondslag(client: OutwayClient, voorziening: str) -> BronGrondslag:
    """Whether a besluit in force today permits a commitment for the voorziening at a path of catalogus."""
    return client.read("catalogus", f"{voorziening}/grondslag", BronGrondslag, {"voor": "verplichting"})
