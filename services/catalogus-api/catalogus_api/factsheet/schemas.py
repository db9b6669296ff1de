"""Wire models of factsheets and ramingen."""

from __future__ import annotations

from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Day, Digits, GivenDay, Input, Line, Moment, Output, Whole
from pydantic import Field

from catalogus_api.factsheet.rules import GROOTSTE, Basis, Eenheid, Reikwijdte, Ritme, Soort, Voor

LANGSTE_ANTWOORD = 3000
"""Characters; an answer in four parts has as many in each."""
MEESTE_POSTEN = 30
MEESTE_BANDEN = 20
MEESTE_GEBRUIKERS = 10_000_000
Publicatiestatus = Annotated[str, Field(description="concept of gepubliceerd.", examples=["gepubliceerd"])]

_WAARDE = "In honderdsten van de eenheid: centen, honderdsten van een fte of van een uur."
_ONTWIKKELD = "Wie heeft het ontwikkeld? Null: niet genoemd."
_WAT = "Wat is het precies, wat kun je er mee? Null: niet genoemd."
_WIE = "Wie gaat het gebruiken: gemeente of ketenpartner? Null: niet genoemd."
_DOEN = "Wat moet een gemeente doen om het in te voeren, {}? Null: niet genoemd."
_IT, _WERKPROCES = _DOEN.format("wat IT betreft"), _DOEN.format("wat het werkproces betreft")
_VERANDERKUNDIG, _PERSONEEL = _DOEN.format("veranderkundig"), _DOEN.format("wat het personeel betreft")
_KOSTEN = "Wat kost het gebruik en wat levert het op aan besparing, in woorden? Null: niet genoemd."
_DATUM = "De dag waarvan dit de stand is; niet na vandaag, en niet voor die van de vorige versie."

Antwoord = Annotated[
    Line, Field(max_length=LANGSTE_ANTWOORD, examples=["Ontwikkeld door stichting Govroam, samen met gemeenten."])
]
Waarde = Annotated[Whole, Field(ge=0, le=GROOTSTE)]
Aantal = Annotated[Whole, Field(ge=0, le=100_000_000)]


class Factsheetkeuze(Input):
    """Which version of a factsheet."""

    op: GivenDay | None = Field(
        None, description="De versie waarvan de stand op deze dag gold; zonder dit de laatste.", examples=["2018-01-15"]
    )
    versie: Digits | None = Field(None, ge=1, le=1_000_000, description="Alleen deze versie.", examples=[1])


class Staffelband(Input):
    """Wat het is voor een aantal inwoners of gebruikers tussen twee grenzen."""

    vanaf: Aantal = Field(description="Vanaf dit aantal; de eerste band begint bij 0.", examples=[0])
    tot: Aantal | None = Field(description="Tot dit aantal, dat er niet bij hoort; de laatste band heeft null.", examples=[1000])
    laag: Waarde = Field(description=f"Minste. {_WAARDE}", examples=[50_000])
    hoog: Waarde = Field(description=f"Meeste. {_WAARDE}", examples=[50_000])


class PostVindplaats(Input):
    """Waar een bedrag staat."""

    stuk: Annotated[Line, Field(max_length=120)] = Field(description="Het stuk.", examples=["VNG, BALV 30-11-2016, voorstel A"])
    pagina: Annotated[Line, Field(max_length=20)] | None = Field(
        None, description="Bladzij of bladzijden; null als het stuk er geen heeft.", examples=["17"]
    )
    citaat: Annotated[Line, Field(max_length=1000)] = Field(
        description="Wat er staat, letterlijk.", examples=["een eenmalig bedrag van € 1500 voor de aansluiting"]
    )


class NieuwePost(Input):
    """Iets wat kost of bespaart. Wat de bron niet noemt, blijft weg: er wordt niets verzonnen."""

    omschrijving: Line = Field(max_length=200, description="Waarvoor.", examples=["Aansluiting"])
    soort: Soort = Field(description="Kosten of besparing.", examples=["kosten"])
    voor: Voor = Field("gemeente", description="Wie het betaalt of bespaart.", examples=["gemeente"])
    ritme: Ritme | None = Field(None, description="Hoe vaak; null: niet genoemd.", examples=["eenmalig"])
    eenheid: Eenheid | None = Field(None, description="Waarin het is uitgedrukt; null: niet genoemd.", examples=["euro"])
    basis: Basis | None = Field(
        None, description="Vast, per stuk, of naar een aantal (in banden); null: niet genoemd.", examples=["vast"]
    )
    reikwijdte: Reikwijdte = Field(
        "per gemeente", description="Of het bedrag van elke gemeente is of van alle samen.", examples=["per gemeente"]
    )
    laag: Waarde | None = Field(None, description=f"Minste. {_WAARDE} Null: niet genoemd.", examples=[150_000])
    hoog: Waarde | None = Field(None, description=f"Meeste. {_WAARDE} Null: niet genoemd.", examples=[150_000])
    staffel: list[Staffelband] = Field(
        [], max_length=MEESTE_BANDEN, description="Banden naar inwoners of gebruikers, aaneengesloten vanaf 0."
    )
    vindplaats: PostVindplaats | None = Field(None, description="Waar dit staat; null als het nergens staat.")


class NieuweFactsheet(Input):
    """Een volgende versie van een factsheet, in haar geheel."""

    datum: GivenDay = Field(description=_DATUM, examples=["2016-11-30"])
    publicatiestatus: Literal["concept", "gepubliceerd"] = Field(
        "concept", description="Een concept ziet alleen catalogusbeheer; wat gepubliceerd is, blijft dat.", examples=["concept"]
    )
    ontwikkeld_door: Antwoord | None = Field(None, description=_ONTWIKKELD)
    wat_is_het: Antwoord | None = Field(None, description=_WAT)
    wie_gebruikt_het: Antwoord | None = Field(None, description=_WIE)
    implementatie_it: Antwoord | None = Field(None, description=_IT)
    implementatie_werkproces: Antwoord | None = Field(None, description=_WERKPROCES)
    implementatie_veranderkundig: Antwoord | None = Field(None, description=_VERANDERKUNDIG)
    implementatie_personeel: Antwoord | None = Field(None, description=_PERSONEEL)
    kosten_en_besparing: Antwoord | None = Field(None, description=_KOSTEN)
    posten: list[NieuwePost] = Field([], max_length=MEESTE_POSTEN, description="Kosten en besparingen om mee te rekenen.")
    bronvermelding: Line = Field(max_length=500, description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, bijlage"])


class StaffelbandVermeld(Output):
    """Wat het is voor een aantal inwoners of gebruikers tussen twee grenzen."""

    vanaf: int = Field(ge=0, description="Vanaf dit aantal.", examples=[0])
    tot: int | None = Field(ge=0, description="Tot dit aantal, dat er niet bij hoort; null: en meer.", examples=[1000])
    laag: int = Field(ge=0, le=GROOTSTE, description=f"Minste. {_WAARDE}", examples=[50_000])
    hoog: int = Field(ge=0, le=GROOTSTE, description=f"Meeste. {_WAARDE}", examples=[50_000])


class PostVindplaatsVermeld(Output):
    """Waar een bedrag staat."""

    stuk: str = Field(description="Het stuk.", examples=["VNG, BALV 30-11-2016, voorstel A"])
    pagina: str | None = Field(description="Bladzij of bladzijden; null als het stuk er geen heeft.", examples=["17"])
    citaat: str = Field(description="Wat er staat, letterlijk.", examples=["een eenmalig bedrag van € 1500 voor de aansluiting"])


class Postkenmerken(Output):
    """Waarover een post gaat."""

    omschrijving: str = Field(description="Waarvoor.", examples=["Aansluiting"])
    soort: str = Field(description="kosten of besparing.", examples=["kosten"])
    voor: str = Field(description="Wie het betaalt of bespaart.", examples=["gemeente"])
    ritme: str | None = Field(description="eenmalig, jaarlijks of per keer; null: niet genoemd.", examples=["eenmalig"])
    eenheid: str | None = Field(description="euro, fte of uren; null: niet genoemd.", examples=["euro"])
    basis: str | None = Field(description="Waar het van afhangt; null: niet genoemd.", examples=["vast"])
    reikwijdte: str = Field(description="per gemeente of landelijk.", examples=["per gemeente"])


class Kostenpost(Postkenmerken):
    """Iets wat kost of bespaart."""

    laag: int | None = Field(ge=0, le=GROOTSTE, description=f"Minste. {_WAARDE} Null: niet genoemd.", examples=[150_000])
    hoog: int | None = Field(ge=0, le=GROOTSTE, description=f"Meeste. {_WAARDE} Null: niet genoemd.", examples=[150_000])
    staffel: list[StaffelbandVermeld] = Field(description="Banden naar inwoners of gebruikers; leeg als er geen zijn.")
    vindplaats: PostVindplaatsVermeld | None = Field(description="Waar dit staat; null als het nergens staat.")


class Factsheet(Output):
    """Een versie van de factsheet van een voorziening: vijf vragen, met kosten en besparingen. Zij verandert niet meer."""

    voorziening: str = Field(description="Code van de voorziening.", examples=["govroam"])
    versie: int = Field(ge=1, description="Nummer van deze versie; ook de ETag.", examples=[1])
    naam: str = Field(description="Hoe de voorziening toen heette.", examples=["Govroam"])
    datum: Day = Field(description="De dag waarvan dit de stand is.", examples=["2016-11-30"])
    publicatiestatus: Publicatiestatus
    ontwikkeld_door: str | None = Field(description=_ONTWIKKELD, examples=["Stichting Govroam, met gemeenten."])
    wat_is_het: str | None = Field(description=_WAT, examples=["Veilig inloggen op het netwerk van een ander."])
    wie_gebruikt_het: str | None = Field(description=_WIE, examples=["Gemeenten en ketenpartners"])
    implementatie_it: str | None = Field(description=_IT, examples=["Instellingen op netwerkapparaten."])
    implementatie_werkproces: str | None = Field(description=_WERKPROCES, examples=["Geen gevolgen."])
    implementatie_veranderkundig: str | None = Field(description=_VERANDERKUNDIG, examples=["Er verandert weinig."])
    implementatie_personeel: str | None = Field(description=_PERSONEEL, examples=["Minder bezoek aan de balie."])
    kosten_en_besparing: str | None = Field(description=_KOSTEN, examples=["De kosten zijn zeer beperkt."])
    posten: list[Kostenpost] = Field(description="Kosten en besparingen om mee te rekenen.")
    bronvermelding: str = Field(description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, voorstel A, bijlage"])
    vastgelegd_op: Moment = Field(description="Wanneer deze versie is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class FactsheetsPagina(Page):
    """Versies van een factsheet, nieuwste eerst."""

    results: list[Factsheet] = Field(description="De versies op deze pagina.")


class Ramingvraag(Input):
    """For whom a raming is made."""

    gemeente: str = Field(pattern="^GM[0-9]{4}$", description="Code van de gemeente.", examples=["GM0344"])
    op: GivenDay | None = Field(
        None, description="Met de factsheet en het inwonertal van deze dag; zonder dit van vandaag.", examples=["2018-01-15"]
    )
    gebruikers: Digits | None = Field(
        None, ge=0, le=MEESTE_GEBRUIKERS, description="Hoeveel gebruikers de gemeente zou hebben.", examples=[1200]
    )


class Ramingregel(Postkenmerken):
    """Wat een post voor deze gemeente is, met de berekening."""

    laag: int | None = Field(ge=0, description=f"Minste. {_WAARDE} Null: niet te berekenen.", examples=[150_000])
    hoog: int | None = Field(ge=0, description=f"Meeste. {_WAARDE} Null: niet te berekenen.", examples=[150_000])
    berekening: str = Field(
        description="De berekening in woorden, of waarom er geen is.", examples=["€ 1.500, voor elke gemeente gelijk"]
    )
    band: StaffelbandVermeld | None = Field(description="De band waarin de gemeente valt; null als er geen staffel is.")
    telt_mee: bool = Field(
        description="Of het in de totalen zit: alleen wat te berekenen is en de gemeente zelf betaalt of bespaart.",
        examples=[True],
    )


class Ramingtotaal(Output):
    """De som van wat is te berekenen en wat de gemeente zelf betaalt of bespaart."""

    soort: str = Field(description="kosten of besparing.", examples=["kosten"])
    ritme: str | None = Field(description="eenmalig of jaarlijks; null: niet genoemd.", examples=["eenmalig"])
    eenheid: str = Field(description="euro, fte of uren.", examples=["euro"])
    laag: int = Field(ge=0, description=f"Minste. {_WAARDE}", examples=[150_000])
    hoog: int = Field(ge=0, description=f"Meeste. {_WAARDE}", examples=[150_000])
    posten: int = Field(ge=1, description="Hoeveel posten hierin zitten.", examples=[1])
    tekst: str = Field(description="Hetzelfde in woorden.", examples=["€ 1.500"])


class Raminginwoners(Output):
    """Het inwonertal waarmee is gerekend."""

    peildatum: Day = Field(description="Dag van de telling: de laatste tot en met de gevraagde dag.", examples=["2018-01-01"])
    aantal: int | None = Field(ge=0, description="Van de gemeente; null: toen niet geteld.", examples=[347_483])
    landelijk: int = Field(ge=0, description="Van alle gemeenten samen.", examples=[17_181_084])
    bron: str = Field(description="Bron.", examples=["CBS, CC BY 4.0"])


class Raming(Output):
    """Wat een voorziening een gemeente kost en bespaart, voor zover dat uit de factsheet volgt."""

    voorziening: str = Field(description="Code van de voorziening.", examples=["govroam"])
    naam: str = Field(description="Naam van de voorziening, zoals op de factsheet.", examples=["Govroam"])
    factsheet: str = Field(
        description="Pad van de factsheet waarmee is gerekend.", examples=["/v1/voorzieningen/govroam/factsheet?versie=1"]
    )
    stand_van: Day = Field(description="De dag waarvan die factsheet de stand is.", examples=["2016-11-30"])
    op: Day = Field(description="De dag waarvoor is gerekend.", examples=["2018-01-15"])
    gemeente: str = Field(description="Code van de gemeente.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam van de gemeente.", examples=["Utrecht"])
    inwoners: Raminginwoners | None = Field(description="Waarmee is gerekend; null als er geen telling is.")
    gebruikers: int | None = Field(ge=0, description="Zoals in de vraag; null: niet gegeven.", examples=[1200])
    regels: list[Ramingregel] = Field(description="Een regel per post van de factsheet, in dezelfde volgorde.")
    totalen: list[Ramingtotaal] = Field(description="Wat de gemeente zelf betaalt en bespaart.")
    volledig: bool = Field(description="Of alles wat de gemeente zelf betaalt of bespaart te berekenen was.", examples=[True])
    afronding: str = Field(description="Hoe is afgerond.")
