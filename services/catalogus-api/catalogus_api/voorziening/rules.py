"""What an entry must be, and what it is called: the words are those of the papers (BALV 30-11-2016; GGU 2020-2024)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

from gemeengoed_kit.errors import InvalidParam
from pydantic.alias_generators import to_camel

Soort = Literal[
    "e-formulier",
    "app",
    "werkproces",
    "koppelvlak",
    "standaard",
    "inkoopvoorwaarden",
    "contract",
    "netwerk",
    "infrastructuur",
    "kennisproduct",
    "dienst",
]
Domein = Literal["publieksdienstverlening", "sociaal domein", "fysiek domein", "belastingen", "bestuur en veiligheid", "generiek"]
Prioriteit = Literal["A1", "A2", "B1", "B2", "B3", "C1", "C2", "C3", "D1", "D2"]
Gebruiker = Literal["gemeente", "ketenpartner", "inwoner", "ondernemer", "leverancier"]
Fase = Literal["initiatief", "pilot", "impactanalyse", "opschaling", "in beheer", "uitfasering", "gestopt"]
MateVanBinding = Literal["vrij", "vrijwillig maar niet vrijblijvend", "algemeen bindend"]
Beheerstap = Literal["starten", "doorlopen", "continueren"]
Publicatiestatus = Literal["concept", "gepubliceerd"]

CONCEPT, GEPUBLICEERD = "concept", "gepubliceerd"
GERESERVEERD = frozenset({"facetten"})
"""Codes that would be hidden behind a path of the API."""
_WOORDEN: Mapping[str, Any] = {"soort": Soort, "domein": Domein, "mate_van_binding": MateVanBinding}
ZOEKWOORDEN = 8
"""Words of a search that count; the rest is left aside."""


def bezwaren(voor: Mapping[str, Any], na: Mapping[str, Any]) -> list[InvalidParam]:
    """All that is wrong with an entry as it would become.

    Args:
        voor: as it was; empty for a new one.
        na: as it would become, all of it, by the names of its columns.
    """
    gevonden = [
        InvalidParam(to_camel(naam), "waarde", f"{na[naam]} kan niet; kies uit {', '.join(get_args(woorden))}")
        for naam, woorden in _WOORDEN.items()
        if na[naam] is not None and na[naam] not in get_args(woorden)
    ]
    if voor.get("publicatiestatus") == GEPUBLICEERD and na["publicatiestatus"] == CONCEPT:
        gevonden.append(InvalidParam("publicatiestatus", "al_gepubliceerd", "wat gepubliceerd is, blijft dat"))
    for naam in ("ontwikkelaars", "gebruikers", "leveranciers", "bouwstenen"):
        if len(set(na[naam])) < len(na[naam]):
            gevonden.append(InvalidParam(naam, "dubbel", "noemt iets twee keer"))
    return gevonden


def anders(voor: Mapping[str, Any], na: Mapping[str, Any]) -> dict[str, Any]:
    """The members of `na` that differ from `voor`."""
    return {naam: waarde for naam, waarde in na.items() if voor.get(naam) != waarde}


def zoekwoorden(term: str) -> list[str]:
    """The words of a search, each once: letters and digits, with accents that stand by themselves."""
    return list(dict.fromkeys(re.findall("(?:[^\\W_]|[\u0300-\u036f])+", term)))[:ZOEKWOORDEN]


def sorteersleutel(sorteer: str) -> tuple[str, bool]:
    """(column, whether descending) of a `sorteer`."""
    kolommen = {"gewijzigdOp": "gewijzigd_op"}
    kaal = sorteer.removeprefix("-")
    return kolommen.get(kaal, kaal), sorteer.startswith("-")


def gewijzigd(nieuw: Mapping[str, Any], oud: Mapping[str, Any] | None, namen: Iterable[str]) -> list[str]:
    """Which of these members a version has otherwise than the one before; all where there is none."""
    return [naam for naam in namen if oud is None or nieuw[naam] != oud[naam]]
