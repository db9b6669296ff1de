"""Wire models of the logs. Hashes and signatures are base64, as in a checkpoint."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Digits, Input, Moment, Output
from pydantic import Field

MEESTE = 2**48
Grootte = Annotated[Digits, Field(ge=0, le=MEESTE)]
CHECKPOINT = (
    "gemeengoed-lokaal/00000099000000001000/fonds/ggu\n3\nC8F6+oVn3C7lDZ1UfzXfGHDJ0Ng3VVy3wQNzWfS3MSM=\n\n"
    "— gemeengoed-lokaal/00000099000000001000/fonds/ggu Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeO\n"
)
HASH = "C8F6+oVn3C7lDZ1UfzXfGHDJ0Ng3VVy3wQNzWfS3MSM="
VKEY = "gemeengoed-lokaal/00000099000000001000/fonds/ggu+3f2b1c0d+AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh"


class CheckpointVraag(Input):
    grootte: Grootte | None = Field(
        None, description="Het checkpoint van deze grootte; zonder grootte het nieuwste.", examples=[3]
    )


class Consistentievraag(Input):
    van: Grootte = Field(description="Grootte van het logboek waarmee u vergelijkt.", examples=[1])
    tot: Grootte | None = Field(
        None, description="Grootte waarin het voortgaat; zonder `tot` die van het nieuwste checkpoint.", examples=[3]
    )


class BladenFilter(PageQuery):
    vanaf: Grootte = Field(0, description="Nummer van het eerste blad.", examples=[0])


class Bewijs(Output):
    """Het bewijs dat een boeking in het logboek van haar fonds staat."""

    boeking: str = Field(description="Pad van de boeking.", examples=["/v1/boekingen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"])
    fonds: str = Field(description="Code van het fonds.", examples=["ggu"])
    index: int = Field(ge=0, description="Nummer van haar blad, vanaf nul.", examples=[1])
    grootte: int = Field(ge=1, description="Aantal bladen van het checkpoint.", examples=[3])
    inhoud: str = Field(
        description="Tekst van het blad: de leden van de boeking die nooit veranderen, als JSON volgens RFC 8785.",
        examples=['{"boekdatum":"2018-01-15","bron":{"bron":"abonnement","pad":"/v1/facturen/2018-000001"}}'],
    )
    hash: str = Field(description="Hash van het blad (RFC 6962, SHA-256).", examples=[HASH])
    pad: list[str] = Field(description="Hashes van het blad naar de wortel (RFC 6962, 2.1.1).", examples=[[HASH]])
    checkpoint: str = Field(description="Het ondertekende checkpoint waarin het staat.", examples=[CHECKPOINT])


class Consistentie(Output):
    """Het bewijs dat een logboek alleen is aangevuld."""

    fonds: str = Field(description="Code van het fonds.", examples=["ggu"])
    van: int = Field(ge=0, description="Grootte waarmee wordt vergeleken.", examples=[1])
    tot: int = Field(ge=0, description="Grootte waarin het voortgaat.", examples=[3])
    wortel_van: str = Field(description="Wortel bij de eerste grootte.", examples=[HASH])
    wortel_tot: str = Field(description="Wortel bij de tweede grootte.", examples=[HASH])
    pad: list[str] = Field(description="De hashes die het bewijzen (RFC 6962, 2.1.2).", examples=[[HASH]])


class Blad(Output):
    """Een blad van een logboek."""

    nummer: int = Field(ge=0, description="Plaats in het logboek, vanaf nul.", examples=[1])
    boeking: str = Field(description="Pad van de boeking.", examples=["/v1/boekingen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"])
    hash: str = Field(description="Hash van het blad, zoals verzegeld.", examples=[HASH])
    inhoud: str | None = Field(
        description="Tekst van het blad, gemaakt van de boeking zoals zij er nu staat. Haar hash hoort `hash` te zijn. Leeg als "
        "de boeking er niet meer is: dan is zij gewist.",
        examples=['{"boekdatum":"2018-01-15"}'],
    )


class BladenPagina(Page):
    """Bladen, op nummer."""

    results: list[Blad] = Field(description="De bladen op deze pagina.")


class Zegelsleutel(Output):
    """Een sleutel waarmee checkpoints zijn ondertekend."""

    nummer: int = Field(ge=1, description="Volgorde; alleen de laatste ondertekent nog.", examples=[1])
    sleutel: str = Field(description="De publieke sleutel voor dit fonds, als vkey (C2SP).", examples=[VKEY])
    sinds: Moment = Field(description="Moment waarop hij bekend werd.", examples=["2018-01-15T09:00:00.000Z"])
    overdracht: str | None = Field(
        description="Handtekening van de vorige sleutel over deze; leeg bij de eerste, en wanneer de vorige verloren was.",
        examples=["Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcQ=="],
    )


class ZegelsleutelsPagina(Page):
    """Sleutels, de oudste eerst."""

    results: list[Zegelsleutel] = Field(description="De sleutels op deze pagina.")
