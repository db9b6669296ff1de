"""Wire models of debiteuren."""

from __future__ import annotations

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Output
from pydantic import Field

from fonds_api.fonds.schemas import FONDSCODE


class DebiteurenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen van dit fonds.", examples=["ggu"])
    gemeentecode: str | None = Field(None, pattern=r"^GM[0-9]{4}$", description="Alleen van deze gemeente.", examples=["GM0344"])
    datum: GivenDay | None = Field(
        None, description="Dag waarop wordt geteld hoe lang posten zijn vervallen; anders vandaag.", examples=["2020-06-30"]
    )


class Debiteur(Output):
    """Wat een gemeente aan een fonds heeft openstaan, naar ouderdom; negatief is wat zij tegoed heeft."""

    fonds: str = Field(description="Fonds.", examples=["ggu"])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam op de laatste nota.", examples=["Utrecht"])
    open_cent: int = Field(description="Alles samen: de posten hieronder min vooruitbetaald, in centen.", examples=[107437899])
    niet_vervallen_cent: int = Field(description="Nog niet vervallen, in centen.", examples=[107437899])
    vervallen30_cent: int = Field(description="1 tot en met 30 dagen vervallen, in centen.", examples=[0])
    vervallen60_cent: int = Field(description="31 tot en met 60 dagen vervallen, in centen.", examples=[0])
    vervallen90_cent: int = Field(description="61 tot en met 90 dagen vervallen, in centen.", examples=[0])
    vervallen_langer_cent: int = Field(description="Langer vervallen, in centen.", examples=[0])
    vooruitbetaald_cent: int = Field(description="Ontvangen en nog niet op een nota gezet, in centen.", examples=[0])


class DebiteurenPagina(Page):
    """Debiteuren, op fonds en gemeentecode."""

    datum: Day = Field(description="Dag waarop is geteld.", examples=["2020-06-30"])
    open_cent: int = Field(description="Alles samen, ook op andere pagina's, in centen.", examples=[107437899])
    results: list[Debiteur] = Field(description="De debiteuren op deze pagina.")
