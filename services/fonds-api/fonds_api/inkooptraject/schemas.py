"""Wire models of inkooptrajecten."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, Digits, GivenDay, GivenUuid, Input, Line, Moment, Output, Reference, Whole
from pydantic import Field

from fonds_api.inkoopopgave.schemas import InkoopdeelnemerVerwijzing
from fonds_api.inkooptraject.rules import Kostensoort, Machtigingsoort, Mutatiesoort, Postsoort, Sleutel, Status

TRAJECTCODE = r"^traject-[a-z0-9][a-z0-9-]{0,31}$"
Code = Annotated[str, Path(pattern=TRAJECTCODE, description="Code van het traject.", examples=["traject-printers"])]
Nummer = Annotated[Digits, Path(ge=1, le=1_000_000, description="Volgnummer binnen het traject.", examples=[1])]
_DEELNEMER = {"bron": "catalogus", "pad": "/v1/gemeenten/GM0344"}
_BOEKING = "/v1/boekingen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"
_SLEUTEL = "Waarnaar kosten worden verdeeld: inwoners op een peildatum, gelijke delen of afgesproken delen."
_OPGAVE = "6a0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"
_MACHTIGING = "Vanaf het bedrag van het fonds: nummer van de machtiging door een ander."
Bedrag = Annotated[Cent, Field(ge=1)]
Machtigingnummer = Annotated[Whole, Field(ge=1, le=1_000_000)]


class NieuwInkooptraject(Input):
    """Een gezamenlijke inkoop."""

    code: str = Field(pattern=TRAJECTCODE, description="Code, ook van het fonds van het traject.", examples=["traject-printers"])
    naam: Line = Field(max_length=120, description="Naam.", examples=["Multifunctionele printers"])
    bronvermelding: Line = Field(max_length=300, description="Waarop het berust.", examples=["VNG, GGU 2020-2024, B3"])
    sleutel: Sleutel = Field(description=_SLEUTEL, examples=["inwoners"])
    peildatum: GivenDay | None = Field(None, description="Dag waarvan de inwoners tellen.", examples=["2018-01-01"])


class Inkooptraject(Output):
    """Een gezamenlijke inkoop: een fonds op zichzelf, buiten het Fonds GGU, dat kostenneutraal eindigt."""

    code: str = Field(description="Code, ook van het fonds van het traject.", examples=["traject-printers"])
    naam: str = Field(description="Naam.", examples=["Multifunctionele printers"])
    bronvermelding: str = Field(description="Waarop het berust.", examples=["VNG, GGU 2020-2024, B3"])
    sleutel: Sleutel = Field(description=_SLEUTEL, examples=["inwoners"])
    peildatum: Day | None = Field(description="Dag waarvan de inwoners tellen; anders null.", examples=["2018-01-01"])
    status: Status = Field(
        description="Open; afgerekend als sinds de laatste afrekening geen kosten of deelnemers zijn veranderd; of afgesloten.",
        examples=["open"],
    )
    aantal_deelnemers: int = Field(ge=0, description="Hoeveel er nu meedoen.", examples=[3])
    kosten_cent: int = Field(ge=0, description="Alle kosten tot nu toe, met btw, in centen.", examples=[1210000])
    btw_cent: int = Field(ge=0, description="Btw die daarin zit, in centen.", examples=[210000])
    afgerekend_cent: int = Field(ge=0, description="Kosten die de laatste afrekening verdeelt, in centen.", examples=[1000000])
    vastgelegd_op: Moment = Field(description="Wanneer begonnen.", examples=["2018-01-15T09:00:00.000Z"])


class InkooptrajectenPagina(Page):
    """Inkooptrajecten, op code."""

    results: list[Inkooptraject] = Field(description="De trajecten op deze pagina.")


class Inkoopstand(Output):
    """Wat er van een traject nog staat."""

    traject: str = Field(description="Code van het traject.", examples=["traject-printers"])
    gefinancierd_cent: int = Field(ge=0, description="Wat de VNG heeft voorgefinancierd, in centen.", examples=[1000000])
    kosten_cent: int = Field(ge=0, description="Alle kosten, met btw, in centen.", examples=[1210000])
    btw_cent: int = Field(ge=0, description="Btw die daarin zit, in centen.", examples=[210000])
    afgerekend_cent: int = Field(ge=0, description="Kosten die zijn verdeeld, in centen.", examples=[1000000])
    ontvangen_cent: int = Field(ge=0, description="Wat deelnemers hebben betaald, in centen.", examples=[400000])
    teruggegeven_cent: int = Field(ge=0, description="Wat deelnemers hebben teruggekregen, in centen.", examples=[0])
    afgelost_cent: int = Field(ge=0, description="Wat de VNG heeft teruggekregen, in centen.", examples=[400000])
    kas_cent: int = Field(description="Wat er in kas is, in centen.", examples=[0])
    nog_open: list[str] = Field(
        description="Wat nog moet gebeuren voor het kostenneutraal is; leeg als het dat is.",
        examples=[["voorfinanciering: € 6.000,00"]],
    )


class NieuweInkoopmutatie(Input):
    """Wie toetreedt, uittreedt of een ander gewicht krijgt."""

    soort: Mutatiesoort = Field(description="Wat er gebeurt.", examples=["toetreding"])
    deelnemer: InkoopdeelnemerVerwijzing = Field(description="Wie.")
    naam: Line = Field(max_length=200, description="Naam.", examples=["Utrecht"])
    gewicht: Whole | None = Field(
        None,
        ge=1,
        le=1_000_000_000,
        description="Inwoners op de peildatum, of afgesproken delen; niet bij gelijke delen, bij uittreding of met een opgave.",
        examples=[347483],
    )
    opgave: GivenUuid | None = Field(
        None,
        description="Bij inwoners: de opgave van de catalogus over deze deelnemer op de peildatum; het gewicht komt daaruit.",
        examples=[_OPGAVE],
    )
    toelichting: Line = Field(max_length=500, description="Waarom, en waar het gewicht staat.", examples=["CBS, 1-1-2018"])


class Inkoopmutatie(Output):
    """Een toetreding, uittreding of ander gewicht; dat verandert nooit."""

    nummer: int = Field(ge=1, description="Volgnummer binnen het traject.", examples=[1])
    soort: Mutatiesoort = Field(description="Wat er gebeurde.", examples=["toetreding"])
    deelnemer: Reference = Field(description="Wie.", examples=[_DEELNEMER])
    naam: str = Field(description="Naam.", examples=["Utrecht"])
    gewicht: int = Field(ge=0, description="Gewicht vanaf dan; 0 na uittreding.", examples=[347483])
    opgave: str | None = Field(
        description="Pad van de opgave van de catalogus waar het gewicht uit komt; anders null.",
        examples=[f"/v1/inkoopopgaven/{_OPGAVE}"],
    )
    toelichting: str = Field(description="Waarom, en waar het gewicht staat.", examples=["CBS, 1-1-2018"])
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class Inkoopdeelnemer(Output):
    """Wie meedoet of meedeed, met wat zij draagt."""

    deelnemer: Reference = Field(description="Wie.", examples=[_DEELNEMER])
    gemeentecode: str | None = Field(description="CBS-gemeentecode; null bij een samenwerkingsverband.", examples=["GM0344"])
    naam: str = Field(description="Naam.", examples=["Utrecht"])
    gewicht: int = Field(ge=0, description="Gewicht nu; 0 als zij niet (meer) meedoet.", examples=[347483])
    aandeel_cent: int = Field(ge=0, description="Aandeel volgens de laatste afrekening, in centen.", examples=[500000])
    betaald_cent: int = Field(description="Betaald min teruggekregen, in centen.", examples=[200000])
    open_cent: int = Field(description="Nog te betalen of, negatief, terug te krijgen, in centen.", examples=[300000])


class InkoopdeelnemersPagina(Page):
    """Deelnemers, op pad."""

    results: list[Inkoopdeelnemer] = Field(description="De deelnemers op deze pagina.")


class NieuweInkooppost(Input):
    """Wat er gebeurt met het geld van een traject."""

    soort: Postsoort = Field(
        description="Voorfinanciering door de VNG, kosten, ontvangst van of teruggave aan een deelnemer, of aflossing.",
        examples=["kosten"],
    )
    bedrag_cent: Bedrag = Field(description="Bedrag met btw, in centen.", examples=[1210000])
    btw_cent: Annotated[Cent, Field(ge=0)] = Field(
        0, description="Bij kosten: de btw in het bedrag, in centen.", examples=[210000]
    )
    boekdatum: GivenDay = Field(description="Dag waarvoor het telt; hoogstens een jaar na vandaag.", examples=["2018-01-15"])
    omschrijving: Line = Field(max_length=400, description="Waar het om gaat.", examples=["Begeleiding van de aanbesteding"])
    machtiging: Machtigingnummer | None = Field(None, description=_MACHTIGING, examples=[1])
    kostensoort: Kostensoort | None = Field(None, description="Bij kosten: waarvoor.", examples=["aanbesteding"])
    deelnemer: InkoopdeelnemerVerwijzing | None = Field(None, description="Bij ontvangst en teruggave: van of aan wie.")


class NieuweInkoopstorno(Input):
    """Waarom een post wordt teruggenomen."""

    boekdatum: GivenDay = Field(description="Dag waarvoor het telt; hoogstens een jaar na vandaag.", examples=["2018-01-15"])
    omschrijving: Line = Field(max_length=400, description="Waarom.", examples=["Verkeerde deelnemer"])
    machtiging: Machtigingnummer | None = Field(None, description=_MACHTIGING, examples=[1])


class Inkooppost(Output):
    """Een post van een traject; zij verandert nooit."""

    nummer: int = Field(ge=1, description="Volgnummer binnen het traject.", examples=[1])
    soort: Postsoort = Field(description="Wat er gebeurde.", examples=["kosten"])
    bedrag_cent: int = Field(description="Bedrag met btw, in centen; negatief bij een storno.", examples=[1210000])
    btw_cent: int = Field(description="De btw daarin, in centen; 0 bij wat geen kosten zijn.", examples=[210000])
    machtiging: int | None = Field(
        description="Nummer van de machtiging door een ander; null als die niet nodig was.", examples=[1]
    )
    storneert: int | None = Field(description="Nummer van de post die deze terugneemt; anders null.", examples=[1])
    boekdatum: Day = Field(description="Dag waarvoor het telt.", examples=["2018-01-15"])
    omschrijving: str = Field(description="Waar het om gaat.", examples=["Begeleiding van de aanbesteding"])
    kostensoort: Kostensoort | None = Field(description="Bij kosten: waarvoor; anders null.", examples=["aanbesteding"])
    deelnemer: Reference | None = Field(description="Van of aan wie; anders null.")
    gemeentecode: str | None = Field(description="CBS-gemeentecode van die deelnemer; anders null.", examples=["GM0344"])
    boeking: str | None = Field(description="Pad van de boeking; null voor wie het grootboek niet ziet.", examples=[_BOEKING])
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class InkooppostenFilter(PageQuery):
    soort: Postsoort | None = Field(None, description="Alleen van deze soort.", examples=["kosten"])


class InkooppostenPagina(Page):
    """Posten, op nummer."""

    results: list[Inkooppost] = Field(description="De posten op deze pagina.")


class NieuweInkoopmachtiging(Input):
    """Wat een ander mag boeken of terugnemen, één keer."""

    soort: Machtigingsoort = Field(description="Soort van de post, of storno.", examples=["kosten"])
    bedrag_cent: Bedrag = Field(description="Bedrag met btw, in centen; precies dit.", examples=[1210000])
    deelnemer: InkoopdeelnemerVerwijzing | None = Field(None, description="Bij ontvangst en teruggave: van of aan wie.")
    storneert: Machtigingnummer | None = Field(None, description="Bij storno: nummer van de post.", examples=[1])
    naam: Line = Field(max_length=120, description="Wie machtigt.", examples=["Penningmeester"])
    toelichting: Line = Field(max_length=400, description="Waarom.", examples=["Factuur gezien"])


class Inkoopmachtiging(Output):
    """Wat een ander mag boeken of terugnemen, één keer, binnen dertig dagen; zij verandert nooit."""

    nummer: int = Field(ge=1, description="Volgnummer binnen het traject.", examples=[1])
    soort: Machtigingsoort = Field(description="Soort van de post, of storno.", examples=["kosten"])
    bedrag_cent: int = Field(ge=1, description="Bedrag met btw, in centen.", examples=[1210000])
    deelnemer: Reference | None = Field(description="Van of aan wie; anders null.")
    storneert: int | None = Field(description="Nummer van de post die wordt teruggenomen; anders null.", examples=[1])
    naam: str = Field(description="Wie machtigde.", examples=["Penningmeester"])
    rol: str = Field(description="Rol van wie machtigde.", examples=["bestuur"])
    toelichting: str = Field(description="Waarom.", examples=["Factuur gezien"])
    post: int | None = Field(description="Nummer van de post waarvoor zij is gebruikt; anders null.", examples=[3])
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])
    verloopt_op: Moment = Field(description="Vanaf wanneer zij niet meer te gebruiken is.", examples=["2018-02-14T09:00:00.000Z"])


class InkoopmachtigingenPagina(Page):
    """Machtigingen, op nummer."""

    results: list[Inkoopmachtiging] = Field(description="De machtigingen op deze pagina.")


class NieuweInkoopafrekening(Input):
    """Wanneer wordt afgerekend."""

    boekdatum: GivenDay = Field(description="Dag waarvoor zij telt; hoogstens een jaar na vandaag.", examples=["2018-01-15"])
    toelichting: Line = Field(max_length=400, description="Waarom.", examples=["Einde van de aanbesteding"])


class Inkoopafrekeningsregel(Output):
    """Wat een afrekening over een deelnemer zegt."""

    deelnemer: Reference = Field(description="Wie.", examples=[_DEELNEMER])
    naam: str = Field(description="Naam.", examples=["Utrecht"])
    gewicht: int = Field(ge=0, description="Gewicht; 0 als zij niet meer meedoet.", examples=[347483])
    aandeel_cent: int = Field(ge=0, description="Aandeel in alle kosten tot dan, in centen.", examples=[500000])
    eerder_cent: int = Field(ge=0, description="Aandeel volgens de vorige afrekening, in centen.", examples=[0])
    verschil_cent: int = Field(description="Te betalen of, negatief, terug te krijgen, in centen.", examples=[500000])


class Inkoopafrekening(Output):
    """Alle kosten tot dan, verdeeld over wie dan meedoen; zij verandert nooit. Een volgende verrekent het verschil."""

    nummer: int = Field(ge=1, description="Volgnummer binnen het traject.", examples=[1])
    kosten_cent: int = Field(ge=0, description="Alle kosten tot dan, in centen.", examples=[1000000])
    boekdatum: Day = Field(description="Dag waarvoor zij telt.", examples=["2018-01-15"])
    toelichting: str = Field(description="Waarom.", examples=["Einde van de aanbesteding"])
    boeking: str | None = Field(description="Pad van de boeking; null voor wie het grootboek niet ziet.", examples=[_BOEKING])
    regels: list[Inkoopafrekeningsregel] = Field(description="De deelnemers die u mag zien.")
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class InkoopafrekeningenPagina(Page):
    """Afrekeningen, op nummer."""

    results: list[Inkoopafrekening] = Field(description="De afrekeningen op deze pagina.")


class NieuweInkoopsluiting(Input):
    """Wanneer wordt gesloten."""

    boekdatum: GivenDay = Field(description="Dag waarvoor zij telt; hoogstens een jaar na vandaag.", examples=["2018-01-15"])
