"""The content of an entry, and its states on the way to fonds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BRON = "fonds"
PAD = "/v1/boekingen"
PAD_SAMEN = "/v1/boekingen/bulk"
"""Where fonds takes many at a time."""
FONDS = "derdengelden"
BANK, DEBITEUREN, NOG_TE_KOPPELEN = "1100", "1300", "2900"
"""Rekeningen of the fonds `derdengelden`; each dienst names its own rekeningen."""

WACHTEND, GEBOEKT, GEWEIGERD = "wachtend", "geboekt", "geweigerd"

VELDEN = ("fonds", "boekdatum", "omschrijving", "bron")


def verschillen(gevraagd: Mapping[str, Any], geboekt: Mapping[str, Any]) -> list[str]:
    """The differences between two entries, as text for people; the order of the lines does not matter.

    Args:
        gevraagd, geboekt: entries in the wire format of fonds.
    """
    anders = [f"{veld} is {geboekt[veld]!r}, niet {gevraagd[veld]!r}" for veld in VELDEN if gevraagd[veld] != geboekt[veld]]
    if _regels(gevraagd) != _regels(geboekt):
        anders.append(f"regels zijn {_tekst(geboekt)}, niet {_tekst(gevraagd)}")
    return anders


def _regels(boeking: Mapping[str, Any]) -> list[tuple[str, int]]:
    return sorted((regel["rekening"], regel["bedragCent"]) for regel in boeking["regels"])


def _tekst(boeking: Mapping[str, Any]) -> str:
    return ", ".join(f"{rekening} {cent}" for rekening, cent in _regels(boeking))
