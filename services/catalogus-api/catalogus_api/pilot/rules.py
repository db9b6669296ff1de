"""How a pilot goes, from planned to results. Pure. (VNG, collectivisering; GGU 2020-2024: praktijkbeproeving.)"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Literal

from gemeengoed_kit.errors import InvalidParam

Status = Literal["gepland", "loopt", "afgerond", "afgebroken"]
GEPLAND, LOOPT, AFGEROND, AFGEBROKEN = "gepland", "loopt", "afgerond", "afgebroken"
VERVOLG: Mapping[str, Collection[str]] = {
    GEPLAND: (LOOPT, AFGEBROKEN),
    LOOPT: (AFGEROND, AFGEBROKEN),
    AFGEROND: (),
    AFGEBROKEN: (),
}
"""What each status may become."""
GAANDE = (GEPLAND, LOOPT)
"""While gemeenten may join and leave."""
AFLOPEND = ("uitfasering", "gestopt")
"""Phases of a voorziening in which no pilot begins."""


def bezwaren(voor: Mapping[str, Any] | None, na: Mapping[str, Any], *, deelnemers: int, vandaag: date) -> list[InvalidParam]:
    """All that is wrong with a pilot as it would become, by the names of the wire.

    Args:
        voor: as it was, None for a new one.
        na: as it would become, all of it, by column.
        deelnemers: how many gemeenten take part now.
    """
    fouten = []
    was, wordt = (voor["status"] if voor else GEPLAND), na["status"]
    if was not in GAANDE:
        fouten.append(InvalidParam("status", "voorbij", f"de pilot is {was} en verandert niet meer"))
    elif was != wordt and wordt not in VERVOLG[was]:
        fouten.append(InvalidParam("status", "volgorde", f"{was} wordt {' of '.join(VERVOLG[was])}, niet {wordt}"))
    if na["eind"] < na["begin"]:
        fouten.append(InvalidParam("eind", "volgorde", f"{na['eind']} ligt voor het begin, {na['begin']}"))
    if wordt == LOOPT and na["begin"] > vandaag:
        fouten.append(InvalidParam("begin", "te_vroeg", f"een pilot die loopt, begon op of voor {vandaag}"))
    if wordt in (LOOPT, AFGEROND) and not deelnemers:
        fouten.append(InvalidParam("status", "geen_deelnemers", "er doet geen gemeente mee"))
    if wordt == AFGEROND:
        if na["eind"] > vandaag:
            fouten.append(InvalidParam("eind", "te_vroeg", f"een pilot die is afgerond, eindigde op of voor {vandaag}"))
        fouten += [
            InvalidParam(naam, "ontbreekt", "hoort bij een pilot die is afgerond")
            for naam in ("resultaat", "geslaagd")
            if na[naam] is None
        ]
    elif na["geslaagd"] is not None:
        fouten.append(InvalidParam("geslaagd", "te_vroeg", "dat blijkt als de pilot is afgerond"))
    if wordt == AFGEBROKEN and na["reden"] is None:
        fouten.append(InvalidParam("reden", "ontbreekt", "zeg waarom de pilot is afgebroken"))
    if wordt != AFGEBROKEN and na["reden"] is not None:
        fouten.append(InvalidParam("reden", "te_vroeg", "hoort bij een pilot die is afgebroken"))
    return fouten
