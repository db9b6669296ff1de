"""Wire models of payment orders."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, Flag, GivenDay, GivenUuid, Input, Line, Moment, Output, Reference, Whole
from pydantic import Field

from abonnement_api.tarief.schemas import Slug

PAD = "/v1/betaalopdrachten/4f0d9a5c-3c1e-4d0f-8a56-2b9d6f7c1e30"
Opdrachtstatus = Literal["voorgesteld", "afgewezen", "onderweg", "afgehandeld"]
Regelstatus = Literal["voorgesteld", "afgewezen", "onderweg", "betaald", "geweigerd", "teruggekomen"]
STATUS = Field(
    description="`voorgesteld` wacht op een ander; `onderweg` zolang een betaling op geen afschrift staat.",
    examples=["onderweg"],
)
DATUM = Field(None, description="Dag waarop de bank haar uitvoert; standaard vandaag.", examples=["2018-02-20"])
VERZAMELBOEKING = Field(False, description="true: de bank mag alles in één bedrag afschrijven.")


class NieuweUitbetaling(Input):
    """Stel voor, uit te betalen wat is verdeeld."""

    aanbieders: list[Slug] | None = Field(
        None,
        min_length=1,
        max_length=50,
        description="Codes van aanbieders; zonder: elke aanbieder die iets krijgt en niet al wordt betaald.",
        examples=[["stichting-kindertelefoon"]],
    )
    datum: GivenDay | None = DATUM
    verzamelboeking: Flag = VERZAMELBOEKING


class Terugbetaling(Input):
    """Wat van één ontvangst wordt terugbetaald."""

    betaling: GivenUuid = Field(description="De ontvangst.", examples=["3b7f0d62-1d6c-45f5-9f55-7a3c4f9be310"])
    bedrag_cent: Annotated[Whole, Field(ge=1, le=99_999_999_999)] | None = Field(
        None, description="Bedrag in centen; zonder: wat ervan over is.", examples=[12500]
    )


class NieuweTerugbetaling(Input):
    """Stel voor, terug te betalen wat van ontvangsten over is; naar de rekening waar het vandaan kwam."""

    terugbetalingen: list[Terugbetaling] = Field(min_length=1, max_length=500, description="Van welke ontvangsten.")
    datum: GivenDay | None = DATUM
    verzamelboeking: Flag = VERZAMELBOEKING


class NieuweBetaalafwijzing(Input):
    """Wijs een betaalopdracht af, of trek haar in."""

    reden: Line = Field(max_length=500, description="Waarom.", examples=["De rekening is die van vorig jaar"])


class NieuweUitkomst(Input):
    """Zeg met de hand wat er van betalingen is geworden."""

    soort: Literal["betaald", "geweigerd", "retour"] = Field(
        description="`betaald`: afgeschreven; `geweigerd`: de bank voert haar niet uit; `retour`: kwam terug.",
        examples=["betaald"],
    )
    regels: list[Annotated[Whole, Field(ge=1, le=9999)]] = Field(
        min_length=1, max_length=9999, description="Nummers van de regels van de opdracht.", examples=[[1]]
    )
    afschrijving: GivenUuid | None = Field(
        None, description="Bij `betaald`: de afschrijving.", examples=["0d9c2f54-1f7e-4d2a-9b58-0f6d3c9a1e21"]
    )
    betaling: GivenUuid | None = Field(
        None,
        description="Bij `retour`: de ontvangst waarmee één regel terugkwam.",
        examples=["3b7f0d62-1d6c-45f5-9f55-7a3c4f9be310"],
    )
    toelichting: Line = Field(max_length=500, description="Waarom.", examples=["volgens bericht van de bank"])


class BetaalopdrachtenFilter(PageQuery):
    soort: Literal["verdeling", "terugbetaling"] | None = Field(
        None, description="Alleen van deze soort.", examples=["verdeling"]
    )
    status: Opdrachtstatus | None = Field(None, description="Alleen met deze status.", examples=["onderweg"])
    verdeling: GivenUuid | None = Field(
        None, description="Alleen van deze verdeling.", examples=["c2b1f5c4-70e5-4f0e-8d5f-7a1c3e9d2b64"]
    )


class Betaalregel(Output):
    """Eén betaling."""

    volgnummer: int = Field(ge=1, description="Nummer in de opdracht.", examples=[1])
    eindnaareind: str = Field(
        description="Kenmerk van de betaling, ook op het afschrift.", examples=["VERD-20180220-4F0D9A5C3C-0001"]
    )
    naam: str = Field(description="Naam van wie wordt betaald.", examples=["stichting Voorbeeld"])
    iban: str = Field(description="Rekening van wie wordt betaald.", examples=["NL42TEST0000000002"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[386691157])
    omschrijving: str = Field(description="Tekst op het afschrift.", examples=["Verdeling van ontvangsten tot en met 15-02-2018"])
    aanbieder: str | None = Field(
        description="Code van de aanbieder, als het zijn deel is.", examples=["stichting-kindertelefoon"]
    )
    betaling: str | None = Field(
        description="Pad van de ontvangst, als daarvan wordt terugbetaald.",
        examples=["/v1/betalingen/3b7f0d62-1d6c-45f5-9f55-7a3c4f9be310"],
    )
    status: Regelstatus = Field(description="Waar deze betaling staat.", examples=["onderweg"])


class Betaalbesluit(Output):
    """Wat een ander over een betaalopdracht besloot."""

    uitkomst: str = Field(description="Wat is besloten: goedgekeurd of afgewezen.", examples=["goedgekeurd"])
    rol: str = Field(description="Rol in het contract van wie besloot.", examples=["fiatteur"])
    reden: str | None = Field(description="Waarom; alleen bij afwijzen.", examples=["De rekening is die van vorig jaar"])
    op: Moment = Field(description="Wanneer.", examples=["2018-02-16T10:00:00.000Z"])


class Bankbericht(Output):
    """Het bericht voor de bank: steeds dezelfde bytes."""

    pad: str = Field(description="Pad van het bericht (pain.001.001.09).", examples=[f"{PAD}/bericht"])
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Hash van de bytes.", examples=["0" * 64])


class BetaalopdrachtKort(Output):
    """Een betaalopdracht. Zij wijzigt nooit."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["4f0d9a5c-3c1e-4d0f-8a56-2b9d6f7c1e30"])
    soort: Literal["verdeling", "terugbetaling"] = Field(description="Wat er wordt betaald.", examples=["verdeling"])
    verdeling: str | None = Field(
        description="Pad van de verdeling die wordt uitbetaald.",
        examples=["/v1/verdelingen/c2b1f5c4-70e5-4f0e-8d5f-7a1c3e9d2b64"],
    )
    kenmerk: str = Field(description="Kenmerk van het bericht, ook op het afschrift.", examples=["VERD-20180220-4F0D9A5C3C"])
    datum: Day = Field(description="Dag waarop de bank haar uitvoert.", examples=["2018-02-20"])
    iban: str = Field(description="Eigen rekening.", examples=["NL69TEST0000000001"])
    naam: str = Field(description="Naam van wie betaalt, zoals de bank haar krijgt.", examples=["Administratiebureau (test)"])
    verzamelboeking: bool = Field(description="Of de bank alles in één bedrag mag afschrijven.", examples=[False])
    aantal: int = Field(ge=1, description="Aantal betalingen.", examples=[3])
    bedrag_cent: Cent = Field(description="Som van de betalingen, in centen.", examples=[1491723091])
    onderweg_cent: Cent = Field(description="Wat is goedgekeurd en nog op geen afschrift staat.", examples=[1491723091])
    betaald_cent: Cent = Field(description="Wat is afgeschreven en niet terugkwam.", examples=[0])
    status: Opdrachtstatus = STATUS
    rol: str = Field(description="Rol van wie haar voorstelde.", examples=["administratie"])
    voorgesteld_op: Moment = Field(description="Wanneer voorgesteld.", examples=["2018-02-16T09:00:00.000Z"])
    besluit: Betaalbesluit | None = Field(description="Wat een ander besloot; null zolang dat niet is gebeurd.")
    bericht: Bankbericht | None = Field(description="Het bericht voor de bank; null zolang zij niet is goedgekeurd.")
    boeking: Reference | None = Field(description="De boeking in fonds; null zolang die niet is afgeleverd.")


class Betaalopdracht(BetaalopdrachtKort):
    """Een betaalopdracht, met haar betalingen. Zij wijzigt nooit."""

    regels: list[Betaalregel] = Field(description="De betalingen; tellen op tot het bedrag.")


class BetaalopdrachtenPagina(Page):
    """Betaalopdrachten, in volgorde van voorstellen."""

    results: list[BetaalopdrachtKort] = Field(description="De betaalopdrachten op deze pagina.")


class Betaaluitkomst(Output):
    """Wat er van een betaling is geworden. Zij wijzigt nooit."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["9c1d7e2a-5b4f-4c3e-8d21-6a0f9b8c7d65"])
    betaalopdracht: str = Field(description="Pad van de betaalopdracht.", examples=[PAD])
    regel: int = Field(ge=1, description="Nummer van de betaling in de opdracht.", examples=[1])
    soort: Literal["betaald", "geweigerd", "retour"] = Field(description="Wat er van is geworden.", examples=["betaald"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[386691157])
    datum: Day = Field(description="Boekdatum.", examples=["2018-02-20"])
    afschrijving: str | None = Field(
        description="Pad van de afschrijving waarmee de bank haar uitvoerde.",
        examples=["/v1/afschrijvingen/0d9c2f54-1f7e-4d2a-9b58-0f6d3c9a1e21"],
    )
    betaling: str | None = Field(
        description="Pad van de ontvangst waarmee zij terugkwam.",
        examples=["/v1/betalingen/3b7f0d62-1d6c-45f5-9f55-7a3c4f9be310"],
    )
    toelichting: str | None = Field(description="Waarom, als een mens dit zei.", examples=["volgens bericht van de bank"])
    boeking: Reference | None = Field(description="De boeking in fonds; null zolang die niet is afgeleverd of niet nodig is.")
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2018-02-21T09:00:00.000Z"])


class Betaaluitkomsten(Output):
    """Wat is vastgelegd, van elke genoemde regel."""

    uitkomsten: list[Betaaluitkomst] = Field(description="De uitkomsten, in volgorde van regel.")


class BetaaluitkomstenFilter(PageQuery):
    betaalopdracht: GivenUuid | None = Field(
        None, description="Alleen van deze opdracht.", examples=["4f0d9a5c-3c1e-4d0f-8a56-2b9d6f7c1e30"]
    )
    soort: Literal["betaald", "geweigerd", "retour"] | None = Field(
        None, description="Alleen van deze soort.", examples=["retour"]
    )


class BetaaluitkomstenPagina(Page):
    """Uitkomsten van betalingen, in volgorde van vastleggen."""

    results: list[Betaaluitkomst] = Field(description="De uitkomsten op deze pagina.")
