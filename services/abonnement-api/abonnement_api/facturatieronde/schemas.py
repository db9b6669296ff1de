"""Wire models of billing rounds."""

from __future__ import annotations

from typing import Literal

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Cent, Day, GivenDay, Input, Moment, Output
from pydantic import Field

from abonnement_api.aanbieder.schemas import CentPerDienst
from abonnement_api.boekingsopdracht.schemas import AANTAL_GEWEIGERD, Voortgang
from abonnement_api.mislukking import Probleem
from abonnement_api.tarief.schemas import Jaar, Slug


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


class Facturatieronde(Output):
    """De facturatie van een jaar."""

    jaar: int = Field(description="Jaar waarvoor wordt gefactureerd.", examples=[2018])
    status: Literal["aangevraagd", "gefactureerd", "geboekt", "mislukt"] = Field(
        description="`geboekt` als ook alle boekingen bij fonds zijn.", examples=["geboekt"]
    )
    voortgang: Voortgang = Field(description="Hoe ver de ronde is.")
    tariefbesluit: str = Field(description="Pad van het besluit.", examples=["/v1/tariefbesluiten/balv-2016-11-30"])
    peildatum: Day = Field(description="Dag van de indeling, de abonnementen en de inwoners.", examples=["2018-01-01"])
    factuurdatum: Day = Field(description="Datum op de facturen; niet eerder dan het jaar ervoor.", examples=["2018-01-15"])
    aantal_facturen: int = Field(ge=0, description="Aantal facturen.", examples=[380])
    eerste_nummer: str | None = Field(description="Eerste factuurnummer.", examples=["2018-000001"])
    laatste_nummer: str | None = Field(description="Laatste factuurnummer.", examples=["2018-000380"])
    totaal_cent: Cent = Field(description="Som van de facturen.", examples=[1489712345])
    per_dienst_cent: CentPerDienst
    aantal_geweigerde_boekingen: int = AANTAL_GEWEIGERD
    probleem: Probleem | None = Field(description="Waarom de ronde is mislukt; anders null.")
    aangevraagd_op: Moment = Field(description="Wanneer gevraagd.", examples=["2018-01-15T09:00:00.000Z"])
    gefactureerd_op: Moment | None = Field(
        description="Wanneer de facturen zijn vastgesteld.", examples=["2018-01-15T09:00:02.000Z"]
    )
    facturen: str = Field(description="Pad van de facturen.", examples=["/v1/facturen?jaar=2018"])


class FacturatierondesPagina(Page):
    """Facturatierondes, op jaar."""

    results: list[Facturatieronde] = Field(description="De rondes op deze pagina.")
