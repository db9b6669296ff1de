"""Wire models of billing rounds."""

from __future__ import annotations

from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Cent, Day, GivenDay, GivenUuid, Input, Line, Moment, Output
from pydantic import Field

from abonnement_api.aanbieder.schemas import CentPerDienst
from abonnement_api.boekingsopdracht.schemas import AANTAL_GEWEIGERD, Voortgang
from abonnement_api.mislukking import Probleem
from abonnement_api.tarief.schemas import Jaar, Slug
from abonnement_api.voorvertoning.schemas import Grens, Overschrijding

NAAM = "Wie dit besluit, zoals bekend bij wie het contract tekende."
Naam = Annotated[Line, Field(min_length=1, max_length=120)]
Toelichting = Annotated[Line, Field(min_length=1, max_length=500)]


class NieuweRonde(Input):
    """Een factuur over een jaar voor elke gemeente met een abonnement."""

    jaar: Jaar = Field(description="Jaar waarvoor wordt gefactureerd.", examples=[2018])
    tariefbesluit: Slug | None = Field(
        None, description="Besluit waarop het tarief rust; standaard het laatste voor dit jaar.", examples=["balv-2016-11-30"]
    )
    factuurdatum: GivenDay | None = Field(
        None,
        description="Datum op de facturen; standaard vandaag. Niet eerder dan het jaar ervoor, en hoogstens een jaar na vandaag.",
        examples=["2018-01-15"],
    )
    voorvertoning: GivenUuid | None = Field(
        None,
        description="Voorvertoning die u bekeek: wijkt het voorstel ervan af, dan staat dat bij de overschrijdingen.",
        examples=["6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"],
    )


class NieuweGoedkeuring(Input):
    """Het besluit dat een ronde wordt gefactureerd zoals is voorgesteld."""

    voorstel: GivenUuid = Field(
        description="Identificatie van het voorstel dat u bekeek.", examples=["6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"]
    )
    naam: Naam = Field(description=NAAM, examples=["Tweede medewerker (test)"])
    aanvaard: list[Grens] = Field(
        [], max_length=10, description="Grenzen waar de ronde buiten valt, terwijl dat zo is bedoeld.", examples=[["totaal"]]
    )
    toelichting: Toelichting | None = Field(
        None, description="Waarom; verplicht als er iets is aanvaard.", examples=["Eerste jaar met alle gemeenten"]
    )


class NieuweAfwijzing(Input):
    """Het besluit dat een ronde niet wordt gefactureerd zoals is voorgesteld."""

    naam: Naam = Field(description=NAAM, examples=["Tweede medewerker (test)"])
    toelichting: Toelichting = Field(description="Waarom.", examples=["Het tarief van vorig jaar is gebruikt"])


class Rondebesluit(Output):
    """Wat over een voorstel is besloten."""

    uitkomst: Literal["goedgekeurd", "afgewezen"] = Field(description="Wat.", examples=["goedgekeurd"])
    naam: str = Field(description=NAAM, examples=["Tweede medewerker (test)"])
    rol: str = Field(description="Rol waarin.", examples=["fiatteur"])
    aanvaard: list[str] = Field(description="Grenzen die zijn aanvaard.", examples=[[]])
    toelichting: str | None = Field(description="Waarom.", examples=["Eerste jaar met alle gemeenten"])
    op: Moment = Field(description="Wanneer.", examples=["2018-01-15T09:05:00.000Z"])


class Facturatieronde(Output):
    """De facturatie van een jaar."""

    jaar: int = Field(description="Jaar waarvoor wordt gefactureerd.", examples=[2018])
    status: Literal["aangevraagd", "voorgesteld", "goedgekeurd", "afgewezen", "gefactureerd", "geboekt", "mislukt"] = Field(
        description="`voorgesteld`: wacht op een besluit van een ander. `goedgekeurd`: de facturen worden gemaakt. `geboekt` als "
        "ook alle boekingen bij fonds zijn.",
        examples=["geboekt"],
    )
    voortgang: Voortgang = Field(description="Hoe ver de ronde is.")
    tariefbesluit: str = Field(description="Pad van het besluit.", examples=["/v1/tariefbesluiten/balv-2016-11-30"])
    peildatum: Day = Field(description="Dag van de indeling en de inwoners.", examples=["2018-01-01"])
    factuurdatum: Day = Field(description="Datum op de facturen; niet eerder dan het jaar ervoor.", examples=["2018-01-15"])
    voorstel: str | None = Field(
        description="Pad van wat zij per gemeente is: de voorvertoning die wordt goedgekeurd.",
        examples=["/v1/voorvertoningen/6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"],
    )
    overschrijdingen: list[Overschrijding] = Field(description="Grenzen waar het voorstel buiten valt.")
    besluit: Rondebesluit | None = Field(description="Wat over het voorstel is besloten; null zolang dat er niet is.")
    aantal_facturen: int = Field(ge=0, description="Aantal facturen.", examples=[380])
    eerste_nummer: str | None = Field(description="Eerste factuurnummer.", examples=["2018-000001"])
    laatste_nummer: str | None = Field(description="Laatste factuurnummer.", examples=["2018-000380"])
    totaal_cent: Cent = Field(description="Som van de facturen.", examples=[1489712345])
    per_dienst_cent: CentPerDienst
    aantal_geweigerde_boekingen: int = AANTAL_GEWEIGERD
    probleem: Probleem | None = Field(description="Waarom de ronde is mislukt; anders null.")
    aangevraagd_op: Moment = Field(description="Wanneer het eerst gevraagd.", examples=["2018-01-15T09:00:00.000Z"])
    gefactureerd_op: Moment | None = Field(
        description="Wanneer alle facturen waren vastgesteld.", examples=["2018-01-15T09:00:02.000Z"]
    )
    facturen: str = Field(description="Pad van de facturen.", examples=["/v1/facturen?jaar=2018"])


class FacturatierondesPagina(Page):
    """Facturatierondes, op jaar."""

    results: list[Facturatieronde] = Field(description="De rondes op deze pagina.")
