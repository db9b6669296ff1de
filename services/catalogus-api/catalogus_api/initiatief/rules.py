"""How an initiatief goes from concept to voorziening, and who sees it. Pure. (VNG, collectivisering: the Pilotstarter.)"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any, Literal
from uuid import UUID

from gemeengoed_kit.errors import InvalidParam

Status = Literal["concept", "ingediend", "in behandeling", "aangenomen", "afgewezen", "ingetrokken"]
VanIndiener = Literal["concept", "ingediend", "ingetrokken"]
Oordeel = Literal["in behandeling", "aangenomen", "afgewezen"]
Zichtbaarheid = Literal["indiener", "aangesloten", "openbaar"]
CONCEPT, INGEDIEND, IN_BEHANDELING = "concept", "ingediend", "in behandeling"
AANGENOMEN, AFGEWEZEN, INGETROKKEN = "aangenomen", "afgewezen", "ingetrokken"
INHOUD = ("titel", "probleem", "voorstel", "domein")
VERVOLG: Mapping[str, Collection[str]] = {
    CONCEPT: (INGEDIEND, INGETROKKEN),
    INGEDIEND: (IN_BEHANDELING, INGETROKKEN),
    IN_BEHANDELING: (AANGENOMEN, AFGEWEZEN, INGETROKKEN),
    AANGENOMEN: (),
    AFGEWEZEN: (),
    INGETROKKEN: (),
}
"""What each status may become."""
OPEN = (INGEDIEND, IN_BEHANDELING)
"""What others may support."""


def zichtbaar_voor(status: str, vorige: str | None) -> str:
    """Who sees an initiatief with a status: who submitted it, who is connected, or everybody. What was withdrawn stays as it was.

    Args:
        vorige: for whom it was visible before; None for a new one.
    """
    if status == INGETROKKEN:
        return vorige or "indiener"
    return {CONCEPT: "indiener", AANGENOMEN: "openbaar"}.get(status, "aangesloten")


def code_van(titel: str, id: UUID) -> str:
    """A code for the voorziening that an initiatief becomes, that no other has: words of its title, and the begin of its id."""
    kaal = unicodedata.normalize("NFKD", titel).encode("ascii", "ignore").decode().lower()
    woorden = re.sub("[^a-z0-9]+", "-", kaal).strip("-")[:51].rstrip("-")
    return f"{woorden or 'initiatief'}-{id.hex[:8]}"


def bezwaren(voor: Mapping[str, Any], na: Mapping[str, Any], voorziening: Any = None) -> list[InvalidParam]:
    """All that is wrong with a next version.

    Args:
        voor, na: the version that holds and the one that would; by column.
        voorziening: what it would become, of a judgement.
    """
    was, wordt = voor["status"], na["status"]
    fouten = []
    if was != wordt and wordt not in VERVOLG[was]:
        kan = " of ".join(VERVOLG[was]) or "niets meer"
        fouten.append(InvalidParam("status", "volgorde", f"{was} wordt {kan}, niet {wordt}"))
    elif was == wordt and was != CONCEPT:
        fouten.append(InvalidParam("status", "volgorde", f"het is al {was}"))
    if was != CONCEPT:
        fouten += [
            InvalidParam(naam, "ligt_vast", "is ingediend en verandert niet meer") for naam in INHOUD if na[naam] != voor[naam]
        ]
    if wordt == AFGEWEZEN and not na["reden"]:
        fouten.append(InvalidParam("reden", "ontbreekt", "een afwijzing heeft een reden"))
    if wordt == AANGENOMEN and voorziening is None:
        fouten.append(InvalidParam("voorziening", "ontbreekt", "noem de voorziening die het wordt"))
    if wordt != AANGENOMEN and voorziening is not None:
        fouten.append(
            InvalidParam("voorziening", "te_vroeg", f"alleen wat wordt aangenomen, wordt een voorziening; dit wordt {wordt}")
        )
    return fouten
