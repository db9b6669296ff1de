"""Wire models of faseovergangen."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Day, GivenDay, GivenUuid, Input, Line, Moment, Output, Whole
from pydantic import Field

from catalogus_api.levensloop.rules import Beheerstap, Fase

_ID = "3f0c9a52-6d1e-4b7a-9c58-2e4d7f1a0b63"
_STAP = (
    "Stap van het in beheer nemen. `starten` en `doorlopen` bereiden het voor, terwijl de fase `opschaling` blijft; `doorlopen` "
    "kan na positieve besluitvorming. Met `continueren` is zij in beheer."
)


class Grond(Input):
    """Waarop een overgang berust; noem er een of meer."""

    besluit: GivenUuid | None = Field(None, description="Identificatie van een besluit over de voorziening.", examples=[_ID])
    pilot: GivenUuid | None = Field(None, description="Identificatie van een pilot van de voorziening.", examples=[_ID])
    impactanalyse: Annotated[Whole, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="Nummer van een impactanalyse; bij opschaling is dat altijd de laatste.", examples=[1]
    )
    gebeurtenis: Annotated[Line, Field(max_length=1000)] | None = Field(
        None, description="Wat er gebeurde, in woorden.", examples=["De laatste gemeente is overgestapt."]
    )


class NieuweFaseovergang(Input):
    """Een stap in de levensloop van een voorziening."""

    naar: Fase = Field(description="De fase na de overgang.", examples=["pilot"])
    stap: Beheerstap | None = Field(None, description=_STAP, examples=["starten"])
    datum: GivenDay | None = Field(None, description="Sinds wanneer; weggelaten is het vandaag.", examples=["2018-01-15"])
    grondslag: Grond = Field(description="Waarop de overgang berust.")
    reden: Annotated[Line, Field(max_length=2000)] | None = Field(
        None,
        description="Waarom; verplicht bij stoppen, want daar valt van te leren.",
        examples=["Te duur voor wat het opleverde."],
    )


class Faseovergang(Output):
    """Een stap in de levensloop van een voorziening, met wat haar toestond."""

    voorziening: str = Field(description="Code van de voorziening.", examples=["kindertelefoon"])
    versie: int = Field(ge=1, description="De versie van de voorziening die ermee ontstond.", examples=[2])
    van: str | None = Field(description="De fase ervoor; null als die niet bekend was.", examples=["initiatief"])
    naar: str | None = Field(description="De fase erna; null als de stukken die niet meer noemen.", examples=["pilot"])
    beheerstap: str | None = Field(description="Stap van het in beheer nemen, erna; null: geen.", examples=["starten"])
    datum: Day | None = Field(description="Sinds wanneer; null als dat niet bekend is.", examples=["2018-01-15"])
    besluit: str | None = Field(description="Pad van het besluit waarop zij berust.", examples=[f"/v1/besluiten/{_ID}"])
    pilot: str | None = Field(description="Pad van de pilot waarop zij berust.", examples=[f"/v1/pilots/{_ID}"])
    impactanalyse: str | None = Field(
        description="Pad van de impactanalyse waarop zij berust.", examples=["/v1/voorzieningen/kindertelefoon/impactanalyses/1"]
    )
    initiatief: str | None = Field(
        description="Pad van het initiatief waaruit zij ontstond.", examples=[f"/v1/initiatieven/{_ID}"]
    )
    gebeurtenis: str | None = Field(description="Wat er gebeurde.", examples=["De laatste gemeente is overgestapt."])
    stuk: str | None = Field(
        description="Het stuk dat de fase noemt, van wat met de software is ingelezen.", examples=["VNG, BALV 30-11-2016, p. 25"]
    )
    reden: str | None = Field(description="Waarom; null als dat niet is gezegd.")
    vastgelegd_op: Moment = Field(description="Wanneer zij is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class Ontbrekend(Output):
    """Iets wat voor een overgang ontbreekt; zoals in `invalidParams` van haar weigering."""

    name: str = Field(description="Het gegeven van de overgang waar het om gaat.", examples=["grondslag.pilot"])
    code: str = Field(description="Wat ermee is.", examples=["ontbreekt"])
    reason: str = Field(description="Wat er ontbreekt.", examples=["noem een pilot van deze voorziening"])


class Vervolgstap(Output):
    """Een overgang die een voorziening zou kunnen maken, met wat daarvoor ontbreekt."""

    naar: Fase = Field(description="De fase na de overgang.", examples=["pilot"])
    stap: Beheerstap | None = Field(description=_STAP, examples=["starten"])
    mogelijk: bool = Field(description="Of zij nu kan, op gronden die er zijn.", examples=[False])
    ontbreekt: list[Ontbrekend] = Field(description="Alles waarom zij nog niet kan; leeg als zij kan.")


class Vervolg(Output):
    """Wat er voor elke volgende fase nog ontbreekt."""

    voorziening: str = Field(description="Code van de voorziening.", examples=["kindertelefoon"])
    fase: str | None = Field(description="De fase van nu; null als die niet bekend is.", examples=["initiatief"])
    beheerstap: str | None = Field(description="Stap van het in beheer nemen, nu; null: geen.", examples=["starten"])
    op: Day = Field(description="Voor een overgang op deze dag: vandaag.", examples=["2018-01-15"])
    overgangen: list[Vervolgstap] = Field(description="Elke fase, in hun volgorde.")


class FaseovergangenPagina(Page):
    """Faseovergangen van een voorziening, laatste eerst."""

    results: list[Faseovergang] = Field(description="De overgangen op deze pagina.")
