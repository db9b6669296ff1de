"""Wire models of statements."""

from __future__ import annotations

from typing import Literal

from gemeengoed_kit.schema import Cent, Day, Moment, Output
from pydantic import Field


class Specificatieregel(Output):
    """Wat er op één dag van één factuurregel binnenkwam of terugging."""

    factuur: str = Field(description="Nummer van de factuur.", examples=["2018-000001"])
    jaar: int = Field(description="Jaar waarover de factuur gaat.", examples=[2018])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam van de gemeente.", examples=["Utrecht"])
    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    datum: Day = Field(description="Boekdatum van de ontvangst, of van wat er later mee gebeurde.", examples=["2018-02-15"])
    bedrag_cent: Cent = Field(
        description="Bedrag in centen; negatief is teruggegaan na een eerdere verdeling.", examples=[265523]
    )


class Specificatie(Output):
    """Wat een verdeling aan een aanbieder geeft: elke ontvangst op zijn diensten, en wat ervan terugging."""

    verdeling: str = Field(description="Pad van de verdeling.", examples=["/v1/verdelingen/c2b1f5c4-70e5-4f0e-8d5f-7a1c3e9d2b64"])
    aanbieder: str = Field(description="Code van de aanbieder.", examples=["stichting-kindertelefoon"])
    naam: str = Field(description="Naam van de aanbieder.", examples=["stichting Kindertelefoon"])
    tot_en_met: Day = Field(description="Ontvangsten tot en met deze dag.", examples=["2018-02-28"])
    vastgesteld_op: Moment = Field(description="Wanneer de verdeling is vastgesteld.", examples=["2018-02-28T10:00:00.000Z"])
    ontvangen_cent: Cent = Field(description="Wat is ontvangen, in centen.", examples=[386691157])
    teruggegaan_cent: Cent = Field(
        description="Wat na een eerdere verdeling terugging, in centen; nul of negatief.", examples=[0]
    )
    bedrag_cent: Cent = Field(description="Wat de aanbieder krijgt: de som van beide, in centen.", examples=[386691157])
    ingehouden_cent: Cent = Field(
        description="Wat van betalingen op zijn eigen facturen naar beheer en betaling ging; telt niet mee in het bedrag.",
        examples=[0],
    )
    betaling: Literal["voorgesteld", "afgewezen", "onderweg", "betaald", "geweigerd", "teruggekomen"] | None = Field(
        description="Waar de uitbetaling staat; null zolang er geen betaalopdracht is.", examples=["onderweg"]
    )
    regels: list[Specificatieregel] = Field(description="Op factuur en dag; tellen op tot het bedrag.")
