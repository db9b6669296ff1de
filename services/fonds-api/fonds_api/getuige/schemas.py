"""Wire models of witnesses and their cosignatures."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Input, Line, Moment, Output
from pydantic import Field

from fonds_api.zegel.schemas import CHECKPOINT, Grootte

GEMEENTECODE = r"^GM[0-9]{4}$"
VKEY = "voorbeeldstad.example/getuige+1f0a2b3c+BAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g"
REGEL = "— voorbeeldstad.example/getuige HwoLPAAAAABaXC5QAAECAwQFBgcICQ=="
Ondertekenregel = Annotated[str, Field(max_length=300, pattern=r"^— [!-~]+ [A-Za-z0-9+/=]+$")]


class NieuweGetuige(Input):
    """De publieke sleutel van een gemeente die meeondertekent."""

    sleutel: str = Field(
        max_length=200,
        pattern=r"^[A-Za-z0-9._/-]+[+][0-9a-f]{8}[+][A-Za-z0-9+/=]+$",
        description="De publieke sleutel als vkey, van de soort voor medeondertekeningen (C2SP tlog-cosignature, Ed25519).",
        examples=[VKEY],
    )
    handtekeningen: list[Ondertekenregel] = Field(
        min_length=1,
        max_length=4,
        description="Ondertekenregels (C2SP signed-note, Ed25519, onder de naam van de sleutel) over de tekst van vier regels: "
        "`gemeengoed-getuige/v1`, de nieuwe `sleutel`, uw OIN en uw gemeentecode. Van de nieuwe sleutel, en bij "
        "opvolging ook van de vorige.",
        examples=[[REGEL]],
    )


class NieuweIntrekking(Input):
    """Waarom een sleutel van een getuige niet meer geldt."""

    reden: Line = Field(max_length=500, description="Waarom.", examples=["De sleutel is verloren gegaan."])
    naam: Line = Field(max_length=200, description="Wie het besloot.", examples=["A. Voorbeeld"])


class NieuweMedeondertekening(Input):
    """Een checkpoint met de handtekening van een getuige (C2SP tlog-cosignature)."""

    tekst: str = Field(
        max_length=500,
        pattern=r"^[^\n]+\n[0-9]+\n[A-Za-z0-9+/=]+\n$",
        description="De tekst van het checkpoint, ongewijzigd: drie regels, elk met een regeleinde.",
        examples=[CHECKPOINT.partition("\n\n")[0] + "\n"],
    )
    handtekeningen: list[Ondertekenregel] = Field(
        min_length=1,
        max_length=16,
        description="Ondertekenregels; die van de aangemelde sleutel wordt bewaard, andere worden overgeslagen.",
        examples=[[REGEL]],
    )


class Getuige(Output):
    """Een sleutel waarmee een gemeente checkpoints mee ondertekent."""

    id: int = Field(description="Nummer.", examples=[1])
    gemeentecode: str = Field(description="Code van de gemeente.", examples=["GM0344"])
    oin: str = Field(description="Organisatie die de sleutel aanmeldde.", examples=["00000099000000003000"])
    sleutel: str = Field(description="De publieke sleutel, als vkey (C2SP).", examples=[VKEY])
    aangemeld_op: Moment = Field(description="Moment van aanmelding.", examples=["2018-01-15T09:00:00.000Z"])
    vorige: int | None = Field(description="Nummer van de sleutel die deze opvolgt.", examples=[1])
    ingetrokken_op: Moment | None = Field(
        description="Moment waarop de fondsbeheerder hem introk; anders leeg.", examples=["2019-01-15T09:00:00.000Z"]
    )
    reden: str | None = Field(description="Waarom hij is ingetrokken.", examples=["De sleutel is verloren gegaan."])


class GetuigenFilter(PageQuery):
    gemeentecode: str | None = Field(
        None, pattern=GEMEENTECODE, description="Alleen sleutels van deze gemeente.", examples=["GM0344"]
    )


class GetuigenPagina(Page):
    """Getuigen, in volgorde van aanmelding."""

    results: list[Getuige] = Field(description="De getuigen op deze pagina.")


class Medeondertekening(Output):
    """Welke getuige welk checkpoint zag."""

    fonds: str = Field(description="Code van het fonds.", examples=["ggu"])
    grootte: int = Field(ge=0, description="Grootte van het checkpoint.", examples=[3])
    getuige: int = Field(description="Nummer van de getuige.", examples=[1])
    gemeentecode: str = Field(description="Code van de gemeente.", examples=["GM0344"])
    tijdstip: Moment = Field(description="Moment van ondertekenen, volgens de getuige.", examples=["2018-01-15T09:00:00.000Z"])
    ontvangen_op: Moment = Field(description="Moment van ontvangst.", examples=["2018-01-15T09:00:02.000Z"])
    handtekening: str = Field(description="De ondertekenregel van de getuige.", examples=[REGEL])
    checkpoint: str = Field(
        description="Pad van het checkpoint.", examples=["/v1/fondsen/ggu/medeondertekend-checkpoint?grootte=3"]
    )


class MedeondertekeningenFilter(PageQuery):
    grootte: Grootte | None = Field(None, description="Alleen van het checkpoint van deze grootte.", examples=[3])
    gemeentecode: str | None = Field(None, pattern=GEMEENTECODE, description="Alleen van deze gemeente.", examples=["GM0344"])


class MedeondertekeningenPagina(Page):
    """Medeondertekeningen, de grootste checkpoints eerst."""

    results: list[Medeondertekening] = Field(description="De medeondertekeningen op deze pagina.")
