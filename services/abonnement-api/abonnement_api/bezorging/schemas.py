"""Wire models of the delivery of documents."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, Digits, GivenDay, GivenUuid, Input, Line, Moment, Output
from pydantic import Field

from abonnement_api.factuur.schemas import Gemeentecode

Wijze = Literal["ophalen", "email", "toegangspunt"]
WIJZE = (
    "`ophalen`: de gemeente haalt haar stukken zelf op. `email`: het bureau mailt ze. `toegangspunt`: een toegangspunt van "
    "Peppol bezorgt ze. Is niets vastgelegd, dan haalt zij ze op."
)
Status = Literal["niet-opgemaakt", "te-bezorgen", "aangeboden", "bezorgd", "geweigerd", "opnieuw"]
STATUS = (
    "`niet-opgemaakt`: er is nog geen stuk, `belemmeringen` zegt waarom. `te-bezorgen`: het wacht. `aangeboden`: het is "
    "onderweg. `bezorgd`, `geweigerd`: wat ervan werd. `opnieuw`: het wacht op een volgende poging."
)
Kenmerk = Annotated[Line, Field(min_length=1, max_length=200)]
Reden = Annotated[Line, Field(min_length=1, max_length=500)]


class WijzeVanGemeente(Input):
    """Hoe een gemeente haar stukken wil, vanaf een dag."""

    gemeentecode: Gemeentecode = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    vanaf: GivenDay = Field(description="Eerste dag waarop dit geldt.", examples=["2018-01-01"])
    wijze: Wijze = Field(description=WIJZE, examples=["toegangspunt"])


class NieuweBezorgwijzen(Input):
    """Hoe gemeenten hun stukken willen, van veel gemeenten in één keer."""

    wijzen: list[WijzeVanGemeente] = Field(min_length=1, max_length=1000, description="Per gemeente.")


class Bezorgwijze(Output):
    """Hoe een gemeente haar stukken wil, vanaf een dag."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    versie: int = Field(description="Hoeveelste versie dit is; van dezelfde dag geldt de laatste.", examples=[1])
    vanaf: Day = Field(description="Eerste dag waarop dit geldt.", examples=["2018-01-01"])
    wijze: Wijze = Field(description=WIJZE, examples=["toegangspunt"])
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class BezorgwijzenPagina(Page):
    """Elke versie van elke bezorgwijze, op gemeentecode."""

    results: list[Bezorgwijze] = Field(description="De bezorgwijzen op deze pagina.")


class BezorgingenFilter(PageQuery):
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["te-bezorgen"])
    wijze: Wijze | None = Field(None, description="Alleen wat zo wordt bezorgd.", examples=["toegangspunt"])
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen van deze gemeente.", examples=["GM0344"])
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen over dit jaar.", examples=[2018])


class NieuweAanbieding(Input):
    """Dat een stuk is verstuurd, of nu wordt verstuurd."""

    kenmerk: Kenmerk | None = Field(None, description="Hoe wie verstuurt het noemt.", examples=["AP-2018-0001"])


class NieuweBezorgmelding(Input):
    """Wat er van een stuk is geworden."""

    uitkomst: Literal["bezorgd", "geweigerd"] = Field(description="Of het aankwam.", examples=["bezorgd"])
    bericht: GivenUuid | None = Field(
        None,
        description="Over welke poging dit gaat; zonder dit over de laatste.",
        examples=["0f5a1d34-0f0c-5b53-8b54-2f7f4a6d9c10"],
    )
    kenmerk: Kenmerk | None = Field(None, description="Bewijs of kenmerk van ontvangst.", examples=["AS4-2018-0001"])
    reden: Reden | None = Field(
        None, description="Waarom het is geweigerd; dan nodig, anders niet.", examples=["Ordernummer onbekend"]
    )


class NieuwePoging(Input):
    """Een stuk opnieuw bezorgen."""

    reden: Reden = Field(description="Waarom.", examples=["Ordernummer van de gemeente is nu bekend"])


class Bezorgstap(Output):
    """Wat er met een stuk gebeurde."""

    stap: Literal["aangeboden", "bezorgd", "geweigerd", "opnieuw"] = Field(description="Wat er gebeurde.", examples=["bezorgd"])
    wijze: Wijze = Field(description=WIJZE, examples=["toegangspunt"])
    bericht: UUID = Field(description="Welke poging.", examples=["0f5a1d34-0f0c-5b53-8b54-2f7f4a6d9c10"])
    kenmerk: str | None = Field(description="Kenmerk van wie het zei.", examples=["AS4-2018-0001"])
    reden: str | None = Field(description="Waarom geweigerd, of waarom opnieuw.", examples=["Ordernummer onbekend"])
    rol: str | None = Field(description="Rol van wie het zei; null: deze dienst zelf.", examples=["toegangspunt"])
    op: Moment = Field(description="Wanneer.", examples=["2018-01-16T09:00:00.000Z"])


class Adres(Output):
    """Een adres in het netwerk van Peppol."""

    schema_: str = Field(alias="schema", description="Schema: `0190` OIN, `0106` handelsregister.", examples=["0190"])
    nummer: str = Field(description="Nummer daarin.", examples=["00000099000000003000"])


class Bericht(Output):
    """Wat een toegangspunt moet weten om dit stuk te bezorgen; dezelfde gegevens staan in de envelop."""

    id: UUID = Field(
        description="Van deze poging; steeds hetzelfde, tot er een volgende is.",
        examples=["0f5a1d34-0f0c-5b53-8b54-2f7f4a6d9c10"],
    )
    zender: Adres = Field(description="De verkoper.")
    ontvanger: Adres = Field(description="De gemeente.")
    documenttype: str = Field(
        description="Soort document in Peppol (`busdox-docid-qns`).",
        examples=[
            "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice##urn:cen.eu:en16931:2017#compliant#"
            "urn:fdc:peppol.eu:2017:poacc:billing:3.0::2.1"
        ],
    )
    proces: str = Field(
        description="Proces in Peppol (`cenbii-procid-ubl`).", examples=["urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"]
    )
    ubl_sha256: str = Field(
        description="Hash (SHA-256) van de e-factuur.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )


class BezorgingKort(Output):
    """Een factuur of creditnota, en waar zij is op weg naar de gemeente."""

    nummer: str = Field(description="Nummer.", examples=["2018-000001"])
    soort: Literal["factuur", "creditnota"] = Field(description="Wat het is.", examples=["factuur"])
    stuk: str = Field(description="Pad van de factuur of creditnota.", examples=["/v1/facturen/2018-000001"])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    jaar: int = Field(description="Jaar waarover zij gaat.", examples=[2018])
    datum: Day = Field(description="Datum van het stuk.", examples=["2018-01-15"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[1086840])
    wijze: Wijze = Field(description=WIJZE, examples=["toegangspunt"])
    status: Status = Field(description=STATUS, examples=["te-bezorgen"])
    sinds: Moment | None = Field(description="Sinds wanneer dit zo is.", examples=["2018-01-15T09:00:00.000Z"])
    belemmeringen: list[str] = Field(description="Wat het bezorgen nu in de weg staat.", examples=[[]])


class Bezorging(BezorgingKort):
    """Een factuur of creditnota op weg naar de gemeente, met alles wat ermee gebeurde."""

    bericht: Bericht | None = Field(description="Voor een toegangspunt; null zolang het niet is opgemaakt.")
    stappen: list[Bezorgstap] = Field(description="Wat er gebeurde, in die volgorde.")
    email: str = Field(description="Pad van het e-mailbestand.", examples=["/v1/bezorgingen/2018-000001/email"])
    envelop: str = Field(description="Pad van de envelop.", examples=["/v1/bezorgingen/2018-000001/envelop"])


class BezorgingenPagina(Page):
    """Bezorgingen, op nummer."""

    results: list[BezorgingKort] = Field(description="De bezorgingen op deze pagina.")
