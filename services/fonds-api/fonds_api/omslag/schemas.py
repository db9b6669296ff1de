"""Wire models of omslagen."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Digits, Flag, GivenDay, GivenUuid, Input, Line, Moment, Output, Reference, Whole
from pydantic import Field

from fonds_api.besluit.schemas import Besluitverwijzing, Weigering
from fonds_api.fonds.schemas import FONDSCODE
from fonds_api.indexatie.schemas import Toepassing
from fonds_api.omslag.rules import Stand, Status, Vorm

OMSLAG_ID = r"^[a-z][a-z0-9-]{0,39}-[0-9]{4}-[1-9][0-9]{0,2}$"
MILLICENT = "per inwoner, in duizendsten van een cent"
_TOEPASSING = "6f0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"
_JAAR = "Jaar waarover wordt bijgedragen."
_VORM = (
    "`omvang`: een vast bedrag naar rato van inwoners; `tarief`: een bedrag per inwoner; `klasse`: alle inwoners tegen het "
    "tarief van de klasse van hun gemeente; `schijf`: de inwoners in elke schijf tegen het tarief van die schijf."
)


class OmslagBand(Input):
    """Een tarief, tot en met een aantal inwoners."""

    tot_en_met: Annotated[Whole, Field(ge=1, le=20_000_000)] | None = Field(
        description="Hoogste aantal inwoners waarvoor het geldt; null in de laatste band.", examples=[5000]
    )
    tarief_millicent: Annotated[Whole, Field(ge=0, le=100_000_000)] = Field(
        description=f"Tarief {MILLICENT}: € 1,92 is 192000.", examples=[192000]
    )
    toepassing: GivenUuid | None = Field(
        None, description="Toepassing van een indexatie waar dit tarief uit komt.", examples=[_TOEPASSING]
    )


class OmslagTermijn(Input):
    """Een deel van de bijdrage, en wanneer het is betaald."""

    vervaldag: GivenDay = Field(description="Laatste dag om te betalen.", examples=["2027-03-31"])
    promille: Annotated[Whole, Field(ge=1, le=1000)] = Field(description="Deel van de bijdrage, in duizendsten.", examples=[500])


class OmslagIv3(Input):
    """Waar een gemeente de bijdrage kan boeken: een aanwijzing, geen voorschrift."""

    taakveld: Line = Field(max_length=100, description="Taakveld van Iv3.", examples=["0.4 Overhead"])
    categorie: Line = Field(
        max_length=100, description="Economische categorie van Iv3.", examples=["3.8 Overige goederen en diensten"]
    )
    bronvermelding: Line = Field(max_length=300, description="Waar dat staat.", examples=["Iv3-Informatievoorschrift (test)"])


class NieuweOmslag(Input):
    """Een voorstel voor een omslag."""

    fonds: str = Field(pattern=FONDSCODE, description="Fonds waaraan wordt bijgedragen.", examples=["ggu"])
    jaar: Annotated[Whole, Field(ge=2000, le=2100)] = Field(description=_JAAR, examples=[2027])
    vorm: Vorm = Field(description=_VORM, examples=["klasse"])
    bedrag_cent: Annotated[Whole, Field(ge=1, le=10**12)] | None = Field(
        None, description="Te verdelen bedrag in centen; alleen bij een omvang.", examples=[5230000000]
    )
    toepassing: GivenUuid | None = Field(
        None, description="Toepassing van een indexatie waar het bedrag van een omvang uit komt.", examples=[_TOEPASSING]
    )
    banden: list[OmslagBand] = Field(
        default_factory=list, max_length=21, description="Tarieven: bij een tarief één, bij klassen en schijven twee of meer."
    )
    indeling: GivenDay = Field(description="Dag waarvan de gemeenten bijdragen.", examples=["2027-01-01"])
    peildatum: GivenDay = Field(description="Dag waarvan de inwoners tellen.", examples=["2026-01-01"])
    btw_procent: Annotated[Whole, Field(ge=0, le=30)] = Field(description="Btw die in de bedragen zit.", examples=[21])
    a_conto: Flag = Field(False, description="Of de termijnen voorschotten zijn, waarop een afrekening volgt.", examples=[False])
    termijnen: list[OmslagTermijn] = Field(
        min_length=1, max_length=12, description="Wanneer welk deel wordt betaald; samen 1000 promille, bij a conto hoogstens."
    )
    compensatie_jaren: Annotated[Whole, Field(ge=0, le=10)] = Field(
        0,
        description="Herindelingscompensatie: zoveel jaar betaalt een nieuwe gemeente niet meer dan haar "
        "voorgangers samen. Nul is geen.",
        examples=[0],
    )
    iv3: OmslagIv3 | None = Field(None, description="Waar een gemeente de bijdrage kan boeken.")
    omschrijving: Line = Field(max_length=500, description="Waar het om gaat.", examples=["Bijdrage 2027 in klassen"])
    bronvermelding: Line = Field(max_length=300, description="Waar het voorstel staat.", examples=["Begroting 2027 (test)"])
    gedeeld: Flag = Field(False, description="Of gemeenten het voorstel zien voordat het is vastgesteld.", examples=[True])


class NieuweOmslagvaststelling(Input):
    """Het besluit waarmee een omslag is vastgesteld."""

    besluit: Besluitverwijzing = Field(description="Het besluit.")
    tekst: Line = Field(max_length=500, description="Wat er is besloten.", examples=["De bijdrage 2027 is vastgesteld."])
    bronvermelding: Line = Field(max_length=300, description="Waar dat staat.", examples=["Besluitenlijst (test)"])


class OmslagenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen van dit fonds.", examples=["ggu"])
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen over dit jaar.", examples=[2020])
    status: Status | None = Field(None, description="Alleen waar het zo mee staat.", examples=["vastgesteld"])


class Band(Output):
    """Een tarief, tot en met een aantal inwoners."""

    tot_en_met: int | None = Field(description="Hoogste aantal inwoners; null in de laatste band.", examples=[5000])
    tarief_millicent: int = Field(ge=0, description=f"Tarief {MILLICENT}.", examples=[192000])
    toepassing: str | None = Field(description="Pad van de toepassing waar het tarief uit komt; anders null.")


class Termijn(Output):
    """Een deel van de bijdrage."""

    vervaldag: Day = Field(description="Laatste dag om te betalen.", examples=["2027-03-31"])
    promille: int = Field(ge=1, le=1000, description="Deel van de bijdrage, in duizendsten.", examples=[500])


class Iv3(Output):
    """Waar een gemeente de bijdrage kan boeken: een aanwijzing, geen voorschrift."""

    taakveld: str = Field(description="Taakveld van Iv3.", examples=["0.4 Overhead"])
    categorie: str = Field(description="Economische categorie van Iv3.", examples=["3.8 Overige goederen en diensten"])
    bronvermelding: str = Field(description="Waar dat staat.", examples=["Iv3-Informatievoorschrift (test)"])


class Omslagvaststelling(Output):
    """Waarmee een omslag wordt of is vastgesteld."""

    status: Stand = Field(
        description="`aangevraagd` zolang het besluit bij de catalogus wordt nagevraagd, daarna `vastgesteld` of `geweigerd`.",
        examples=["vastgesteld"],
    )
    besluit: Reference | None = Field(description="Het besluit; null als alleen de tekst bekend is.")
    tekst: str = Field(description="Wat er is besloten.", examples=["De bijdrage 2027 is vastgesteld."])
    bronvermelding: str = Field(description="Waar dat staat.", examples=["Besluitenlijst (test)"])
    door: str | None = Field(description="Rol die haar aanvroeg; null als dat niet is bewaard.", examples=["ledenvergadering"])
    gremium: str | None = Field(description="Wie besloot, volgens de catalogus; null als zij dat niet zei.", examples=["ALV"])
    besloten_op: Day | None = Field(
        description="Dag van het besluit, volgens de catalogus; null als zij dat niet zei.", examples=["2026-11-27"]
    )
    aangevraagd_op: Moment | None = Field(
        description="Wanneer (laatst) aangevraagd; null als dat niet is bewaard.", examples=["2026-11-30T09:00:00.000Z"]
    )
    vastgesteld_op: Moment | None = Field(
        description="Wanneer dat hier is vastgelegd; anders null.", examples=["2026-11-30T09:00:01.000Z"]
    )
    probleem: Weigering | None = Field(description="Waarom het is geweigerd; anders null.")


class Indexering(Output):
    """Waar een bedrag of tarief van een omslag uit komt."""

    band: int | None = Field(description="Volgnummer van de band; null bij het bedrag van een omvang.", examples=[1])
    toepassing: Toepassing = Field(description="De toepassing, met haar stappen.")


class Omslag(Output):
    """Hoe gemeenten in een jaar aan een fonds bijdragen: een voorstel, of wat is vastgesteld. Zij verandert nooit."""

    id: str = Field(description="Fonds, jaar en versie.", examples=["ggu-2027-1"])
    fonds: str = Field(description="Fonds waaraan wordt bijgedragen.", examples=["ggu"])
    jaar: int = Field(description=_JAAR, examples=[2027])
    versie: int = Field(ge=1, description="Volgnummer van het voorstel.", examples=[1])
    status: Status = Field(
        description="`voorstel` tot de vaststelling is aangevraagd, en opnieuw als die is geweigerd.", examples=["vastgesteld"]
    )
    vorm: Vorm = Field(description=_VORM, examples=["klasse"])
    bedrag_cent: int | None = Field(description="Te verdelen bedrag in centen; null bij een tarief.", examples=[5230000000])
    toepassing: str | None = Field(description="Pad van de toepassing waar dat bedrag uit komt; anders null.")
    banden: list[Band] = Field(description="Tarieven; leeg bij een omvang.")
    indeling: Day = Field(description="Dag waarvan de gemeenten bijdragen.", examples=["2027-01-01"])
    peildatum: Day = Field(description="Dag waarvan de inwoners tellen.", examples=["2026-01-01"])
    btw_procent: int = Field(ge=0, description="Btw die in de bedragen zit.", examples=[21])
    a_conto: bool = Field(description="Of de termijnen voorschotten zijn.", examples=[False])
    termijnen: list[Termijn] = Field(description="Wanneer welk deel wordt betaald.")
    compensatie_jaren: int = Field(ge=0, description="Jaren herindelingscompensatie; nul is geen.", examples=[0])
    iv3: Iv3 | None = Field(description="Waar een gemeente de bijdrage kan boeken; null als dat niet is opgegeven.")
    regel: str = Field(description="Hoe een bijdrage wordt berekend.", examples=["Inwoners × tarief."])
    omschrijving: str = Field(description="Waar het om gaat.", examples=["Bijdrage 2027 in klassen"])
    bronvermelding: str = Field(description="Waar het voorstel staat.", examples=["Begroting 2027 (test)"])
    gedeeld: bool = Field(description="Of gemeenten het voorstel zien voordat het is vastgesteld.", examples=[True])
    voorgesteld_op: Moment = Field(description="Wanneer het is vastgelegd.", examples=["2026-09-01T09:00:00.000Z"])
    vaststelling: Omslagvaststelling | None = Field(
        description="Waarmee zij wordt of is vastgesteld; null als dat niet is aangevraagd."
    )


class OmslagenPagina(Page):
    """Omslagen, op fonds, jaar en versie."""

    results: list[Omslag] = Field(description="De omslagen op deze pagina.")
