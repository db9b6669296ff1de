"""Wire models of invoices."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, Digits, Moment, Output, Reference, YesNo
from pydantic import Field

from abonnement_api.tarief.schemas import Decimaal

Gemeentecode = Annotated[str, Field(pattern=r"^GM[0-9]{4}$")]


class FacturenFilter(PageQuery):
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen over dit jaar.", examples=[2018])
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen van deze gemeente.", examples=["GM0344"])
    openstaand: YesNo | None = Field(
        None, description="true: alleen wat nog niet (geheel) is betaald; false: alleen wat is betaald."
    )


class FactuurKort(Output):
    """Een factuur zonder haar regels."""

    nummer: str = Field(description="Factuurnummer; per jaar aaneengesloten.", examples=["2018-000001"])
    jaar: int = Field(description="Jaar waarvoor wordt betaald.", examples=[2018])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam van de gemeente op de peildatum.", examples=["Utrecht"])
    gemeente: Reference = Field(description="De gemeente in de catalogus.")
    factuurdatum: Day = Field(description="Datum van de factuur.", examples=["2018-01-15"])
    vervaldatum: Day = Field(description="Laatste dag om te betalen.", examples=["2018-02-14"])
    betalingskenmerk: str = Field(description="Kenmerk om bij de betaling te vermelden.", examples=["5118000300000100"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[1086840])
    betaald_cent: Cent = Field(description="Wat daarvan is ontvangen.", examples=[1086840])
    gecrediteerd_cent: Cent = Field(description="Wat daarvan met creditnota's is teruggenomen.", examples=[0])
    openstaand_cent: Cent = Field(
        description="Wat nog moet worden betaald; onder nul: wat nog moet worden terugbetaald.", examples=[0]
    )
    verkoper: str = Field(description="Code van de aanbieder in wiens naam zij is.", examples=["administratiebureau"])
    bundel: str | None = Field(
        description="Nummer van de eerste factuur met wie zij samen het hele bedrag is; null als zij alleen staat.",
        examples=["2018-100001"],
    )
    vervangt: str | None = Field(description="Nummer van de factuur die hiermee is verbeterd.", examples=["2018-000001"])


class Factuurregel(Output):
    """Het deel van een factuur voor één dienst."""

    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    naam: str = Field(description="Naam van de dienst.", examples=["Kindertelefoon"])
    aanbieder: str = Field(description="Code van de aanbieder die dit deel krijgt.", examples=["stichting-kindertelefoon"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[271710])
    betaald_cent: Cent = Field(description="Wat daarvan is ontvangen.", examples=[271710])
    gecrediteerd_cent: Cent = Field(description="Wat daarvan is gecrediteerd.", examples=[0])


class Verrekening(Output):
    """Wat een eerdere factuur anders had moeten zijn, omdat de inwoners van toen later zijn verbeterd."""

    over: str = Field(
        description="Pad van die factuur (van een bundel de eerste); zij blijft zoals zij was.",
        examples=["/v1/facturen/2018-000001"],
    )
    van_inwoners: int = Field(description="Inwoners waarmee eerder is gerekend.", examples=[12076])
    naar_inwoners: int = Field(description="Inwoners zoals zij later bekend waren.", examples=[12071])
    bedrag_cent: Cent = Field(description="Het verschil, in centen; het zit in het bedrag.", examples=[-450])


class Verrekend(Verrekening):
    """Een verrekening, nagerekend met het tarief van de eerdere factuur."""

    onderbouwing: str = Field(description="Pad van de berekening van toen.", examples=["/v1/facturen/2018-000001/onderbouwing"])


class Factuur(FactuurKort):
    """Een factuur aan een gemeente. Zij wijzigt nooit."""

    pakket: str = Field(description="Code van het pakket.", examples=["volledig"])
    tariefbesluit: str = Field(
        description="Pad van het besluit waarop het tarief rust.", examples=["/v1/tariefbesluiten/balv-2016-11-30"]
    )
    tarief_per_inwoner: Decimaal = Field(description="Euro per inwoner.", examples=["0.90"])
    inwoners: int = Field(description="Aantal inwoners op de peildatum. Bron: CBS.", examples=[12076])
    peildatum: Day = Field(description="Dag van het aantal inwoners.", examples=["2018-01-01"])
    voorlopig: bool = Field(
        description="Of de bron dat aantal voorlopig noemde; een verschil komt dan op een volgende factuur.", examples=[False]
    )
    maanden: int = Field(description="Over hoeveel maanden van het jaar.", examples=[12])
    betaler: str | None = Field(
        description="Code van wie voor de gemeente betaalt; null als zij zelf betaalt.", examples=["GM0363"]
    )
    betaler_naam: str | None = Field(description="Naam van wie voor de gemeente betaalt.", examples=["Amsterdam"])
    verrekeningen: list[Verrekening] = Field(description="Wat in het bedrag over eerdere jaren is verrekend.")
    regels: list[Factuurregel] = Field(description="Per dienst; tellen op tot het bedrag.")
    vastgesteld_op: Moment = Field(description="Wanneer vastgesteld.", examples=["2018-01-15T09:00:00.000Z"])
    abonnement: str = Field(
        description="Pad van het abonnement.", examples=["/v1/abonnementen/0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"]
    )
    facturatieronde: str = Field(description="Pad van de ronde waarin zij is gemaakt.", examples=["/v1/facturatierondes/2018"])
    boeking: Reference | None = Field(description="De boeking in fonds; null zolang die niet is afgeleverd.")
    reden: str | None = Field(
        description="Waarom een eerdere factuur is verbeterd.", examples=["Inwoners verbeterd door het CBS"]
    )
    vervangen_door: str | None = Field(
        description="Pad van de factuur die deze verbetert.", examples=["/v1/facturen/2018-000381"]
    )
    onderbouwing: str = Field(description="Pad van de berekening.", examples=["/v1/facturen/2018-000001/onderbouwing"])


class FacturenPagina(Page):
    """Facturen op nummer; de totalen gaan over alles wat aan de vraag voldoet en voor u zichtbaar is."""

    totaal_cent: Cent = Field(description="Som van alle gevonden facturen.", examples=[1528123456])
    openstaand_cent: Cent = Field(description="Wat daarvan nog moet worden betaald.", examples=[0])
    results: list[FactuurKort] = Field(description="De facturen op deze pagina.")


class Invoer(Output):
    """De gegevens waarmee is gerekend."""

    inwoners: int = Field(description="Aantal inwoners.", examples=[12076])
    peildatum: Day = Field(description="Dag van dat aantal.", examples=["2018-01-01"])
    bron: Reference = Field(description="Waar het aantal is opgevraagd.")
    pakket: str = Field(description="Code van het pakket.", examples=["volledig"])
    tarief_per_inwoner: Decimaal = Field(description="Euro per inwoner.", examples=["0.90"])
    maanden: int = Field(description="Over hoeveel maanden.", examples=[12])


class Deel(Output):
    """Het aandeel van één dienst."""

    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    gewicht: Decimaal = Field(description="Gewicht in de verdeelsleutel.", examples=["3.83"])
    bedrag_cent: Cent = Field(description="Aandeel in centen.", examples=[271710])


class Besluit(Output):
    """Het besluit achter het tarief."""

    pad: str = Field(description="Pad van het tariefbesluit.", examples=["/v1/tariefbesluiten/balv-2016-11-30"])
    gremium: str = Field(description="Wie besloot.", examples=["BALV"])
    datum: Day = Field(description="Wanneer.", examples=["2016-11-30"])
    bronvermelding: str = Field(description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, voorstel D"])


class Onderbouwing(Output):
    """Hoe het bedrag van een factuur tot stand komt, nagerekend bij het opvragen."""

    factuur: str = Field(description="Pad van de factuur.", examples=["/v1/facturen/2018-000001"])
    invoer: Invoer = Field(description="Waarmee is gerekend.")
    rekenregel: str = Field(description="Hoe het bedrag is bepaald.", examples=["tarief per inwoner × inwoners"])
    exact_cent: str = Field(description="Uitkomst voor afronding, in centen, zonder verrekeningen.", examples=["1086840.0000"])
    verrekeningen: list[Verrekend] = Field(description="Wat daarbij over eerdere jaren is verrekend; van een bundel haar deel.")
    bedrag_cent: Cent = Field(
        description="Uitkomst na afronding, met verrekeningen; van een gebundelde factuur haar deel.", examples=[1086840]
    )
    verdeelregel: str = Field(
        description="Hoe het bedrag over de diensten is verdeeld.", examples=["naar rato van de verdeelsleutel"]
    )
    verdeling: list[Deel] = Field(description="Aandeel per dienst.")
    besluit: Besluit = Field(description="Waarop het tarief rust.")
