"""Wire models of previews."""

from __future__ import annotations

import uuid
from typing import Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, Digits, GivenUuid, Input, Moment, Output
from pydantic import Field

from abonnement_api.factuur.schemas import Gemeentecode, Verrekening
from abonnement_api.mislukking import Probleem
from abonnement_api.tarief.schemas import Decimaal, Jaar, Slug

Reden = Literal["nieuw", "vervallen", "pakket", "tarief", "inwoners", "maanden", "overig"]
Grens = Literal["per-factuur", "totaal", "afwijking-gemeente", "afwijking-totaal", "afwijking-voorvertoning"]
REDEN = (
    "`nieuw`: vorig jaar geen factuur. `vervallen`: nu geen abonnement. `pakket`, `tarief`, `inwoners`, `maanden`: wat er "
    "verandert als alleen dat die van dit jaar wordt, in die volgorde. `overig`: de factuur van vorig jaar was anders dan haar "
    "gegevens."
)


class NieuweVoorvertoning(Input):
    """Van welk jaar wordt berekend wat een ronde zou zijn."""

    jaar: Jaar = Field(description="Jaar.", examples=[2018])
    tariefbesluit: Slug | None = Field(
        None, description="Besluit waarmee wordt gerekend; standaard het laatste voor dit jaar.", examples=["balv-2016-11-30"]
    )
    vergeleken_met: GivenUuid | None = Field(
        None,
        description="Eerdere voorvertoning van dit jaar waarvan het totaal wordt vergeleken.",
        examples=["6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e12"],
    )


class VoorvertoningenFilter(PageQuery):
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen van dit jaar.", examples=[2018])


class RegelsFilter(PageQuery):
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen van deze gemeente.", examples=["GM0344"])
    reden: Reden | None = Field(None, description="Alleen wat hierom anders is dan vorig jaar.", examples=["nieuw"])


class Verschilreden(Output):
    """Een deel van het verschil met vorig jaar, en waarom."""

    reden: Reden = Field(description=REDEN, examples=["inwoners"])
    cent: Cent = Field(description="Hoeveel, in centen; alle redenen samen zijn het verschil.", examples=[4500])


class Overschrijding(Output):
    """Een grens waar de ronde buiten valt."""

    grens: Grens = Field(description="Welke grens.", examples=["afwijking-gemeente"])
    toelichting: str = Field(description="Hoe ver.", examples=["2 gemeenten wijken meer dan 25% af van vorig jaar"])
    gemeentecodes: list[str] = Field(description="Gemeenten waar het om gaat; hoogstens vijftig.", examples=[["GM0344"]])


class Voorvertoning(Output):
    """Wat een ronde zou zijn. Er is niets gefactureerd."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"])
    jaar: int = Field(description="Jaar.", examples=[2018])
    status: Literal["aangevraagd", "berekend", "mislukt"] = Field(description="Hoe het ermee staat.", examples=["berekend"])
    voor_ronde: bool = Field(description="Of zij het voorstel van een ronde is.", examples=[False])
    tariefbesluit: str = Field(description="Pad van het besluit.", examples=["/v1/tariefbesluiten/balv-2016-11-30"])
    peildatum: Day = Field(description="Dag van de indeling en de inwoners.", examples=["2018-01-01"])
    verkoopwijze: Literal["bureau", "stichtingen", "penvoerder"] | None = Field(
        description="In wiens naam; null zolang niet is berekend.", examples=["bureau"]
    )
    aantal_gemeenten: int | None = Field(description="Gemeenten die een factuur krijgen.", examples=[380])
    bedrag_cent: Cent | None = Field(description="Wat zij over dit jaar betalen.", examples=[1489712345])
    verrekend_cent: Cent | None = Field(description="Wat daarbij over eerdere jaren wordt verrekend.", examples=[-450])
    totaal_cent: Cent | None = Field(description="Samen: de som van de facturen.", examples=[1489711895])
    vorig_jaar_cent: Cent | None = Field(description="Wat er over het jaar ervoor is gefactureerd.", examples=[1480000000])
    verschil_cent: Cent | None = Field(description="`bedragCent` min `vorigJaarCent`.", examples=[9712345])
    redenen: list[Verschilreden] = Field(description="Waar het verschil uit bestaat.")
    overschrijdingen: list[Overschrijding] = Field(description="Grenzen waar zij buiten valt.")
    vergeleken_met: str | None = Field(
        description="Pad van de voorvertoning waarmee is vergeleken.",
        examples=["/v1/voorvertoningen/6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e12"],
    )
    probleem: Probleem | None = Field(description="Waarom zij is mislukt; anders null.")
    aangevraagd_op: Moment = Field(description="Wanneer gevraagd.", examples=["2018-01-15T09:00:00.000Z"])
    afgerond_op: Moment | None = Field(description="Wanneer berekend of mislukt.", examples=["2018-01-15T09:00:02.000Z"])
    regels: str = Field(
        description="Pad van wat zij per gemeente is.",
        examples=["/v1/voorvertoningen/6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11/regels"],
    )


class VoorvertoningenPagina(Page):
    """Voorvertoningen, in volgorde van vragen."""

    results: list[Voorvertoning] = Field(description="De voorvertoningen op deze pagina.")


class Voorvertoningsregel(Output):
    """Wat een gemeente zou betalen, en waarom dat anders is dan vorig jaar."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam.", examples=["Utrecht"])
    abonnement: str | None = Field(
        description="Pad van het abonnement; null als zij dit jaar niets betaalt.",
        examples=["/v1/abonnementen/0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"],
    )
    pakket: str | None = Field(description="Code van het pakket.", examples=["volledig"])
    maanden: int | None = Field(description="Over hoeveel maanden.", examples=[12])
    inwoners: int | None = Field(description="Inwoners op de peildatum.", examples=[12076])
    voorlopig: bool | None = Field(description="Of de bron dat aantal voorlopig noemt.", examples=[False])
    tarief_per_inwoner: Decimaal | None = Field(description="Euro per inwoner per jaar.", examples=["0.90"])
    betaler: str | None = Field(description="Code van wie voor haar betaalt; null als zij zelf betaalt.", examples=["GM0363"])
    betaler_naam: str | None = Field(description="Naam van wie voor haar betaalt.", examples=["Amsterdam"])
    bedrag_cent: Cent = Field(description="Wat zij over dit jaar betaalt.", examples=[1086840])
    verrekeningen: list[Verrekening] = Field(description="Wat daarbij over eerdere jaren wordt verrekend.")
    totaal_cent: Cent = Field(description="Samen: het bedrag van haar factuur of bundel.", examples=[1086390])
    vorig_jaar_cent: Cent | None = Field(description="Wat zij over het jaar ervoor betaalde.", examples=[1082340])
    verschil_cent: Cent = Field(description="`bedragCent` min `vorigJaarCent`.", examples=[4500])
    redenen: list[Verschilreden] = Field(description="Waar het verschil uit bestaat.")


class RegelsPagina(Page):
    """Wat een ronde per gemeente zou zijn: eerst op gemeentecode wie een factuur krijgt, dan wie vervalt."""

    results: list[Voorvertoningsregel] = Field(description="De gemeenten op deze pagina.")
