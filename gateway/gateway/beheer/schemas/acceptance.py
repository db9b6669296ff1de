"""Wire models of acceptance rules."""

from __future__ import annotations

from typing import Any

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Input, Moment, Output, Whole
from pydantic import Field

_GRANTS = (
    "De grants van het contract, elk volgens FSC Core. Open mag zijn: `outway.peer_id` (`*`: iedere peer die zich hier "
    "aanmeldde, of een lijst van OIN's), `outway.public_key_thumbprint` (`*`) en `directory.peer_id` (`*`). "
    "In FSC Core 2.0 wordt de sleutel bewaard in `outway.identification`."
)


class RegelInvoer(Input):
    """Een contract dat vanzelf aanvaard wordt: precies deze grants, niet meer en niet minder."""

    grants: list[dict[str, Any]] = Field(min_length=1, max_length=10, description=_GRANTS)
    max_dagen: Whole = Field(ge=1, le=36_500, description="Langste duur van het contract.", examples=[366])


class Regel(Output):
    """Een regel waarmee de peer contracten vanzelf aanvaardt."""

    naam: str = Field(description="Naam van de regel; staat bij elke beslissing.", examples=["catalogus"])
    grants: list[dict[str, Any]] = Field(description=_GRANTS)
    max_dagen: int = Field(ge=1, description="Langste duur van het contract.", examples=[366])
    gewijzigd_op: Moment = Field(description="Tijdstip van de laatste wijziging.")


class Regels(Page):
    """Een pagina met regels."""

    results: list[Regel] = Field(description="Regels, op naam.")
