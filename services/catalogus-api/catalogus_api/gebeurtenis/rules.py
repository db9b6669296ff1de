"""What an event is called, by machines and by people: pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic.alias_generators import to_snake

VOORVOEGSEL = "nl.gemeengoed.catalogus."
LANGSTE_SEQUENCE = 18
"""Digits of a `sequence`, with zeros before it: as texts they have the order of the numbers."""
VOLTOOID = {
    "aanmaken": "aangemaakt",
    "aanmelden": "aangemeld",
    "afmelden": "afgemeld",
    "beoordelen": "beoordeeld",
    "geven": "gegeven",
    "indienen": "ingediend",
    "inlezen": "ingelezen",
    "intrekken": "ingetrokken",
    "overgaan": "overgegaan",
    "plannen": "gepland",
    "vastleggen": "vastgelegd",
    "vaststellen": "vastgesteld",
    "wijzigen": "gewijzigd",
}
"""What use cases do, and how it is called once it has been done. A verb that is not here keeps its form; a test finds it."""
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
GEWIJZIGD = VOLTOOID["wijzigen"]
_STIL = {"versie"}
"""What changes with every change, and is no news."""
_HOOGSTENS = 20


def type_van(handeling: str) -> str:
    """The CloudEvents type of what a use case did: `voorziening.wijzigen` gives `nl.gemeengoed.catalogus.voorziening.gewijzigd`.

    Source: NL GOV profile for CloudEvents 1.1, `type`: reverse DNS, and no name of an organisation.
    """
    onderwerp, _, daad = handeling.rpartition(".")
    *waarvan, werkwoord = daad.split("-")
    return VOORVOEGSEL + ".".join(filter(None, (onderwerp, "-".join([*waarvan, VOLTOOID.get(werkwoord, werkwoord)]))))


def sequence_van(volgnummer: int) -> str:
    """The `sequence` (CloudEvents extension) of a number: text, in the order of the numbers."""
    return f"{volgnummer:0{LANGSTE_SEQUENCE}}"


def hoofdzaak(onderwerp: str) -> tuple[str, str | None]:
    """(collection, code) of the resource that a path is of, or of which it is a part; without code of a collection itself."""
    soort, _, rest = onderwerp.removeprefix("/v1/").removeprefix("duiding/").partition("?")[0].partition("/")
    return soort, rest.partition("/")[0] or None


def titel(type: str, onderwerp: str, data: Mapping[str, Any], naam: str | None) -> str:
    """What happened, in a line for people: "Voorziening Govroam gewijzigd: fase".

    Args:
        naam: of the resource that it is about; None when it is not known, or not to be seen.
    """
    soort, _, daad = type.removeprefix(VOORVOEGSEL).rpartition(".")
    soort, daad = soort.replace("-", " "), daad.replace("-", " ")
    _, code = hoofdzaak(onderwerp)
    wie = naam or (code if code and not _UUID.fullmatch(code) else None)
    if wie is None:
        zin = f"{soort} {daad}"
    elif onderwerp.removeprefix("/v1/duiding").count("/") > 3:  # a part of it
        zin = f"{soort} {daad} bij {wie}"
    else:
        zin = f"{soort} {wie} {daad}"
    wat = [in_woorden(lid) for lid in data if lid not in _STIL] if daad == GEWIJZIGD else []
    return zin[:1].upper() + zin[1:] + (f": {', '.join(wat)}" if wat else "")


def in_woorden(lid: str) -> str:
    """A member of a change as words: `mateVanBinding` is "mate van binding"."""
    return to_snake(lid).replace("_", " ")


def tekst(type: str, data: Mapping[str, Any]) -> str:
    """What changed, a line per member, for people. That something is empty is only said of what was not so before."""
    leeg_is_nieuws = type.endswith(f".{GEWIJZIGD}")
    gezegd = {lid: waarde for lid, waarde in data.items() if lid not in _STIL and (leeg_is_nieuws or waarde not in (None, []))}
    regels = [f"{in_woorden(lid)}: {_waarde(waarde)}" for lid, waarde in gezegd.items()]
    meer = [f"en {len(regels) - _HOOGSTENS} andere gegevens"] if len(regels) > _HOOGSTENS else []
    return "\n".join(regels[:_HOOGSTENS] + meer)


def _waarde(waarde: Any) -> str:
    if waarde is None or waarde == []:
        return "leeg"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, list):
        return ", ".join(map(_waarde, waarde[:_HOOGSTENS])) + (" en meer" if len(waarde) > _HOOGSTENS else "")
    if isinstance(waarde, dict):
        return "; ".join(f"{in_woorden(lid)} {_waarde(deel)}" for lid, deel in waarde.items())
    return str(waarde)
