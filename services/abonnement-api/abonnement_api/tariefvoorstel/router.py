"""HTTP of proposals for a price per inhabitant, for the administratie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.tarief.errors import OnbekendeDienst
from abonnement_api.tariefvoorstel import service
from abonnement_api.tariefvoorstel.errors import OnsamenhangendVoorstel, TariefvoorstelNietGevonden
from abonnement_api.tariefvoorstel.schemas import (
    NieuwTariefvoorstel,
    Tariefvoorstel,
    TariefvoorstellenFilter,
    TariefvoorstellenPagina,
)
from abonnement_api.toegang import ADMINISTRATIE, LEZERS

tariefvoorstellen = router("/tariefvoorstellen", "tariefbesluiten")
WACHT = (Tariefvoorstel, "Het voorstel, dat wacht op de inwoners van de catalogus.")


@tariefvoorstellen.post("", **creating("Prijs per inwoner voorstellen", "Het voorstel.", roles(ADMINISTRATIE), waits=WACHT))
@refuses(TooFarAhead, OnsamenhangendVoorstel, OnbekendeDienst)
def create_tariefvoorstel(work: InWork, nieuw: NieuwTariefvoorstel, response: Response) -> Tariefvoorstel:
    """Berekent uit budgetten en inwoners wat een prijs per inwoner zou zijn, en wat een besloten prijs dekt. Zonder inwoners
    worden zij op de achtergrond aan de catalogus gevraagd. Een voorstel heeft geen gevolgen."""
    voorstel = service.aanvragen(work, nieuw)
    located(response, service.pad(voorstel.id))
    if voorstel.uitkomst is None:
        response.status_code = 202
    return voorstel


@tariefvoorstellen.get("", **listing("tariefvoorstellen", roles(*LEZERS)))
def list_tariefvoorstellen(
    work: InWork, wens: Annotated[TariefvoorstellenFilter, Query()], pages: InPages
) -> TariefvoorstellenPagina:
    """De tariefvoorstellen, in volgorde van aanvragen."""
    return pages.make(TariefvoorstellenPagina, wens, *service.list_tariefvoorstellen(work, wens))


@tariefvoorstellen.get(
    "/{id}",
    summary="Tariefvoorstel opvragen",
    response_description="Het voorstel.",
    dependencies=[roles(*LEZERS)],
)
@refuses(TariefvoorstelNietGevonden)
def get_tariefvoorstel(
    work: InWork,
    id: Annotated[
        GivenUuid, Path(description="Identificatie van het voorstel.", examples=["6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"])
    ],
) -> Tariefvoorstel:
    """Eén tariefvoorstel, met alle onderdelen en wat de prijs dekt."""
    return service.get_tariefvoorstel(work, id)
