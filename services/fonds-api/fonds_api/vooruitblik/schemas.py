"""Wire models of previews."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gemeengoed_kit.schema import Day, Digits, GivenUuid, Input, Output, Reference
from pydantic import Field

from fonds_api.bijdrage.schemas import Deel
from fonds_api.fonds.schemas import FONDSCODE
from fonds_api.omslag.schemas import Indexering, Iv3, Omslag, Termijn
from fonds_api.peiling.schemas import Inwonerstatus, Voorganger
from fonds_api.vooruitblik.rules import Reden

_PEILING = "5f0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"


class Voorbeeldvraag(Input):
    peiling: GivenUuid | None = Field(
        None, description="Peiling om mee te rekenen; anders de laatste van de dagen van de omslag.", examples=[_PEILING]
    )


class Vooruitblikvraag(Input):
    fonds: str = Field(pattern=FONDSCODE, description="Fonds waaraan wordt bijgedragen.", examples=["ggu"])
    jaar: Annotated[Digits, Field(ge=2000, le=2100)] = Field(description="Jaar waarover.", examples=[2020])


class Verklaring(Output):
    """Een reden waarom een bijdrage anders is dan het jaar ervoor."""

    reden: Reden = Field(description="De reden.", examples=["inwoners"])
    uitleg: str = Field(description="De reden in woorden.", examples=["De gemeente heeft een ander aantal inwoners."])
    verschil_cent: int = Field(description="Wat dat scheelt, in centen.", examples=[12345])


class Voorbeeldbijdrage(Output):
    """Wat een gemeente zou bijdragen."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam.", examples=["Utrecht"])
    inwoners: int = Field(ge=1, description="Inwoners op de peildatum van de peiling.", examples=[357597])
    inwonerstatus: Inwonerstatus | None = Field(
        description="Of de bron het aantal voorlopig of definitief noemt; null als zij dat niet zegt.", examples=["voorlopig"]
    )
    bedrag_cent: int = Field(ge=0, description="Bijdrage volgens de omslag, in centen.", examples=[107437899])
    compensatie_cent: int = Field(ge=0, description="Herindelingscompensatie die er al af is, in centen.", examples=[0])
    klasse_cent: int | None = Field(description="Dezelfde banden gelezen als klassen; null zonder banden.", examples=[54354744])
    schijf_cent: int | None = Field(description="Dezelfde banden gelezen als schijven; null zonder banden.", examples=[41119775])
    vorig_cent: int | None = Field(description="Bijdrage van het jaar ervoor; null als die er niet is.", examples=[107000000])
    verschil_cent: int = Field(description="Verschil met het jaar ervoor, in centen.", examples=[437899])
    verklaring: list[Verklaring] = Field(description="Waardoor; samen precies het verschil.")


class Voorbeeld(Output):
    """Wat een omslag zou opleveren, zonder gevolgen. Een gemeente ziet alleen zichzelf, ook in de totalen."""

    omslag: str = Field(description="Pad van de omslag.", examples=["/v1/omslagen/ggu-2027-1"])
    peiling: UUID = Field(description="Peiling waarmee is gerekend.", examples=[_PEILING])
    indeling: Day = Field(description="Dag waarvan de gemeenten in de peiling tellen.", examples=["2026-01-01"])
    peildatum: Day = Field(description="Dag waarvan de inwoners in de peiling tellen.", examples=["2026-01-01"])
    op_eigen_dagen: bool = Field(description="Of de peiling van de dagen van de omslag is.", examples=[False])
    aantal: int = Field(ge=0, description="Aantal gemeenten hieronder.", examples=[342])
    aantal_voorlopig: int = Field(ge=0, description="Hoeveel daarvan een voorlopig inwonertal hebben.", examples=[342])
    bedrag_cent: int = Field(ge=0, description="De bijdragen hieronder samen, in centen.", examples=[5230000000])
    klasse_cent: int | None = Field(description="Samen, als klassen gelezen; null zonder banden.", examples=[2489648844])
    schijf_cent: int | None = Field(description="Samen, als schijven gelezen; null zonder banden.", examples=[2777208844])
    vorig_cent: int = Field(ge=0, description="De bijdragen van het jaar ervoor samen, in centen.", examples=[5230000000])
    verschil_cent: int = Field(description="Verschil met het jaar ervoor, in centen.", examples=[0])
    gemeenten: list[Voorbeeldbijdrage] = Field(description="Per gemeente, op code.")


class Vooruitbliktermijn(Termijn):
    """Een termijn met zijn bedrag."""

    bedrag_cent: int = Field(ge=0, description="Bedrag van de termijn, in centen.", examples=[53718950])


class Vooruitblik(Output):
    """Wat uw gemeente in een jaar betaalt, en waarom."""

    omslag: Omslag = Field(description="De omslag die geldt, of het laatste voorstel dat u mag zien.")
    bijdrage: Voorbeeldbijdrage = Field(description="Wat uw gemeente bijdraagt.")
    gemeente: Reference = Field(description="De gemeente in de catalogus, bron van de inwoners.")
    peildatum: Day = Field(description="Dag waarvan de inwoners tellen.", examples=["2026-01-01"])
    op_eigen_dagen: bool = Field(description="Of de inwoners al van de dagen van de omslag zijn.", examples=[False])
    exclusief_btw_cent: int = Field(ge=0, description="De bijdrage zonder btw, in centen.", examples=[88791652])
    btw_cent: int = Field(ge=0, description="De btw in de bijdrage, in centen.", examples=[18646247])
    delen: list[Deel] = Field(description="De inwoners over de tarieven; leeg bij een omvang.")
    inwoners_totaal: int = Field(ge=1, description="Inwoners van alle gemeenten samen.", examples=[17407585])
    voorgangers: list[Voorganger] = Field(description="Waaruit de gemeente is ontstaan, waar dat meetelt.")
    termijnen: list[Vooruitbliktermijn] = Field(description="Wanneer welk bedrag wordt betaald.")
    iv3: Iv3 | None = Field(description="Waar de gemeente de bijdrage kan boeken; null als dat niet is opgegeven.")
    indexering: list[Indexering] = Field(description="Waar het bedrag of de tarieven uit komen; leeg als dat geen indexatie is.")
