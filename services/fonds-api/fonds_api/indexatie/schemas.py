"""Wire models of indexatie. A figure, percentage or tariff is text: a JSON number would become a binary floating-point number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Path
from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Digits, GivenDay, GivenUuid, Input, Line, Moment, Output, Reference, Whole
from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from fonds_api.boeking.schemas import Brondocument
from fonds_api.indexatie.rules import Afronding, Maat, Nacalculatie, Stand, tekst

CODE = r"^[a-z][a-z0-9-]{0,39}$"
PERIODE = r"^(19[0-9]{2}|20[0-9]{2}|2100)(-(0[1-9]|1[0-2]))?$"
MAANDDAG = r"^(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])$|^(0[469]|11)-(0[1-9]|[12][0-9]|30)$|^02-(0[1-9]|1[0-9]|2[0-8])$"
_ID = "8d6c1a0e-3f4b-4c2d-9a5e-7b1f2c3d4e5f"
_CIJFER = r"^-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,10})?$"
_PROCENT = r"^-?(0|[1-9][0-9]?)(\.[0-9]{1,4})?$"
_AANDEEL = r"^(0|[1-9][0-9]?|100)(\.[0-9]{1,4})?$"
_EURO = r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,10})?$"
_AFRONDING = "Afronding: `half-omhoog` (een half van nul af), `omlaag` of `omhoog`."

Jaar = Annotated[Whole, Field(ge=2000, le=2100)]
Decimalen = Annotated[Whole, Field(ge=0, le=10)]
Code = Annotated[str, Path(pattern=CODE, description="Code.", examples=["cpi"])]
Id = Annotated[GivenUuid, Path(description="Identificatie.", examples=[_ID])]


def _lezer(patroon: str) -> BeforeValidator:
    """Reads a number that a client gives as text in this form; a default is a Decimal already."""

    def lees(waarde: Any) -> Any:
        if isinstance(waarde, Decimal):
            return waarde
        if not isinstance(waarde, str) or not re.fullmatch(patroon.strip("^$"), waarde, re.ASCII):
            raise ValueError('geen getal als tekst in de gevraagde vorm; verwacht bijvoorbeeld "1.25"')
        return Decimal(waarde)

    return BeforeValidator(lees)


def _vorm(patroon: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": patroon})


_UIT = PlainSerializer(tekst, return_type=str, when_used="json")
Cijfer = Annotated[Decimal, _lezer(_CIJFER), _UIT, _vorm(_CIJFER)]
Procent = Annotated[Decimal, _lezer(_PROCENT), _UIT, _vorm(_PROCENT)]
Aandeel = Annotated[Decimal, _lezer(_AANDEEL), _UIT, _vorm(_AANDEEL)]
Euro = Annotated[Decimal, _lezer(_EURO), _UIT, _vorm(_EURO)]
Getal = Annotated[Decimal, _UIT, _vorm(r"^-?[0-9]{1,25}(\.[0-9]{1,12})?$")]
"""An exact number in an answer, without zeros at the end."""


class NieuweIndexreeks(Input):
    """Een reeks indexcijfers die iemand publiceert."""

    code: str = Field(pattern=CODE, description="Code.", examples=["cpi"])
    naam: Line = Field(max_length=200, description="Naam, met basisjaar.", examples=["Consumentenprijsindex (1900 = 100)"])
    uitgever: Line = Field(max_length=100, description="Wie haar publiceert.", examples=["CBS"])
    onderwerp: Literal["lonen", "prijzen", "beide"] = Field(description="Wat zij meet.", examples=["prijzen"])
    maat: Maat = Field(description="Of zij niveaus geeft, of mutaties in procenten.", examples=["niveau"])
    bronvermelding: Line = Field(max_length=300, description="Waar zij staat.", examples=["CBS, tabel 71905ned"])


class Indexreeks(Output):
    """Een reeks indexcijfers; zij verandert nooit."""

    code: str = Field(description="Code.", examples=["cpi"])
    naam: str = Field(description="Naam, met basisjaar.", examples=["Consumentenprijsindex (1900 = 100)"])
    uitgever: str = Field(description="Wie haar publiceert.", examples=["CBS"])
    onderwerp: Literal["lonen", "prijzen", "beide"] = Field(description="Wat zij meet.", examples=["prijzen"])
    maat: Maat = Field(description="Of zij niveaus geeft, of mutaties in procenten.", examples=["niveau"])
    bronvermelding: str = Field(description="Waar zij staat.", examples=["CBS, tabel 71905ned"])
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class IndexreeksenPagina(Page):
    """Indexreeksen, op code."""

    results: list[Indexreeks] = Field(description="De reeksen op deze pagina.")


class NieuwIndexcijfer(Input):
    """Een gepubliceerd cijfer, met waar het staat."""

    reeks: str = Field(pattern=CODE, description="Code van de reeks.", examples=["cpi"])
    periode: str = Field(pattern=PERIODE, max_length=7, description="Jaar, of jaar en maand.", examples=["2019"])
    stand: Stand = Field(description="Hoe vast het cijfer is.", examples=["definitief"])
    waarde: Cijfer = Field(description="Niveau of, bij een reeks van mutaties, procenten.", examples=["2962.7"])
    publicatie: Line = Field(max_length=200, description="Publicatie.", examples=["Consumentenprijzen; prijsindex 1900 = 100"])
    gepubliceerd_op: GivenDay = Field(description="Dag van publicatie.", examples=["2020-01-09"])
    vindplaats: Line = Field(max_length=500, description="Bladzijde of adres.", examples=["CBS, tabel 71905ned, 2019"])
    toelichting: Line | None = Field(
        None, max_length=500, description="Wat erbij hoort, zoals wat is verbeterd.", examples=["Eerste cijfer."]
    )


class Indexcijfer(Output):
    """Een gepubliceerd cijfer; het verandert nooit. Een beter cijfer is de volgende versie."""

    id: UUID = Field(description="Identificatie.", examples=[_ID])
    reeks: str = Field(description="Code van de reeks.", examples=["cpi"])
    periode: str = Field(description="Jaar, of jaar en maand.", examples=["2019"])
    versie: int = Field(ge=1, description="Volgnummer binnen reeks en periode.", examples=[1])
    stand: Stand = Field(description="Hoe vast het cijfer is.", examples=["definitief"])
    waarde: Getal = Field(description="Niveau of, bij een reeks van mutaties, procenten.", examples=["2962.7"])
    publicatie: str = Field(description="Publicatie.", examples=["Consumentenprijzen; prijsindex 1900 = 100"])
    gepubliceerd_op: Day = Field(description="Dag van publicatie.", examples=["2020-01-09"])
    vindplaats: str = Field(description="Bladzijde of adres.", examples=["CBS, tabel 71905ned, 2019"])
    toelichting: str | None = Field(description="Wat erbij hoort; anders null.", examples=["Eerste cijfer."])
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class IndexcijfersFilter(PageQuery):
    reeks: str | None = Field(None, pattern=CODE, description="Alleen van deze reeks.", examples=["cpi"])
    periode: str | None = Field(None, pattern=PERIODE, max_length=7, description="Alleen van deze periode.", examples=["2019"])
    stand: Stand | None = Field(None, description="Alleen met deze stand.", examples=["definitief"])


class IndexcijfersPagina(Page):
    """Indexcijfers, op reeks, periode en versie."""

    results: list[Indexcijfer] = Field(description="De cijfers op deze pagina.")


class NieuwOnderdeel(Input):
    """Een reeks die meetelt."""

    reeks: str = Field(pattern=CODE, description="Code van de reeks.", examples=["cpi"])
    aandeel: Aandeel = Field(description="Aandeel in procenten.", examples=["30"])


class Onderdeel(Output):
    """Een reeks die meetelt."""

    reeks: str = Field(description="Code van de reeks.", examples=["cpi"])
    aandeel: Getal = Field(description="Aandeel in procenten.", examples=["30"])


class NieuwePeriodekeuze(Input):
    """Welke periode telt, gezien vanaf het jaar waarvoor wordt geïndexeerd."""

    jaren_terug: Whole = Field(ge=0, le=10, description="Hoeveel jaren daarvoor.", examples=[1])
    maand: Whole | None = Field(None, ge=1, le=12, description="Maand; zonder maand het hele jaar.", examples=[10])


class Periodekeuze(Output):
    """Welke periode telt, gezien vanaf het jaar waarvoor wordt geïndexeerd."""

    jaren_terug: int = Field(description="Hoeveel jaren daarvoor.", examples=[1])
    maand: int | None = Field(description="Maand; null voor het hele jaar.", examples=[10])


class NieuweIndexclausule(Input):
    """Wat een regeling over indexatie zegt."""

    code: str = Field(pattern=CODE, description="Code.", examples=["vng-contributie"])
    naam: Line = Field(max_length=200, description="Naam.", examples=["Contributie VNG"])
    bronvermelding: Line = Field(max_length=300, description="Waar de regeling staat.", examples=["VNG, ledenbrief 19/025"])
    tekst: Line = Field(max_length=2000, description="Wat zij zegt.", examples=["Loon- en prijsontwikkeling plus 1,0 %."])
    onderdelen: list[NieuwOnderdeel] = Field(min_length=1, max_length=10, description="De reeksen, samen 100 procent.")
    doel: NieuwePeriodekeuze = Field(description="Periode waarvan het cijfer telt (ten hoogste vijf jaren terug).")
    basis: NieuwePeriodekeuze | None = Field(None, description="Periode waarmee een niveau wordt vergeleken; anders geen.")
    opslag: Procent = Field(Decimal(0), description="Wat erbij komt, in procentpunten; zonder opslag 0.", examples=["1.0"])
    plafond: Procent | None = Field(None, description="Ten hoogste zoveel procent, met opslag.", examples=["5"])
    bodem: Procent | None = Field(None, description="Ten minste zoveel procent, met opslag.", examples=["0"])
    percentage_decimalen: Annotated[Whole, Field(ge=0, le=8)] = Field(description="Decimalen van het percentage.", examples=[1])
    percentage_afronding: Afronding = Field("half-omhoog", description=_AFRONDING, examples=["half-omhoog"])
    keten_decimalen: Decimalen = Field(description="Decimalen van de euro's waarmee het volgende jaar verder gaat.", examples=[4])
    keten_afronding: Afronding = Field("half-omhoog", description=_AFRONDING, examples=["half-omhoog"])
    prijs_decimalen: Decimalen = Field(description="Decimalen van de euro's die worden betaald.", examples=[2])
    prijs_afronding: Afronding = Field("half-omhoog", description=_AFRONDING, examples=["half-omhoog"])
    nacalculatie: Nacalculatie = Field(
        "geen",
        description="Of een cijfer dat later anders is, wordt verrekend in een volgend jaar: in procentpunten (`verschil`) of "
        "als verhouding van beide uitkomsten.",
        examples=["verschil"],
    )
    nacalculatie_jaren: Whole = Field(0, ge=0, le=5, description="Hoeveel jaren terug; 0 zonder nacalculatie.", examples=[1])
    aankondigen_voor: str | None = Field(
        None,
        pattern=MAANDDAG,
        max_length=5,
        description="Laatste maand en dag van het jaar ervoor waarop kan worden aangekondigd.",
        examples=["10-01"],
    )


class Indexclausule(Output):
    """Wat een regeling over indexatie zegt; dat verandert nooit. Een andere afspraak is een andere clausule."""

    code: str = Field(description="Code.", examples=["vng-contributie"])
    naam: str = Field(description="Naam.", examples=["Contributie VNG"])
    bronvermelding: str = Field(description="Waar de regeling staat.", examples=["VNG, ledenbrief 19/025"])
    tekst: str = Field(description="Wat zij zegt.", examples=["Loon- en prijsontwikkeling plus 1,0 %."])
    onderdelen: list[Onderdeel] = Field(description="De reeksen, samen 100 procent.")
    doel: Periodekeuze = Field(description="Periode waarvan het cijfer telt.")
    basis: Periodekeuze | None = Field(description="Periode waarmee een niveau wordt vergeleken; null als dat niet hoeft.")
    opslag: Getal = Field(description="Wat erbij komt, in procentpunten.", examples=["1"])
    plafond: Getal | None = Field(description="Ten hoogste zoveel procent; null zonder plafond.", examples=["5"])
    bodem: Getal | None = Field(description="Ten minste zoveel procent; null zonder bodem.", examples=["0"])
    percentage_decimalen: int = Field(description="Decimalen van het percentage.", examples=[1])
    percentage_afronding: Afronding = Field(description=_AFRONDING, examples=["half-omhoog"])
    keten_decimalen: int = Field(description="Decimalen van de euro's waarmee het volgende jaar verder gaat.", examples=[4])
    keten_afronding: Afronding = Field(description=_AFRONDING, examples=["half-omhoog"])
    prijs_decimalen: int = Field(description="Decimalen van de euro's die worden betaald.", examples=[2])
    prijs_afronding: Afronding = Field(description=_AFRONDING, examples=["half-omhoog"])
    nacalculatie: Nacalculatie = Field(description="Hoe een cijfer dat later anders is, wordt verrekend.", examples=["verschil"])
    nacalculatie_jaren: int = Field(description="Hoeveel jaren terug.", examples=[1])
    aankondigen_voor: str | None = Field(description="Laatste maand en dag van het jaar ervoor; anders null.", examples=["10-01"])
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class IndexclausulesPagina(Page):
    """Indexclausules, op code."""

    results: list[Indexclausule] = Field(description="De clausules op deze pagina.")


class NieuweIndexatie(Input):
    """Wat te berekenen, met de laatste cijfers die zijn vastgelegd."""

    clausule: str = Field(pattern=CODE, description="Code van de clausule.", examples=["vng-contributie"])
    jaar: Jaar = Field(description="Jaar waarvoor wordt geïndexeerd.", examples=[2024])
    aangekondigd_op: GivenDay = Field(description="Dag van aankondiging aan wie betaalt.", examples=["2023-05-24"])


class Rekenstap(Output):
    """Eén stap van een berekening."""

    stap: str = Field(description="Welke stap.", examples=["weging"])
    uitleg: str = Field(description="Wat er gebeurt.", examples=["90 % × ova + 10 % × ppc"])
    waarde: str = Field(
        description="Uitkomst, in procenten of euro's; getoond tot twaalf decimalen, gerekend wordt met de hele waarde.",
        examples=["4.697"],
    )


class Indexatiegegeven(Output):
    """Welke cijfers van een reeks zijn gebruikt."""

    over_jaar: int = Field(description="Het jaar zelf, of een eerder jaar dat wordt verrekend.", examples=[2024])
    reeks: str = Field(description="Code van de reeks.", examples=["cpi"])
    doel: str = Field(description="Pad van het cijfer van het doel.", examples=[f"/v1/indexcijfers/{_ID}"])
    basis: str | None = Field(description="Pad van het cijfer van de basis; null bij mutaties.")
    oud_doel: str | None = Field(description="Pad van het cijfer dat toen is gebruikt; null voor het jaar zelf.")
    oud_basis: str | None = Field(description="Pad van de basis die toen is gebruikt; null voor het jaar zelf en bij mutaties.")


class Indexatie(Output):
    """Wat een clausule voor een jaar geeft; dat verandert nooit. Met betere cijfers volgt een volgende versie."""

    id: UUID = Field(description="Identificatie.", examples=[_ID])
    clausule: str = Field(description="Code van de clausule.", examples=["vng-contributie"])
    jaar: int = Field(description="Jaar waarvoor wordt geïndexeerd.", examples=[2024])
    versie: int = Field(ge=1, description="Volgnummer binnen clausule en jaar; de laatste geldt.", examples=[1])
    stand: Literal["voorlopig", "definitief"] = Field(
        description="Definitief als alle gebruikte cijfers dat zijn.", examples=["voorlopig"]
    )
    percentage: Getal = Field(description="Uitkomst in procenten.", examples=["6.1"])
    factor: Getal = Field(description="Waarmee een bedrag wordt vermenigvuldigd.", examples=["1.061"])
    aangekondigd_op: Day = Field(description="Dag van aankondiging.", examples=["2023-05-24"])
    gegevens: list[Indexatiegegeven] = Field(description="De gebruikte cijfers.")
    stappen: list[Rekenstap] = Field(description="De berekening.")
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class IndexatiesFilter(PageQuery):
    clausule: str | None = Field(None, pattern=CODE, description="Alleen van deze clausule.", examples=["vng-contributie"])
    jaar: Annotated[Digits, Field(ge=2000, le=2100)] | None = Field(None, description="Alleen voor dit jaar.", examples=[2024])
    stand: Literal["voorlopig", "definitief"] | None = Field(None, description="Alleen met deze stand.", examples=["definitief"])


class IndexatiesPagina(Page):
    """Indexaties, op clausule, jaar en versie."""

    results: list[Indexatie] = Field(description="De indexaties op deze pagina.")


class Berekeningsvraag(Input):
    """Which amount."""

    bedrag: Euro = Field(description="Bedrag of tarief in euro's.", examples=["1.81"])


class Berekening(Output):
    """Wat een bedrag wordt; er wordt niets vastgelegd."""

    indexatie: str = Field(description="Pad van de indexatie.", examples=[f"/v1/indexaties/{_ID}"])
    oud: Getal = Field(description="Bedrag van voor de indexatie, in euro's.", examples=["1.81"])
    nieuw: Getal = Field(description="Bedrag waarmee het volgende jaar verder gaat, in euro's.", examples=["1.92"])
    prijs: Getal = Field(description="Bedrag dat wordt betaald, in euro's.", examples=["1.92"])
    stappen: list[Rekenstap] = Field(description="De berekening.")


class NieuweToepassing(Input):
    """Waarop een indexatie wordt toegepast."""

    indexatie: GivenUuid = Field(description="Identificatie van de indexatie.", examples=[_ID])
    onderwerp: Brondocument = Field(description="Wat wordt geïndexeerd, bij de bron die het beheert.")
    oud: Euro | None = Field(
        None,
        description="Bedrag of tarief in euro's waarmee de keten begint; daarna gaat zij verder met wat er uitkwam.",
        examples=["1.81"],
    )


class Toepassing(Output):
    """Een bedrag of tarief in een jaar, als schakel in een keten; dat verandert nooit."""

    id: UUID = Field(description="Identificatie.", examples=[_ID])
    onderwerp: Reference = Field(description="Wat is geïndexeerd.")
    indexatie: str = Field(description="Pad van de indexatie.", examples=[f"/v1/indexaties/{_ID}"])
    jaar: int = Field(description="Jaar waarvoor het bedrag geldt.", examples=[2024])
    vorige: str | None = Field(description="Pad van de vorige schakel; null aan het begin.")
    oud: Getal = Field(description="Bedrag van voor de indexatie, in euro's.", examples=["1.81"])
    nieuw: Getal = Field(description="Bedrag waarmee het volgende jaar verder gaat, in euro's.", examples=["1.92"])
    prijs: Getal = Field(description="Bedrag dat wordt betaald, in euro's.", examples=["1.92"])
    verschil: Getal | None = Field(
        description="Prijs min die van de vorige toepassing op hetzelfde jaar: wat is te verrekenen; null als er geen was.",
        examples=["0.01"],
    )
    stappen: list[Rekenstap] = Field(description="De berekening.")
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class ToepassingenFilter(PageQuery):
    indexatie: GivenUuid | None = Field(None, description="Alleen van deze indexatie.", examples=[_ID])
    onderwerp_pad: str | None = Field(
        None,
        max_length=250,
        pattern=r"^/v[1-9][0-9]{0,2}/[A-Za-z0-9._~/-]{1,240}$",
        description="Alleen van wat dit pad heeft.",
        examples=["/v1/tarieven/proef"],
    )
    jaar: Annotated[Digits, Field(ge=2000, le=2100)] | None = Field(None, description="Alleen voor dit jaar.", examples=[2024])


class ToepassingenPagina(Page):
    """Toepassingen, in volgorde van vastleggen."""

    results: list[Toepassing] = Field(description="De toepassingen op deze pagina.")
