"""Wire models of initiatieven."""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Input, Line, Moment, Output
from pydantic import Field

from catalogus_api.gemeente.schemas import GEMEENTECODE
from catalogus_api.initiatief.rules import Oordeel, Status, VanIndiener
from catalogus_api.voorziening.rules import Domein, Soort
from catalogus_api.voorziening.schemas import CODE

_ID = "0b0e7a58-4b53-4b0e-9a57-6f7b5a2f4c11"
Titel = Annotated[
    Line, Field(max_length=120, description="Waar het over gaat, in één regel.", examples=["Eén afspraak voor alle balies"])
]
Probleem = Annotated[
    Line,
    Field(
        max_length=2000, description="Wat er nu niet goed gaat, en voor wie.", examples=["Inwoners moeten drie keer langskomen."]
    ),
]
Voorstel = Annotated[
    Line, Field(max_length=2000, description="Wat gemeenten samen zouden kunnen doen.", examples=["Samen één agenda gebruiken."])
]
EenDomein = Annotated[Domein, Field(description="Domein.", examples=["publieksdienstverlening"])]
Reden = Annotated[Line, Field(max_length=1000, description="Waarom.", examples=["Bestaat al als voorziening."])]
_BLIJFT: Any = None
"""Stands for what a change does not name; null itself is refused there."""


class InitiatievenFilter(PageQuery):
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["ingediend"])
    domein: Domein | None = Field(None, description="Alleen in dit domein.", examples=["sociaal domein"])
    gemeentecode: str | None = Field(None, pattern=GEMEENTECODE, description="Alleen van deze gemeente.", examples=["GM0344"])
    samenwerkingsverband: str | None = Field(
        None, pattern=CODE, description="Alleen van dit samenwerkingsverband.", examples=["drechtsteden"]
    )


class NieuwInitiatief(Input):
    """Een idee van een gemeente of samenwerkingsverband; als concept ziet alleen de indiener het, en het beheer."""

    titel: Titel
    probleem: Probleem
    voorstel: Voorstel
    domein: EenDomein
    status: Literal["concept", "ingediend"] = Field("concept", description="Of het al is ingediend.", examples=["concept"])


class InitiatiefWijziging(Input):
    """Wat de indiener wijzigt; wat hier niet in staat, blijft. De inhoud ligt vast zodra het is ingediend."""

    titel: Titel = _BLIJFT
    probleem: Probleem = _BLIJFT
    voorstel: Voorstel = _BLIJFT
    domein: EenDomein = _BLIJFT
    status: VanIndiener = Field(_BLIJFT, description="Indienen of intrekken.", examples=["ingediend"])
    reden: Reden | None = None


class NieuweVoorzieningKort(Input):
    """Als wat het initiatief in de catalogus komt; naam, omschrijving en domein zijn die van het initiatief."""

    code: str | None = Field(
        None,
        pattern=CODE,
        description="Identificatie van de voorziening, voorgoed; zonder: uit de titel. Alleen catalogusbeheer kiest er zelf een, "
        "want alleen die ziet welke codes concepten hebben.",
        examples=["balie-afspraak"],
    )
    soort: Soort = Field(description="Soort voorziening.", examples=["app"])


class Beoordeling(Input):
    """Wat er van een ingediend initiatief wordt."""

    status: Oordeel = Field(description="In behandeling genomen, aangenomen of afgewezen.", examples=["in behandeling"])
    reden: Reden | None = None
    voorziening: NieuweVoorzieningKort | None = Field(None, description="Bij aannemen: wat het in de catalogus wordt.")


class Initiatief(Output):
    """Een idee om samen op te pakken."""

    id: uuid.UUID = Field(description="Identificatie.", examples=[_ID])
    versie: int = Field(ge=1, description="Nummer van deze versie; ook de ETag.", examples=[1])
    titel: str = Field(description="Waar het over gaat.", examples=["Eén afspraak voor alle balies"])
    probleem: str = Field(description="Wat er nu niet goed gaat.", examples=["Inwoners moeten drie keer langskomen."])
    voorstel: str = Field(description="Wat gemeenten samen zouden kunnen doen.", examples=["Samen één agenda gebruiken."])
    domein: str = Field(description="Domein.", examples=["publieksdienstverlening"])
    gemeentecode: str | None = Field(description="Gemeente die het indiende; null als een samenwerkingsverband dat deed.")
    samenwerkingsverband: str | None = Field(description="Samenwerkingsverband dat het indiende; null als een gemeente dat deed.")
    status: str = Field(
        description="concept, ingediend, in behandeling, aangenomen, afgewezen of ingetrokken.", examples=["ingediend"]
    )
    zichtbaar_voor: str = Field(
        description="Wie het ziet: de indiener en het beheer, wie is aangesloten, of iedereen (openbaar).",
        examples=["aangesloten"],
    )
    reden: str | None = Field(description="Waarom het deze status kreeg; null als dat niet is gezegd.")
    voorziening: str | None = Field(description="Code van de voorziening die het werd; null zolang het niet is aangenomen.")
    vastgelegd_op: Moment = Field(description="Sinds wanneer deze versie er is.", examples=["2018-01-15T09:00:00.000Z"])


class InitiatievenPagina(Page):
    """Initiatieven, laatst gewijzigde eerst."""

    results: list[Initiatief] = Field(description="De initiatieven op deze pagina.")


class InitiatiefversiesPagina(Page):
    """Versies van een initiatief, nieuwste eerst."""

    results: list[Initiatief] = Field(description="De versies op deze pagina.")
