"""HTTP of omslagen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, roles, router

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.fonds.errors import OnbekendFonds
from fonds_api.omslag import service
from fonds_api.omslag.errors import (
    OmslagAlAangevraagd,
    OmslagAlVastgesteld,
    OmslagNietGevonden,
    OmslagPastNiet,
    OnbekendeToepassing,
)
from fonds_api.omslag.schemas import OMSLAG_ID, NieuweOmslag, NieuweOmslagvaststelling, Omslag, OmslagenFilter, OmslagenPagina
from fonds_api.toegang import BESLISSERS, FONDSBEHEERDER, OMSLAGLEZERS, InOmslagzicht

omslagen = router("/omslagen", "omslagen")
OmslagId = Annotated[str, Path(pattern=OMSLAG_ID, max_length=50, description="Fonds, jaar en versie.", examples=["ggu-2020-1"])]
LEZERS = roles(*OMSLAGLEZERS)


@omslagen.post("", **creating("Omslag voorstellen", "Het voorstel.", roles(FONDSBEHEERDER)))
@refuses(OmslagPastNiet, OnbekendeToepassing, OnbekendFonds, OmslagAlVastgesteld)
def create_omslag(work: InWork, caller: ByCaller, zicht: InOmslagzicht, nieuw: NieuweOmslag, response: Response) -> Omslag:
    """Legt een omslag vast als volgende voorstel van een fonds en jaar. Een voorstel heeft geen gevolgen en verandert niet; een
    ander voorstel is een volgende versie."""
    omslag = service.voorstellen(work, zicht, caller.role, nieuw)
    located(response, service.pad(omslag.id))
    return omslag


@omslagen.get("", **listing("omslagen", LEZERS))
@refuses(GeenGemeentecode)
def list_omslagen(work: InWork, zicht: InOmslagzicht, wens: Annotated[OmslagenFilter, Query()], pages: InPages) -> OmslagenPagina:
    """De omslagen die u mag zien. Een gemeente ziet wat is vastgesteld, en de voorstellen die met gemeenten zijn gedeeld."""
    return pages.make(OmslagenPagina, wens, *service.list_omslagen(work, zicht, wens))


@omslagen.get("/{id}", summary="Omslag opvragen", response_description="De omslag.", dependencies=[LEZERS])
@refuses(OmslagNietGevonden, GeenGemeentecode)
def get_omslag(work: InWork, zicht: InOmslagzicht, id: OmslagId) -> Omslag:
    """Eén omslag: de regel, de tarieven, de termijnen en het besluit."""
    return service.get_omslag(work, zicht, id)


@omslagen.post(
    "/{id}/vaststellingen",
    **creating(
        "Vaststelling van een omslag aanvragen",
        "Het besluit wordt nagevraagd; vraag de omslag op om te zien hoe het ermee staat.",
        roles(*BESLISSERS),
        later=True,
        again=(Omslag, "De vaststelling was al aangevraagd; er is niets veranderd."),
    ),
)
@refuses(OmslagNietGevonden, OmslagAlVastgesteld, OmslagAlAangevraagd)
def create_omslagvaststelling(
    work: InWork, caller: ByCaller, zicht: InOmslagzicht, id: OmslagId, nieuw: NieuweOmslagvaststelling, response: Response
) -> Omslag:
    """Vraagt een voorstel de omslag van zijn fonds en jaar te maken, met het besluit waarop dat rust. Het wordt bij de catalogus
    nagevraagd: een positief kaderbesluit van het gremium dat u bent, of van de leden. Daarna verandert zij niet meer.

    Een geweigerde vaststelling kan opnieuw worden aangevraagd, ook met een ander besluit.
    """
    omslag, begint = service.aanvragen(work, zicht, caller.role or "", id, nieuw)
    located(response, service.pad(id), new=begint)
    return omslag
