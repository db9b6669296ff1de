"""Wire models of deelnames and their conditions."""

from __future__ import annotations

import uuid
from typing import Annotated

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Flag, GivenDay, Input, Line, Moment, Output, Whole
from pydantic import Field

from catalogus_api.deelname.rules import (
    Inkoopgrond,
    OpzeggenTegen,
    Overgang,
    Stap,
    Status,
    Zichtbaarheid,
)
from catalogus_api.gemeente.schemas import GEMEENTECODE
from catalogus_api.voorziening.schemas import CODE

_ID = "8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"
_INKOOPGROND = "Waarop de deelname inkooprechtelijk berust; `geen` als er niets wordt ingekocht."
_ZICHTBAARHEID = (
    "Wie naast de gemeente zelf en catalogusbeheer de deelname ziet: `deelnemers` van deze voorziening, alle `gemeenten`, of "
    "`iedereen`, ook leveranciers en bezoekers."
)
Code = Annotated[str, Field(pattern=CODE, description="Code van de voorziening.", examples=["govroam"])]
Gemeentecode = Annotated[str, Field(pattern=GEMEENTECODE, description="CBS-gemeentecode.", examples=["GM0344"])]
Versienummer = Annotated[Whole, Field(ge=1, le=1_000_000)]


class VoorwaardenInvoer(Input):
    """Voorwaarden waarop gemeenten vanaf een dag deelnemen, of het einde van deelname."""

    vanaf: GivenDay = Field(description="Eerste dag waarop zij gelden, na die van de vorige versie.", examples=["2018-02-01"])
    einde: Flag = Field(
        False,
        description="Of deelname vanaf dan niet meer kan; dan noemt de aanvraag geen kosten, opzegging of uittreden.",
        examples=[False],
    )
    kosten: Line | None = Field(
        None, max_length=1000, description="Wat deelname kost.", examples=["Eenmalig € 1.500; jaarlijks naar aantal gebruikers."]
    )
    kosten_vindplaats: Line | None = Field(
        None, max_length=300, description="Waar het bedrag staat, zoals een factsheet.", examples=["BALV 30-11-2016, bijlage"]
    )
    opzegtermijn_maanden: Whole | None = Field(None, ge=0, le=60, description="Opzegtermijn in maanden.", examples=[3])
    opzeggen_tegen: OpzeggenTegen | None = Field(
        None, description="Tegen welke dagen kan worden opgezegd.", examples=["einde maand"]
    )
    uittreden: Line | None = Field(
        None, max_length=1000, description="Hoe een gemeente eruit gaat.", examples=["Opzeggen; de aansluiting wordt verwijderd."]
    )
    bronvermelding: Line = Field(max_length=300, description="Waar dit is afgesproken.", examples=["Proefbesluit (test)"])


class Deelnamevoorwaarden(Output):
    """Wat deelname kost en hoe een gemeente eruit gaat; een versie wijzigt niet."""

    voorziening: str = Field(description="Code van de voorziening.", examples=["govroam"])
    versie: int = Field(ge=1, description="De hoeveelste versie dit is.", examples=[1])
    vanaf: Day = Field(description="Eerste dag waarop zij gelden.", examples=["2018-02-01"])
    einde: bool = Field(description="Of deelname vanaf dan niet meer kan.")
    kosten: str | None = Field(description="Wat deelname kost.", examples=["Eenmalig € 1.500."])
    kosten_vindplaats: str | None = Field(description="Waar het bedrag staat.", examples=["BALV 30-11-2016, bijlage"])
    opzegtermijn_maanden: int | None = Field(ge=0, le=60, description="Opzegtermijn in maanden.", examples=[3])
    opzeggen_tegen: OpzeggenTegen | None = Field(description="Tegen welke dagen kan worden opgezegd.", examples=["einde maand"])
    uittreden: str | None = Field(description="Hoe een gemeente eruit gaat.", examples=["Opzeggen."])
    bronvermelding: str = Field(description="Waar dit is afgesproken.", examples=["Proefbesluit (test)"])
    vastgelegd_op: Moment = Field(description="Wanneer zij zijn vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class VoorwaardenFilter(PageQuery):
    op: GivenDay | None = Field(None, description="Alleen de versie die op deze dag geldt.", examples=["2018-02-01"])


class DeelnamevoorwaardenPagina(Page):
    """Versies van de voorwaarden, nieuwste eerst."""

    results: list[Deelnamevoorwaarden] = Field(description="De versies op deze pagina.")


class Deelnamekeuze(PageQuery):
    """Which deelnames of one gemeente or one voorziening."""

    status: Status | None = Field(None, description="Alleen met deze status.", examples=["in gebruik"])
    op: GivenDay | None = Field(
        None,
        description="Zoals het op deze dag was, en alleen wat toen was begonnen; weggelaten is het vandaag, met wat nog begint.",
        examples=["2018-01-15"],
    )
    inkoopgrond: Inkoopgrond | None = Field(None, description="Alleen op deze grond.", examples=["quasi-inbesteding"])


class DeelnamesFilter(Deelnamekeuze):
    voorziening: Code | None = Field(None, description="Alleen aan deze voorziening.")
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen van deze gemeente.")


class NieuweDeelname(Input):
    """Belangstelling van een gemeente voor een voorziening, of haar aanmelding."""

    voorziening: Code
    gemeentecode: Gemeentecode
    status: Annotated[Stap, Field(json_schema_extra={"enum": ["belangstelling", "aangemeld"]})] = Field(
        description="Belangstelling, of meteen aangemeld.", examples=["belangstelling"]
    )
    datum: GivenDay | None = Field(
        None, description="Dag waarop; weggelaten vandaag. Een aanmelding achteraf legt alleen catalogusbeheer vast."
    )
    voorwaarden_versie: Versienummer | None = Field(
        None, description="Versie van de voorwaarden die de gemeente aanvaardt; verplicht bij aanmelden.", examples=[1]
    )
    inkoopgrond: Inkoopgrond = Field(description=_INKOOPGROND, examples=["quasi-inbesteding"])
    zichtbaarheid: Zichtbaarheid = Field("gemeenten", description=_ZICHTBAARHEID, examples=["gemeenten"])


class Deelnamewijziging(Input):
    """Wat er anders wordt; wat hier niet in staat, blijft."""

    inkoopgrond: Inkoopgrond = Field(default_factory=lambda: "geen", description=_INKOOPGROND, examples=["raamovereenkomst"])
    zichtbaarheid: Zichtbaarheid = Field(default_factory=lambda: "gemeenten", description=_ZICHTBAARHEID, examples=["iedereen"])


class NieuweOvergang(Input):
    """De volgende stap van een deelname, of haar opzegging."""

    naar: Overgang = Field(description="Wat zij wordt.", examples=["in implementatie"])
    datum: GivenDay | None = Field(
        None,
        description="Dag waarop; weggelaten vandaag. Aanmelden en opzeggen achteraf legt alleen catalogusbeheer vast.",
    )
    einddatum: GivenDay | None = Field(
        None, description="Laatste dag van de deelname; verplicht bij opzeggen, en alleen dan.", examples=["2018-06-30"]
    )
    voorwaarden_versie: Versienummer | None = Field(
        None, description="Versie van de voorwaarden die de gemeente aanvaardt; verplicht bij aanmelden.", examples=[1]
    )


class Overgangsregel(Output):
    """Een stap die is gezet; zij wijzigt niet meer."""

    volgnummer: int = Field(ge=1, description="De hoeveelste stap dit is.", examples=[1])
    naar: Status = Field(description="Wat de deelname werd.", examples=["aangemeld"])
    datum: Day = Field(description="Dag waarop.", examples=["2018-01-15"])
    einddatum: Day | None = Field(description="Laatste dag, bij opzeggen.", examples=["2018-06-30"])
    voorwaarden_versie: int | None = Field(description="Versie van de voorwaarden die is aanvaard.", examples=[1])
    rol: str | None = Field(
        description="In welke rol is gehandeld; alleen voor wie namens de gemeente handelt, anders null.", examples=["gemeente"]
    )
    door: str | None = Field(description="OIN van wie handelde; als `rol`.", examples=["00000099000000000002"])
    namens: str | None = Field(description="OIN namens wie, bij FSC-delegatie; als `rol`.", examples=["00000099000000000004"])
    vastgelegd_op: Moment = Field(description="Wanneer de stap is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class DeelnameKort(Output):
    """Een gemeente die deelneemt aan een voorziening."""

    id: uuid.UUID = Field(description="Identificatie.", examples=[_ID])
    versie: int = Field(ge=1, description="De hoeveelste versie dit is; `ETag` van de deelname.", examples=[1])
    voorziening: str = Field(description="Code van de voorziening.", examples=["govroam"])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    status: Status | None = Field(
        description="Wat zij is, vandaag of op de gevraagde dag; null als zij dan nog niet is begonnen.", examples=["in gebruik"]
    )
    inkoopgrond: Inkoopgrond = Field(description=_INKOOPGROND, examples=["quasi-inbesteding"])
    zichtbaarheid: Zichtbaarheid = Field(description=_ZICHTBAARHEID, examples=["gemeenten"])
    voorwaarden_versie: int | None = Field(description="Aanvaarde versie van de voorwaarden.", examples=[1])
    vanaf: Day = Field(description="Eerste dag.", examples=["2018-01-15"])
    aangemeld_op: Day | None = Field(description="Sinds wanneer aangemeld.", examples=["2018-01-15"])
    implementatie_op: Day | None = Field(description="Sinds wanneer in implementatie.", examples=["2018-02-01"])
    gebruik_op: Day | None = Field(description="Sinds wanneer in gebruik.", examples=["2018-03-01"])
    tot_en_met: Day | None = Field(description="Laatste dag, ook als die nog komt; null zonder einde.", examples=["2018-06-30"])
    afkomstig_van: uuid.UUID | None = Field(
        description="Deelname van de opgeheven gemeente waarvan zij is overgenomen; null zonder, of als u die niet mag zien.",
        examples=[_ID],
    )
    opvolger: uuid.UUID | None = Field(
        description="Deelname waarin zij bij een herindeling overgaat; null zonder, of als u die niet mag zien.", examples=[_ID]
    )


class Deelname(DeelnameKort):
    """Een deelname met de aanvaarde voorwaarden en haar stappen."""

    voorwaarden: Deelnamevoorwaarden | None = Field(description="De voorwaarden die zijn aanvaard; null bij belangstelling.")
    eerste_einddatum: Day | None = Field(
        description="Eerste dag waarop zij kan eindigen als vandaag wordt opgezegd; null als zij al eindigt, of algemeen bindend "
        "is.",
        examples=["2018-06-30"],
    )
    overgangen: list[Overgangsregel] = Field(description="Haar stappen, oudste eerst.")


class DeelnamesPagina(Page):
    """Deelnames, op voorziening, gemeente en begin."""

    results: list[DeelnameKort] = Field(description="De deelnames op deze pagina.")


class DeelnamesVanVoorzieningPagina(Page):
    """Deelnames aan een voorziening, op gemeente en begin."""

    results: list[DeelnameKort] = Field(description="De deelnames op deze pagina.")


class DeelnamesVanGemeentePagina(Page):
    """Deelnames van een gemeente, op voorziening en begin."""

    results: list[DeelnameKort] = Field(description="De deelnames op deze pagina.")
