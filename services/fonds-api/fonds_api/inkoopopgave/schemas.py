"""Wire models of inkoopopgaven."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Input, Moment, Output, Reference
from pydantic import Field

from fonds_api.peiling.schemas import Mislukking

DEELNEMERPAD = r"^/v1/(gemeenten/GM[0-9]{4}|samenwerkingsverbanden/[a-z0-9-]{1,60})$"
Status = Literal["aangevraagd", "gereed", "mislukt"]
_DEELNEMER = {"bron": "catalogus", "pad": "/v1/gemeenten/GM0344"}
_PEILDATUM = "Dag waarvan leden en inwoners tellen."


class InkoopdeelnemerVerwijzing(Input):
    """Een gemeente of samenwerkingsverband in de catalogus."""

    bron: Literal["catalogus"] = Field(description="Naam van de bron.", examples=["catalogus"])
    pad: str = Field(pattern=DEELNEMERPAD, max_length=100, description="Pad bij die bron.", examples=["/v1/gemeenten/GM0344"])


class NieuweInkoopopgave(Input):
    """Over welke deelnemer de catalogus te vragen."""

    deelnemer: InkoopdeelnemerVerwijzing = Field(description="Wie.")
    peildatum: GivenDay = Field(description=_PEILDATUM, examples=["2018-01-01"])


class InkoopopgavenFilter(PageQuery):
    peildatum: GivenDay | None = Field(None, description="Alleen met deze peildatum.", examples=["2018-01-01"])
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["gereed"])


class Inkoopopgavelid(Output):
    """Een gemeente achter een deelnemer."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    naam: str = Field(description="Naam.", examples=["Utrecht"])
    inwoners: int = Field(ge=1, description="Inwoners op de peildatum.", examples=[347483])


class Inkoopopgave(Output):
    """Wat de catalogus over een deelnemer zei: de gemeente zelf, of de leden van een samenwerkingsverband, met hun inwoners."""

    id: UUID = Field(description="Identificatie.", examples=["6a0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"])
    deelnemer: Reference = Field(description="Wie.", examples=[_DEELNEMER])
    peildatum: Day = Field(description=_PEILDATUM, examples=["2018-01-01"])
    status: Status = Field(description="Hoe het ermee staat.", examples=["gereed"])
    inwoners: int | None = Field(description="Inwoners van alle leden samen; null zolang zij niet gereed is.", examples=[347483])
    leden: list[Inkoopopgavelid] = Field(description="De gemeenten, op code; leeg zolang zij niet gereed is.")
    aangevraagd_op: Moment = Field(description="Wanneer aangevraagd.", examples=["2018-01-15T09:00:00.000Z"])
    gereed_op: Moment | None = Field(
        description="Wanneer de catalogus heeft geantwoord; anders null.", examples=["2018-01-15T09:00:01.000Z"]
    )
    probleem: Mislukking | None = Field(description="Waarom zij is mislukt; anders null.")


class InkoopopgavenPagina(Page):
    """Opgaven, de laatst aangevraagde eerst."""

    results: list[Inkoopopgave] = Field(description="De opgaven op deze pagina.")
