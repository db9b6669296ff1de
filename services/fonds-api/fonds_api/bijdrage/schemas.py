"""Wire models of bijdragen."""

from __future__ import annotations

from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Digits, Input, Moment, Output, Reference, Whole
from pydantic import Field

from fonds_api.fonds.schemas import FONDSCODE
from fonds_api.omslag.rules import Vorm
from fonds_api.omslag.schemas import Indexering, Iv3
from fonds_api.peiling.schemas import Inwonerstatus, Mislukking, Voorganger

Jaar = Annotated[Whole, Field(ge=2000, le=2100)]


class NieuweBijdrageronde(Input):
    """Welke omslag te verdelen."""

    fonds: str = Field(pattern=FONDSCODE, description="Fonds waaraan wordt bijgedragen.", examples=["ggu"])
    jaar: Jaar = Field(description="Jaar van de omslag.", examples=[2020])


class Bijdrageronde(Output):
    """De verdeling van één omslag, en hoe het ermee staat."""

    id: str = Field(description="Fonds en jaar.", examples=["ggu-2020"])
    fonds: str = Field(description="Fonds waaraan wordt bijgedragen.", examples=["ggu"])
    jaar: int = Field(description="Jaar van de omslag.", examples=[2020])
    status: Literal["aangevraagd", "vastgesteld", "mislukt"] = Field(description="Hoe het ermee staat.", examples=["vastgesteld"])
    aangevraagd_op: Moment = Field(description="Wanneer (laatst) aangevraagd.", examples=["2020-01-15T09:00:00.000Z"])
    vastgesteld_op: Moment | None = Field(
        description="Wanneer de bijdragen zijn vastgelegd.", examples=["2020-01-15T09:00:01.000Z"]
    )
    omslag_cent: int = Field(
        ge=0,
        description="Te verdelen bedrag, in centen; bij een tarief de som van de bijdragen, nul zolang die er niet zijn.",
        examples=[5230000000],
    )
    aantal: int = Field(ge=0, description="Aantal bijdragen; nul zolang de ronde niet is vastgesteld.", examples=[355])
    totaal_cent: int = Field(ge=0, description="Som van de bijdragen, in centen.", examples=[5230000000])
    probleem: Mislukking | None = Field(description="Waarom de ronde is mislukt; anders null.")


class BijdragenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen bijdragen aan dit fonds.", examples=["ggu"])
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen bijdragen over dit jaar.", examples=[2020])
    gemeentecode: str | None = Field(None, pattern=r"^GM[0-9]{4}$", description="Alleen van deze gemeente.", examples=["GM0344"])


class Bijdrage(Output):
    """Wat een gemeente in een jaar aan een fonds bijdraagt."""

    id: str = Field(description="Ronde en gemeentecode.", examples=["ggu-2020-GM0344"])
    fonds: str = Field(description="Fonds waaraan wordt bijgedragen.", examples=["ggu"])
    jaar: int = Field(description="Jaar waarover.", examples=[2020])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam bij het vaststellen.", examples=["Utrecht"])
    gemeente: Reference = Field(description="De gemeente in de catalogus.")
    inwoners: int = Field(ge=1, description="Inwoners op de peildatum. Bron: CBS, via de catalogus.", examples=[357597])
    peildatum: Day = Field(description="Dag waarvan de inwoners tellen.", examples=["2020-01-01"])
    inwonerstatus: Inwonerstatus | None = Field(
        description="Of de bron het aantal voorlopig of definitief noemde; null als zij dat niet zei.", examples=["definitief"]
    )
    bedrag_cent: int = Field(ge=0, description="Bijdrage in centen.", examples=[107437899])
    onderbouwing: str = Field(description="Pad van de berekening.", examples=["/v1/bijdragen/ggu-2020-GM0344/onderbouwing"])


class BijdragenPagina(Page):
    """Bijdragen, op ronde en gemeentecode."""

    totaal_cent: int = Field(
        ge=0, description="Som van alle gevonden bijdragen, ook die op andere pagina's, in centen.", examples=[5230000000]
    )
    results: list[Bijdrage] = Field(description="De bijdragen op deze pagina.")


class Deel(Output):
    """Inwoners tegen één tarief."""

    tot_en_met: int | None = Field(description="Hoogste aantal inwoners van de band; null in de laatste.", examples=[25000])
    inwoners: int = Field(ge=0, description="Inwoners die tegen dit tarief tellen.", examples=[20000])
    tarief_millicent: int = Field(ge=0, description="Tarief per inwoner, in duizendsten van een cent.", examples=[176000])


class Onderbouwing(Output):
    """De berekening van een bijdrage: gegevens, regel en besluit."""

    bijdrage: str = Field(description="Pad van de bijdrage.", examples=["/v1/bijdragen/ggu-2020-GM0344"])
    bedrag_cent: int = Field(ge=0, description="De bijdrage in centen.", examples=[107437899])
    omslag: str = Field(description="Pad van de omslag.", examples=["/v1/omslagen/ggu-2020-1"])
    exclusief_btw_cent: int = Field(ge=0, description="De bijdrage zonder btw, in centen.", examples=[88791652])
    btw_cent: int = Field(ge=0, description="De btw in de bijdrage, in centen.", examples=[18646247])
    btw_procent: int = Field(ge=0, description="Btw die in de bijdrage zit, in procenten.", examples=[21])
    vorm: Vorm = Field(description="Vorm van de omslag.", examples=["omvang"])
    delen: list[Deel] = Field(description="De inwoners over de tarieven; leeg bij een omvang.")
    bruto_cent: int = Field(ge=0, description="Het bedrag volgens de regel, vóór compensatie, in centen.", examples=[107437899])
    compensatie_cent: int = Field(ge=0, description="Herindelingscompensatie, in centen.", examples=[0])
    voorgangers: list[Voorganger] = Field(description="Waaruit de gemeente is ontstaan, waar dat meetelt.")
    omslag_cent: int = Field(
        ge=0, description="Te verdelen bedrag, in centen; bij een tarief de som van de bijdragen.", examples=[5230000000]
    )
    inwoners: int = Field(ge=1, description="Inwoners van de gemeente.", examples=[357597])
    inwonerstatus: Inwonerstatus | None = Field(
        description="Of de bron het aantal voorlopig of definitief noemde; null als zij dat niet zei.", examples=["definitief"]
    )
    inwoners_totaal: int = Field(ge=1, description="Inwoners van alle gemeenten samen.", examples=[17407585])
    aantal_gemeenten: int = Field(ge=1, description="Aantal gemeenten dat bijdraagt.", examples=[355])
    indeling: Day = Field(description="Dag waarvan de gemeenten bijdragen.", examples=["2020-01-01"])
    peildatum: Day = Field(description="Dag waarvan de inwoners tellen.", examples=["2020-01-01"])
    regel: str = Field(description="Hoe het bedrag is berekend.", examples=["Omslag × inwoners ÷ inwoners van alle gemeenten."])
    heel_cent: int = Field(ge=0, description="Het aandeel, naar beneden afgerond op centen.", examples=[107437899])
    rest_teller: int = Field(ge=0, description="Teller van wat is afgerond, in delen van een cent.", examples=[7165985])
    rest_noemer: int = Field(ge=1, description="Noemer van wat is afgerond.", examples=[17407585])
    restcent: int = Field(ge=0, le=1, description="1 als de gemeente een van de laatste centen draagt.", examples=[0])
    besluit: str = Field(description="Het besluit waarop de omslag berust.", examples=["Omvang van het Fonds GGU in 2020."])
    bronvermelding: str = Field(description="Waar dat besluit staat.", examples=["VNG, Meerjarenprogramma GGU 2020-2024"])
    iv3: Iv3 | None = Field(description="Waar een gemeente de bijdrage kan boeken; null als dat niet is opgegeven.")
    indexering: list[Indexering] = Field(description="Waar het bedrag of de tarieven uit komen; leeg als dat geen indexatie is.")
    gemeente: Reference = Field(description="De gemeente in de catalogus, bron van de inwoners.")
