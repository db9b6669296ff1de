"""Wire models of peilingen."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from gemeengoed_kit.failure import Failure
from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Input, Moment, Output, Whole
from pydantic import Field

Status = Literal["aangevraagd", "gereed", "mislukt"]
Inwonerstatus = Literal["voorlopig", "definitief"]
_STATUS = "Hoe het ermee staat."


class NieuwePeiling(Input):
    """Wat aan de catalogus te vragen."""

    indeling: GivenDay = Field(description="Dag waarvan de gemeenten tellen.", examples=["2027-01-01"])
    peildatum: GivenDay = Field(description="Dag waarvan de inwoners tellen.", examples=["2026-01-01"])
    compensatie_jaren: Annotated[Whole, Field(ge=0, le=10)] = Field(
        0, description="Vraag ook de voorgangers op van gemeenten die in zoveel jaar zijn ingesteld.", examples=[0]
    )


class PeilingenFilter(PageQuery):
    peildatum: GivenDay | None = Field(None, description="Alleen met deze peildatum.", examples=["2020-01-01"])
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["gereed"])


class Mislukking(Failure):
    """Waarom een opdracht is mislukt."""

    gemeentecodes: list[str] = Field(default_factory=list, description="Gemeenten waar het om gaat.", examples=[["GM9999"]])


class Voorganger(Output):
    """Een gemeente die in een andere is opgegaan."""

    code: str = Field(description="CBS-gemeentecode.", examples=["GM0140"])
    naam: str = Field(description="Naam.", examples=["Littenseradiel"])
    inwoners: int = Field(ge=1, description="Inwoners op die dag.", examples=[10887])
    peildatum: Day = Field(description="Laatste 1 januari waarop zij bestond.", examples=["2017-01-01"])


class PeilingSamenvatting(Output):
    """Een opvraging van gemeenten en inwoners bij de catalogus."""

    id: UUID = Field(description="Identificatie.", examples=["5f0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"])
    indeling: Day = Field(description="Dag waarvan de gemeenten tellen.", examples=["2027-01-01"])
    peildatum: Day = Field(description="Dag waarvan de inwoners tellen.", examples=["2026-01-01"])
    compensatie_jaren: int = Field(ge=0, description="Jaren waarvan ook voorgangers zijn opgevraagd.", examples=[0])
    status: Status = Field(description=_STATUS, examples=["gereed"])
    aangevraagd_op: Moment = Field(description="Wanneer aangevraagd.", examples=["2026-09-01T09:00:00.000Z"])
    gereed_op: Moment | None = Field(
        description="Wanneer de catalogus heeft geantwoord; anders null.", examples=["2026-09-01T09:00:01.000Z"]
    )
    aantal: int | None = Field(description="Aantal gemeenten; null zolang zij niet gereed is.", examples=[342])
    probleem: Mislukking | None = Field(description="Waarom zij is mislukt; anders null.")


class Peilinggemeente(Output):
    """Een gemeente met haar inwoners."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam.", examples=["Utrecht"])
    inwoners: int = Field(ge=1, description="Inwoners op de peildatum.", examples=[357597])
    inwonerstatus: Inwonerstatus | None = Field(
        description="Of de bron het aantal voorlopig of definitief noemt; null als zij dat niet zegt.", examples=["definitief"]
    )
    voorgangers: list[Voorganger] = Field(description="Waaruit zij is ontstaan, waar dat is opgevraagd.")


class Peiling(PeilingSamenvatting):
    """Een peiling met wat de catalogus toen gaf."""

    gemeenten: list[Peilinggemeente] = Field(description="De gemeenten, op code; leeg zolang zij niet gereed is.")


class PeilingenPagina(Page):
    """Peilingen, de laatst aangevraagde eerst."""

    results: list[PeilingSamenvatting] = Field(description="De peilingen op deze pagina.")


def als_mislukking(probleem: dict[str, Any] | None) -> Mislukking | None:
    """A stored problem as the API shows it."""
    return Mislukking.make(**probleem) if probleem else None
