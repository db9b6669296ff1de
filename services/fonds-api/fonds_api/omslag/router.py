"""HTTP of omslagen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, roles, router

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.fonds.errors import OnbekendFonds
from fonds_api.omslag import service
from fonds_api.omslag.errors import OmslagAlVastgesteld, OmslagNietGevonden, OmslagPastNiet
from fonds_api.omslag.schemas import OMSLAG_ID, NieuweOmslag, NieuweOmslagvaststelling, Omslag, OmslagenFilter, OmslagenPagina
from fonds_api.toegang import BESLISSERS, FONDSBEHEERDER, OMSLAGLEZERS, InOmslagzicht

omslagen = router("/omslagen", "omslagen")
OmslagId = Annotated[str, Path(pattern=OMSLAG_ID, max_length=50, description="Fonds, jaar en versie.", examples=["ggu-2020-1"])]
LEZERS = roles(*OMSLAGLEZERS)


@omslagen.post(
    "",
    status_code=201,
    summary="Omslag voorstellen",
    response_description="Het voorstel.",
    dependencies=[roles(FONDSBEHEERDER)],
    responses={
        201: {
            "headers": {
                "Location": {"description": "Pad van het voorstel.", "schema": {"type": "string", "format": "uri-reference"}}
            }
        }
    },
)
@refuses(OmslagPastNiet, OnbekendFonds, OmslagAlVastgesteld)
def create_omslag(work: InWork, caller: ByCaller, zicht: InOmslagzicht, nieuw: NieuweOmslag, response: Response) -> Omslag:
    """Legt een omslag vast als volgende voorstel van een fonds en jaar. Een voorstel heeft geen gevolgen en verandert niet; een
    ander voorstel is een volgende versie."""
    omslag = service.voorstellen(work, zicht, caller.role, nieuw)
    response.headers["Location"] = service.pad(omslag.id)
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
    status_code=201,
    summary="Omslag vaststellen",
    response_description="De vastgestelde omslag.",
    dependencies=[roles(*BESLISSERS)],
)
@refuses(OmslagNietGevonden, OmslagAlVastgesteld)
def create_omslagvaststelling(
    work: InWork, caller: ByCaller, zicht: InOmslagzicht, id: OmslagId, nieuw: NieuweOmslagvaststelling
) -> Omslag:
    """Maakt een voorstel de omslag van zijn fonds en jaar, met het besluit waarop dat rust. Dat kan één keer en verandert niet
    meer. Of het besluit bestaat, wordt niet nagegaan."""
    return service.vaststellen(work, zicht, caller.role, id, nieuw)
