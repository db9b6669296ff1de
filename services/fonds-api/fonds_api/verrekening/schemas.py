"""Wire models of verrekeningen."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Input, Line, Moment, Output, Whole
from pydantic import Field

from fonds_api.fonds.schemas import FONDSCODE
from fonds_api.nota.schemas import NOTA_ID

_ID = "2d1f0a52-6d1e-4b7a-9c58-2e4d7f1a0b63"
_VAN, _MET = "Nota die iets tegoed heeft.", "Nota die daarmee wordt betaald."


class NieuweVerrekening(Input):
    """Welke nota met het tegoed van een andere wordt betaald."""

    van: str = Field(pattern=NOTA_ID, max_length=60, description=_VAN, examples=["ggu-2020-00356"])
    met: str = Field(pattern=NOTA_ID, max_length=60, description=_MET, examples=["ggu-2020-00001"])
    bedrag_cent: Annotated[Whole, Field(ge=1, le=10**12)] = Field(description="Bedrag in centen.", examples=[12500])
    reden: Line = Field(max_length=300, description="Waarom.", examples=["Op verzoek van de gemeente"])


class NieuweVerrekeningherroeping(Input):
    """Waarom een verrekening wordt herroepen."""

    reden: Line = Field(max_length=300, description="Waarom.", examples=["De gemeente wil het terugbetaald"])


class VerrekeningenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen van dit fonds.", examples=["ggu"])
    gemeentecode: str | None = Field(None, pattern=r"^GM[0-9]{4}$", description="Alleen van deze gemeente.", examples=["GM0344"])
    nota: str | None = Field(
        None, pattern=NOTA_ID, max_length=60, description="Alleen van of met deze nota.", examples=["ggu-2020-00001"]
    )


class Verrekening(Output):
    """Wat een nota tegoed had en waarmee een andere is betaald; er is niets voor geboekt, want beide staan op 1300."""

    id: UUID = Field(description="Identificatie.", examples=[_ID])
    fonds: str = Field(description="Fonds van beide nota's.", examples=["ggu"])
    gemeentecode: str = Field(description="Gemeente van beide nota's.", examples=["GM0344"])
    van: str = Field(description=_VAN, examples=["ggu-2020-00356"])
    met: str = Field(description=_MET, examples=["ggu-2020-00001"])
    bedrag_cent: int = Field(description="Bedrag in centen; negatief in wat een andere herroept.", examples=[12500])
    reden: str = Field(description="Waarom.", examples=["Op verzoek van de gemeente"])
    herroept: UUID | None = Field(description="Verrekening die deze terugneemt; anders null.", examples=[_ID])
    herroepen_door: UUID | None = Field(description="Verrekening die deze terugneemt; null als dat niet zo is.", examples=[_ID])
    vastgelegd_op: Moment = Field(description="Wanneer zij is vastgelegd.", examples=["2020-03-02T09:00:00.000Z"])


class VerrekeningenPagina(Page):
    """Verrekeningen, in volgorde van vastleggen."""

    results: list[Verrekening] = Field(description="De verrekeningen op deze pagina.")
