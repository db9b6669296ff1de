"""Wire models of changes of the indeling."""

from __future__ import annotations

import uuid

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Flag, GivenDay, Input, Line, Moment, Output, Whole
from pydantic import Field

from catalogus_api.gemeente.schemas import GEMEENTECODE, Herindeling, Indelingsdag

GRONDSLAG = r"^https://(zoek\.officielebekendmakingen\.nl/stb-[0-9]{4}-[0-9]{1,4}\.html|wetten\.overheid\.nl/BWBR[0-9]{7})$"
"""A law: in the Staatsblad, or as it reads now."""
_GRONDSLAG = "Vindplaats van de wet, in het Staatsblad of op wetten.overheid.nl; weggelaten of null zonder wet."
_VINDPLAATS = "https://zoek.officielebekendmakingen.nl/stb-2021-264.html"
_ID = "8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"
MEESTE = 100


class HerindelingenFilter(PageQuery):
    vanaf: GivenDay | None = Field(None, description="Ingegaan op of na deze dag.", examples=["2018-01-01"])
    tot: GivenDay | None = Field(None, description="Ingegaan vóór deze dag.", examples=["2019-01-01"])
    gemeentecode: str | None = Field(None, pattern=GEMEENTECODE, description="Oude of nieuwe gemeente.", examples=["GM1949"])


class HerindelingenPagina(Page):
    """Herindelingen, op ingangsdatum."""

    results: list[Herindeling] = Field(description="De herindelingen op deze pagina.")


class NieuweGemeente(Input):
    """Een gemeente die begint."""

    code: str = Field(pattern=GEMEENTECODE, description="CBS-gemeentecode.", examples=["GM1949"])
    naam: Line = Field(max_length=60, description="Officiële naam.", examples=["Waadhoeke"])
    provincie: Line = Field(max_length=40, description="Provincie.", examples=["Fryslân"])


class DeelInvoer(Input):
    """Een gemeente die eindigt, of een deel daarvan, dat in een andere opgaat."""

    van: str = Field(pattern=GEMEENTECODE, description="Gemeente die eindigt.", examples=["GM0140"])
    naar: str = Field(pattern=GEMEENTECODE, description="Gemeente die ontvangt; zij bestaat of begint.", examples=["GM1949"])
    inwoners: Whole | None = Field(
        None,
        ge=0,
        le=20_000_000,
        description="Inwoners van dit deel op de laatste peildatum; verplicht als een gemeente in meer gemeenten opgaat.",
        examples=[1878],
    )
    rechtsopvolger: Flag | None = Field(
        None,
        description="Bij een opdeling: of de rechten en verplichtingen, zoals deelnames, naar deze gemeente gaan (Wet arhi, "
        "artikel 44). Eén van de delen, en verplicht als de gemeente aan voorzieningen deelneemt.",
        examples=[True],
    )


class NaamInvoer(Input):
    """Een gemeente die anders gaat heten, met dezelfde code."""

    code: str = Field(pattern=GEMEENTECODE, description="CBS-gemeentecode.", examples=["GM0344"])
    naam: Line = Field(max_length=60, description="Nieuwe officiële naam.", examples=["Utrecht"])


class IndelingswijzigingInvoer(Input):
    """Een wijziging van de indeling: samenvoeging, uitbreiding, opdeling of naamswijziging, of meer daarvan op één dag."""

    ingangsdatum: Indelingsdag = Field(description="Eerste dag van de nieuwe indeling.", examples=["2018-01-01"])
    grondslag: str | None = Field(None, pattern=GRONDSLAG, description=_GRONDSLAG, examples=[_VINDPLAATS])
    nieuwe_gemeenten: list[NieuweGemeente] = Field(
        default_factory=list, max_length=MEESTE, description="Gemeenten die beginnen; weggelaten zijn er geen."
    )
    delen: list[DeelInvoer] = Field(
        default_factory=list,
        max_length=MEESTE,
        description="Welke gemeente in welke opgaat; wie naar meer gemeenten gaat, staat er meer keer.",
    )
    naamswijzigingen: list[NaamInvoer] = Field(
        default_factory=list, max_length=MEESTE, description="Gemeenten die anders gaan heten; weggelaten zijn er geen."
    )


class Vorige(Output):
    """Een gemeente met de naam die zij tot de wijziging had."""

    code: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    naam: str = Field(description="Naam tot de ingangsdatum.", examples=["Utrecht"])


class Indelingswijziging(Output):
    """Een vastgelegde wijziging van de indeling; zij wijzigt niet meer."""

    id: uuid.UUID = Field(description="Identificatie.", examples=[_ID])
    ingangsdatum: Day = Field(description="Eerste dag van de nieuwe indeling.", examples=["2018-01-01"])
    grondslag: str | None = Field(description="Vindplaats van de wet; null zonder wet.", examples=[_VINDPLAATS])
    peildatum: Day | None = Field(
        description="Dag waarop de inwoners zijn geteld; null zonder cijfers van alle betrokken gemeenten.",
        examples=["2017-01-01"],
    )
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])
    delen: list[Herindeling] = Field(description="Welke gemeente in welke opging.")
    vorige_namen: list[Vorige] = Field(description="Gemeenten die een andere naam kregen, met de vorige.")


class Eindigt(Output):
    """Een gemeente die eindigt."""

    code: str = Field(description="CBS-gemeentecode.", examples=["GM0140"])
    naam: str = Field(description="Naam.", examples=["Littenseradiel"])
    einddatum: Day = Field(description="Laatste dag.", examples=["2017-12-31"])
    opvolgers: list[str] = Field(description="Codes van de gemeenten waarin zij opgaat.", examples=[["GM0080", "GM1949"]])
    inwoners: int | None = Field(description="Inwoners op de peildatum; null zonder cijfer.", examples=[10683])


class Ontvangt(Output):
    """Een gemeente waarin een andere (deels) opgaat."""

    code: str = Field(description="CBS-gemeentecode.", examples=["GM1949"])
    naam: str = Field(description="Naam.", examples=["Waadhoeke"])
    nieuw: bool = Field(description="Of zij hierbij begint.")
    inwoners_voor: int | None = Field(
        description="Inwoners op de peildatum in de oude indeling, 0 als zij begint; null zonder cijfer.", examples=[0]
    )
    inwoners_na: int | None = Field(description="Inwoners op dezelfde peildatum in de nieuwe indeling; null zonder cijfer.")


class Heet(Output):
    """Een gemeente die anders gaat heten."""

    code: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    naam: str = Field(description="Naam tot de ingangsdatum.", examples=["Utrecht"])
    nieuwe_naam: str = Field(description="Naam vanaf de ingangsdatum.", examples=["Utrecht"])


class Voorbeeld(Output):
    """Wat een wijziging van de indeling zou doen; er is niets vastgelegd."""

    ingangsdatum: Day = Field(description="Eerste dag van de nieuwe indeling.", examples=["2018-01-01"])
    grondslag: str | None = Field(description="Vindplaats van de wet; null zonder wet.", examples=[_VINDPLAATS])
    peildatum: Day | None = Field(
        description="Laatste dag waarop alle betrokken gemeenten zijn geteld; null als die er niet is.", examples=["2017-01-01"]
    )
    eindigt: list[Eindigt] = Field(description="Gemeenten die eindigen, op code.")
    ontvangt: list[Ontvangt] = Field(description="Gemeenten die beginnen of groter worden, op code.")
    heet: list[Heet] = Field(description="Gemeenten die anders gaan heten, op code.")
    inwoners_voor: int | None = Field(description="Inwoners van alle betrokken gemeenten samen, vóór; null zonder cijfers.")
    inwoners_na: int | None = Field(description="Inwoners van alle ontvangende gemeenten samen, na: evenveel.")
