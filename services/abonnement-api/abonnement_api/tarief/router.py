"""HTTP of tariefbesluiten. Reading is public."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Request, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import LINK_HEADER, page_fields
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.tarief import service
from abonnement_api.tarief.errors import OnbekendeDienst, OnbekendTariefbesluit, OnsamenhangendBesluit, TariefbesluitBestaat
from abonnement_api.tarief.schemas import SLUG, NieuwTariefbesluit, Tariefbesluit, TariefbesluitenFilter, TariefbesluitenPagina
from abonnement_api.toegang import ADMINISTRATIE

tariefbesluiten = router("/tariefbesluiten", "tariefbesluiten")
LOCATION = {"Location": {"description": "Pad van het resultaat.", "schema": {"type": "string"}}}


@tariefbesluiten.get(
    "",
    summary="Tariefbesluiten opvragen",
    response_description="Een pagina met tariefbesluiten.",
    dependencies=[public()],
    responses={200: {"headers": LINK_HEADER}},
)
def list_tariefbesluiten(
    work: InWork, wens: Annotated[TariefbesluitenFilter, Query()], request: Request, response: Response
) -> TariefbesluitenPagina:
    """De besluiten over de prijs per inwoner, op datum."""
    count, results = service.list_tariefbesluiten(work, wens)
    return TariefbesluitenPagina.make(**page_fields(request, response, wens, count), results=results)


@tariefbesluiten.post(
    "",
    status_code=201,
    summary="Tariefbesluit vastleggen",
    response_description="Het vastgelegde besluit.",
    dependencies=[roles(ADMINISTRATIE)],
    responses={201: {"headers": LOCATION}},
)
@refuses(TooFarAhead, OnsamenhangendBesluit, TariefbesluitBestaat, OnbekendeDienst)
def vastleggen_tariefbesluit(work: InWork, nieuw: NieuwTariefbesluit, response: Response) -> Tariefbesluit:
    """Legt een besluit vast. Het wijzigt daarna nooit; een nieuw besluit volgt het op."""
    besluit = service.vastleggen(work, nieuw)
    response.headers["Location"] = f"/v1/tariefbesluiten/{besluit.id}"
    return besluit


@tariefbesluiten.get(
    "/{id}",
    summary="Tariefbesluit opvragen",
    response_description="Het tariefbesluit.",
    dependencies=[public()],
)
@refuses(OnbekendTariefbesluit)
def get_tariefbesluit(
    work: InWork,
    id: Annotated[
        str, Path(pattern=SLUG, max_length=60, description="Identificatie van het besluit.", examples=["balv-2016-11-30"])
    ],
) -> Tariefbesluit:
    """Eén tariefbesluit met zijn pakketten en verdeelsleutel."""
    return service.get_tariefbesluit(work, id)
