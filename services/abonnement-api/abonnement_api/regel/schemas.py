"""Wire models of lines per dienst."""

from __future__ import annotations

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, Digits, Moment, Output, Reference
from pydantic import Field

from abonnement_api.factuur.schemas import Gemeentecode
from abonnement_api.tarief.schemas import Slug

_DIENST = "Code van de dienst."
_AANBIEDER = "Code van de aanbieder van die dienst."
_FACTUUR = "Nummer van de factuur."


class RegelsFilter(PageQuery):
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen van facturen over dit jaar.", examples=[2018])
    dienst: Slug | None = Field(None, description="Alleen van deze dienst.", examples=["kindertelefoon"])
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen van deze gemeente.", examples=["GM0344"])
    factuur: str | None = Field(
        None, pattern=r"^[0-9]{4}-[0-9]{6}$", description="Alleen van deze factuur.", examples=["2018-000001"]
    )


class VerdelingsregelsFilter(PageQuery):
    dienst: Slug | None = Field(None, description="Alleen van deze dienst.", examples=["kindertelefoon"])


class Dienstfactuurregel(Output):
    """Het deel van een factuur voor één dienst, met hoe het ermee staat."""

    factuur: str = Field(description=_FACTUUR, examples=["2018-000001"])
    jaar: int = Field(description="Jaar waarvoor wordt betaald.", examples=[2018])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam van de gemeente op de peildatum.", examples=["Utrecht"])
    gemeente: Reference = Field(description="De gemeente in de catalogus.")
    dienst: str = Field(description=_DIENST, examples=["kindertelefoon"])
    aanbieder: str = Field(description=_AANBIEDER, examples=["stichting-kindertelefoon"])
    factuurdatum: Day = Field(description="Datum van de factuur.", examples=["2018-01-15"])
    vervaldatum: Day = Field(description="Laatste dag om te betalen.", examples=["2018-02-14"])
    bedrag_cent: Cent = Field(description="Wat voor deze dienst is gefactureerd, in centen.", examples=[271710])
    gecrediteerd_cent: Cent = Field(description="Wat daarvan is gecrediteerd.", examples=[0])
    betaald_cent: Cent = Field(description="Wat daarvan is ontvangen.", examples=[271710])
    openstaand_cent: Cent = Field(description="Wat nog moet worden betaald; onder nul: terugbetaald.", examples=[0])


class FactuurregelsPagina(Page):
    """Factuurregels op factuurnummer en dienst; de totalen gaan over alles wat aan de vraag voldoet en voor u zichtbaar is."""

    totaal_cent: Cent = Field(description="Som van wat is gefactureerd.", examples=[386691157])
    openstaand_cent: Cent = Field(description="Wat daarvan nog moet worden betaald.", examples=[0])
    results: list[Dienstfactuurregel] = Field(description="De regels op deze pagina.")


class Diensttoewijzing(Output):
    """Wat van een ontvangst naar een factuurregel ging. Onder nul is wat werd teruggenomen."""

    factuur: str = Field(description=_FACTUUR, examples=["2018-000001"])
    jaar: int = Field(description="Jaar waarvoor wordt betaald.", examples=[2018])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    dienst: str = Field(description=_DIENST, examples=["kindertelefoon"])
    aanbieder: str = Field(description=_AANBIEDER, examples=["stichting-kindertelefoon"])
    datum: Day = Field(description="Dag waarop de bank het geld boekte, of waarop het werd gekoppeld.", examples=["2018-02-12"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[271710])


class ToewijzingenPagina(Page):
    """Toewijzingen op dag, factuurnummer en dienst."""

    totaal_cent: Cent = Field(description="Som van alles wat aan de vraag voldoet en voor u zichtbaar is.", examples=[386691157])
    results: list[Diensttoewijzing] = Field(description="De toewijzingen op deze pagina.")


class Dienstverdelingsregel(Output):
    """Wat een verdeling aan een dienst toebedeelde."""

    verdeling: str = Field(description="Pad van de verdeling.", examples=["/v1/verdelingen/c2b1f5c4-70e5-4f0e-8d5f-7a1c3e9d2b64"])
    dienst: str = Field(description=_DIENST, examples=["kindertelefoon"])
    aanbieder: str = Field(description="Code van de aanbieder die het krijgt.", examples=["stichting-kindertelefoon"])
    tot_en_met: Day = Field(description="Ontvangsten tot en met deze dag.", examples=["2018-02-28"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[386691157])
    vastgesteld_op: Moment = Field(description="Wanneer vastgesteld.", examples=["2018-02-28T09:00:00.000Z"])


class VerdelingsregelsPagina(Page):
    """Verdelingsregels, in volgorde van vaststelling."""

    totaal_cent: Cent = Field(description="Som van alles wat aan de vraag voldoet en voor u zichtbaar is.", examples=[386691157])
    results: list[Dienstverdelingsregel] = Field(description="De regels op deze pagina.")
