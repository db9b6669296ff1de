"""Wire models of the verantwoording."""

from __future__ import annotations

from gemeengoed_kit.schema import Cent, Digits, Input, Output
from pydantic import Field

from abonnement_api.aanbieder.schemas import Aandeel, CentPerDienst


class StandFilter(Input):
    jaar: Digits | None = Field(
        None, ge=2000, le=2100, description="Alleen facturen over dit jaar en wat daarop is ontvangen.", examples=[2018]
    )


class Stand(Output):
    """Waar het geld is, volgens wat hier is vastgelegd. Of dat klopt met de bank, zeggen `verschilCent` en `aansluitend`."""

    jaar: int | None = Field(description="Jaar van de facturen; null voor alle jaren.", examples=[2018])
    gefactureerd_cent: Cent = Field(description="Som van de facturen.", examples=[1491723091])
    gefactureerd_per_dienst_cent: CentPerDienst
    openstaand_cent: Cent = Field(description="Wat daarvan nog moet worden betaald.", examples=[0])
    ontvangen_cent: Cent = Field(description="Ontvangen op deze facturen, en wat niet is gekoppeld.", examples=[1491723091])
    niet_gekoppeld_cent: Cent = Field(
        description="Ontvangen van onbekende betalers of te veel betaald; hoort nog bij geen jaar.", examples=[0]
    )
    teruggegaan_cent: Cent = Field(
        description="Wat is ontvangen en daarna is teruggehaald of terugbetaald; hoort bij geen jaar.", examples=[0]
    )
    ontvangen_volgens_bank_cent: Cent = Field(
        description="Wat volgens de cijfers van de bank zelf is ontvangen, op alle afschriften samen; hoort bij geen jaar.",
        examples=[1491723091],
    )
    verschil_cent: Cent = Field(
        description="Wat volgens de bank is ontvangen min wat, over alle jaren, is verdeeld, nog te verdelen, niet "
        "gekoppeld of teruggegaan. "
        "Hoort nul te zijn; anders is er geld zoek of dubbel geteld.",
        examples=[0],
    )
    aansluitend: bool = Field(
        description="Of de ingelezen afschriften op elkaar aansluiten: elk begint met het eindsaldo van een ander, op het eerste "
        "na. Zo niet, dan is er een nooit ingelezen.",
        examples=[True],
    )
    aantal_gaten: int = Field(
        ge=0,
        description="Aantal afschriften dat met het eindsaldo van geen ander begint, het eerste niet meegeteld.",
        examples=[0],
    )
    verdeeld: list[Aandeel] = Field(description="Wat elke aanbieder is toebedeeld.")
    nog_te_verdelen_cent: Cent = Field(description="Ontvangen op facturen, nog niet verdeeld.", examples=[0])
