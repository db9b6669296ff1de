"""HTTP of tariefbesluiten. Reading is public."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.tarief import service
from abonnement_api.tarief.errors import (
    OnbekendeDienst,
    OnsamenhangendBesluit,
    PakketNietGevonden,
    TariefbesluitBestaat,
    TariefbesluitNietGevonden,
)
from abonnement_api.tarief.schemas import (
    SLUG,
    Berekeningsvraag,
    NieuwTariefbesluit,
    Tariefberekening,
    Tariefbesluit,
    TariefbesluitenFilter,
    TariefbesluitenPagina,
)
from abonnement_api.toegang import ADMINISTRATIE

tariefbesluiten = router("/tariefbesluiten", "tariefbesluiten")
Id = Annotated[str, Path(pattern=SLUG, max_length=60, description="Identificatie van het besluit.", examples=["balv-2016-11-30"])]


@tariefbesluiten.get("", **listing("tariefbesluiten", public()))
def list_tariefbesluiten(work: InWork, wens: Annotated[TariefbesluitenFilter, Query()], pages: InPages) -> TariefbesluitenPagina:
    """De besluiten over wat pakketten kosten, op datum."""
    return pages.make(TariefbesluitenPagina, wens, *service.list_tariefbesluiten(work, wens))


@tariefbesluiten.post("", **creating("Tariefbesluit vastleggen", "Het vastgelegde besluit.", roles(ADMINISTRATIE)))
@refuses(TooFarAhead, OnsamenhangendBesluit, TariefbesluitBestaat, OnbekendeDienst)
def create_tariefbesluit(work: InWork, nieuw: NieuwTariefbesluit, response: Response) -> Tariefbesluit:
    """Legt een besluit vast. Het wijzigt daarna nooit; een nieuw besluit volgt het op."""
    besluit = service.vastleggen(work, nieuw)
    located(response, f"/v1/tariefbesluiten/{besluit.id}")
    return besluit


@tariefbesluiten.get(
    "/{id}",
    summary="Tariefbesluit opvragen",
    response_description="Het tariefbesluit.",
    dependencies=[public()],
)
@refuses(TariefbesluitNietGevonden)
def get_tariefbesluit(work: InWork, id: Id) -> Tariefbesluit:
    """Eén tariefbesluit met zijn pakketten en verdeelsleutel."""
    return service.get_tariefbesluit(work, id)


@tariefbesluiten.get(
    "/{id}/berekening",
    summary="Bedrag van een pakket berekenen",
    response_description="Wat het pakket kost.",
    dependencies=[public()],
)
@refuses(TariefbesluitNietGevonden, PakketNietGevonden)
def get_tariefberekening(work: InWork, id: Id, vraag: Annotated[Berekeningsvraag, Query()]) -> Tariefberekening:
    """Wat een pakket kost voor een hoeveelheid en een aantal maanden, met elke stap. Er wordt niets vastgelegd."""
    return service.berekenen(work, id, vraag)
