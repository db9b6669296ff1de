"""HTTP of who pays for others: the administratie keeps it, a gemeente reads its own agreements."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.betaler import service
from abonnement_api.betaler.errors import BetaalafspraakPastNiet, BetalerKloptNiet, BetalerNietGevonden, OnbekendeBetaler
from abonnement_api.betaler.schemas import (
    BetaalafsprakenFilter,
    BetaalafsprakenPagina,
    BetaalafsprakenVastgelegd,
    Betaler,
    BetalerInvoer,
    BetalersPagina,
    NieuweBetaalafspraken,
)
from abonnement_api.tarief.schemas import SLUG
from abonnement_api.toegang import ADMINISTRATIE, GEMEENTE, LEZERS, InZicht

betalers = router("/betalers", "betalers")
betaalafspraken = router("/betaalafspraken", "betalers")
Code = Annotated[str, Path(pattern=SLUG, max_length=60, description="Code van de betaler.", examples=["voorbeeldstreek"])]


@betalers.get("", **listing("betalers", roles(*LEZERS)))
def list_betalers(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> BetalersPagina:
    """Wie voor gemeenten betaalt, op code."""
    return pages.make(BetalersPagina, wens, *service.list_betalers(work, wens))


@betalers.get("/{code}", summary="Betaler opvragen", response_description="De betaler.", dependencies=[roles(*LEZERS)])
@refuses(BetalerNietGevonden)
def get_betaler(work: InWork, code: Code) -> Betaler:
    """Eén betaler, in zijn laatste versie."""
    return service.get_betaler(work, code)


@betalers.put(
    "/{code}", summary="Betaler vastleggen", response_description="De nieuwe versie.", dependencies=[roles(ADMINISTRATIE)]
)
@refuses(BetalerKloptNiet)
def put_betaler(work: InWork, code: Code, invoer: BetalerInvoer) -> Betaler:
    """Legt een nieuwe versie vast. Facturen die al zijn opgemaakt, veranderen niet."""
    return service.leg_vast(work, code, invoer)


@betaalafspraken.get("", **listing("betaalafspraken", roles(*LEZERS, GEMEENTE)))
@refuses(AndereAfnemer)
def list_betaalafspraken(
    work: InWork, zicht: InZicht, wens: Annotated[BetaalafsprakenFilter, Query()], pages: InPages
) -> BetaalafsprakenPagina:
    """Wie voor welke gemeente betaalt, op gemeentecode en dag. Een gemeente ziet alleen haar eigen."""
    return pages.make(BetaalafsprakenPagina, wens, *service.list_afspraken(work, zicht, wens))


@betaalafspraken.post("", **creating("Betaalafspraken vastleggen", "Wat er is vastgelegd.", roles(ADMINISTRATIE)))
@refuses(OnbekendeBetaler, BetaalafspraakPastNiet, TooFarAhead)
def create_betaalafspraken(work: InWork, nieuw: NieuweBetaalafspraken, response: Response) -> BetaalafsprakenVastgelegd:
    """Laat een samenwerkingsverband, leverancier of andere gemeente vanaf een dag voor gemeenten betalen, alle of geen; of laat
    ze weer zelf betalen. Een latere afspraak volgt een eerdere op."""
    vastgelegd = service.spreek_af(work, nieuw)
    located(response, service.pad(nieuw))
    return vastgelegd
