"""Why background work has failed, in the form that a resource shows."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from gemeengoed_kit.schema import Output


class Failure(Output):
    """Waarom een opdracht op de achtergrond is mislukt. A service's own subclass adds the members its refusals carry."""

    model_config = ConfigDict(title="Mislukking")

    type: str = Field(description="Soort fout; `GET /v1/problemen/{type}` zegt wat zij betekent.", examples=["bron-onbereikbaar"])
    title: str = Field(description="Korte naam van de fout.", examples=["Bron niet bereikbaar"])
    detail: str = Field(description="Wat er mis is.", examples=["catalogus/v1/gemeenten: geen antwoord"])
