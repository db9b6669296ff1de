"""HTTP of payment orders: the administratie proposes, the fiatteur approves, and the message goes to the bank."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request, Response
from gemeengoed_kit.conditional import ETAG, NOT_MODIFIED, IfNoneMatch, etag, unmodified
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.eyes import ByEyes
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.betaalopdracht import paden, service, uitkomst
from abonnement_api.betaalopdracht.errors import (
    BetaalopdrachtAlBesloten,
    BetaalopdrachtNietGevonden,
    BetaaluitkomstNietGevonden,
    GeenBericht,
    NietsUitTeBetalen,
    OnbekendeOntvangst,
    RekeningGewijzigd,
    RekeningOnbekend,
    TerugbetalingPastNiet,
    UitkomstPastNiet,
    UitvoeringsdagVoorbij,
    VerdelingNietVastgesteld,
)
from abonnement_api.betaalopdracht.schemas import (
    Betaalopdracht,
    BetaalopdrachtenFilter,
    BetaalopdrachtenPagina,
    Betaaluitkomst,
    Betaaluitkomsten,
    BetaaluitkomstenFilter,
    BetaaluitkomstenPagina,
    NieuweBetaalafwijzing,
    NieuweTerugbetaling,
    NieuweUitbetaling,
    NieuweUitkomst,
)
from abonnement_api.toegang import ADMINISTRATIE, FIATTEUR, LEZERS
from abonnement_api.verdeling.errors import VerdelingNietGevonden
from abonnement_api.verdeling.router import Verdelingid

uitbetalingen = router("/verdelingen/{id}", "betaalopdrachten")
terugbetalingen = router("/terugbetalingen", "betaalopdrachten")
betaalopdrachten = router("/betaalopdrachten", "betaalopdrachten")
betaaluitkomsten = router("/betaaluitkomsten", "betaalopdrachten")
Opdrachtid = Annotated[
    GivenUuid, Path(description="Identificatie van de betaalopdracht.", examples=["4f0d9a5c-3c1e-4d0f-8a56-2b9d6f7c1e30"])
]
Uitkomstid = Annotated[
    GivenUuid, Path(description="Identificatie van de betaaluitkomst.", examples=["9c1d7e2a-5b4f-4c3e-8d21-6a0f9b8c7d65"])
]


class Betaalbericht(Response):
    media_type = "application/xml"


BERICHT: dict[int | str, dict[str, Any]] = {
    **NOT_MODIFIED,
    200: {"headers": ETAG, "content": {Betaalbericht.media_type: {"schema": {"type": "string", "format": "binary"}}}},
}


async def _rekening(request: Request) -> str:
    return str(request.app.state.context.settings.rekening_iban)


InRekening = Annotated[str, Depends(_rekening)]
"""The account from which is paid."""


@uitbetalingen.post(
    "/betaalopdrachten", **creating("Uitbetaling voorstellen", "De voorgestelde betaalopdracht.", roles(ADMINISTRATIE))
)
@refuses(VerdelingNietGevonden, VerdelingNietVastgesteld, UitvoeringsdagVoorbij, TooFarAhead, NietsUitTeBetalen, RekeningOnbekend)
def create_uitbetaling(
    work: InWork, wie: ByEyes, id: Verdelingid, nieuw: NieuweUitbetaling, iban: InRekening, response: Response
) -> Betaalopdracht:
    """Stelt voor, uit te betalen wat van een verdeling aan aanbieders toekomt: elk zijn hele deel, naar de rekening die van
    hem is vastgelegd. Een ander keurt haar goed; tot dan gaat er niets naar de bank."""
    opdracht = service.uitbetalen(work, wie, id, nieuw, iban)
    located(response, paden.opdracht(opdracht.id))
    return opdracht


@terugbetalingen.post("", **creating("Terugbetaling voorstellen", "De voorgestelde betaalopdracht.", roles(ADMINISTRATIE)))
@refuses(UitvoeringsdagVoorbij, TooFarAhead, OnbekendeOntvangst, TerugbetalingPastNiet, RekeningOnbekend)
def create_terugbetaling(
    work: InWork, wie: ByEyes, nieuw: NieuweTerugbetaling, iban: InRekening, response: Response
) -> Betaalopdracht:
    """Stelt voor, terug te betalen wat van ontvangsten over is, naar de rekening waar het vandaan kwam. Wat is voorgesteld, is
    niet meer te koppelen zolang de opdracht loopt."""
    opdracht = service.terugbetalen(work, wie, nieuw, iban)
    located(response, paden.opdracht(opdracht.id))
    return opdracht


@betaalopdrachten.get("", **listing("betaalopdrachten", roles(*LEZERS)))
def list_betaalopdrachten(
    work: InWork, wens: Annotated[BetaalopdrachtenFilter, Query()], pages: InPages
) -> BetaalopdrachtenPagina:
    """De betaalopdrachten, in volgorde van voorstellen."""
    return pages.make(BetaalopdrachtenPagina, wens, *service.list_opdrachten(work, wens))


@betaalopdrachten.get(
    "/{id}", summary="Betaalopdracht opvragen", response_description="De betaalopdracht.", dependencies=[roles(*LEZERS)]
)
@refuses(BetaalopdrachtNietGevonden)
def get_betaalopdracht(work: InWork, id: Opdrachtid) -> Betaalopdracht:
    """Eén betaalopdracht, met elke betaling en waar die staat."""
    return service.get_opdracht(work, id)


@betaalopdrachten.post(
    "/{id}/goedkeuringen",
    summary="Betaalopdracht goedkeuren",
    response_description="De goedgekeurde betaalopdracht.",
    dependencies=[roles(FIATTEUR)],
)
@refuses(BetaalopdrachtNietGevonden, BetaalopdrachtAlBesloten, UitvoeringsdagVoorbij, RekeningGewijzigd)
def create_betaalgoedkeuring(work: InWork, wie: ByEyes, id: Opdrachtid) -> Betaalopdracht:
    """Keurt een betaalopdracht goed: maakt het bericht voor de bank, één keer, en laat boeken dat het geld onderweg is. Dat doet
    een ander: met een ander contract, en niet dezelfde rol van dezelfde organisatie."""
    return service.goedkeuren(work, wie, id)


@betaalopdrachten.post(
    "/{id}/afwijzingen",
    summary="Betaalopdracht afwijzen",
    response_description="De afgewezen betaalopdracht.",
    dependencies=[roles(ADMINISTRATIE, FIATTEUR)],
)
@refuses(BetaalopdrachtNietGevonden, BetaalopdrachtAlBesloten)
def create_betaalafwijzing(work: InWork, wie: ByEyes, id: Opdrachtid, nieuw: NieuweBetaalafwijzing) -> Betaalopdracht:
    """Wijst een voorgestelde betaalopdracht af, met een reden; wie haar voorstelde, trekt haar zo in."""
    return service.afwijzen(work, wie, id, nieuw)


@betaalopdrachten.get(
    "/{id}/bericht",
    summary="Bericht voor de bank opvragen",
    response_description="Het bericht (pain.001.001.09).",
    response_class=Betaalbericht,
    responses=BERICHT,
    dependencies=[roles(*LEZERS)],
)
@refuses(BetaalopdrachtNietGevonden, GeenBericht)
def get_betaalbericht(work: InWork, id: Opdrachtid, if_none_match: IfNoneMatch = None) -> Response:
    """Het bericht voor de bank. Het ontstaat bij het goedkeuren; daarna zijn het steeds dezelfde bytes, met hetzelfde kenmerk
    (`MsgId`): wie het nog eens instuurt, stuurt een kopie die een bank aan dat kenmerk herkent."""
    bericht, sha256, kenmerk = service.get_bericht(work, id)
    kop = {"ETag": etag(sha256), "Content-Disposition": f'attachment; filename="{kenmerk}.xml"'}
    return unmodified(if_none_match, sha256) or Response(bericht, 200, kop, Betaalbericht.media_type)


@betaalopdrachten.post(
    "/{id}/uitkomsten",
    summary="Uitkomst van betalingen vastleggen",
    response_description="De uitkomsten.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(BetaalopdrachtNietGevonden, UitkomstPastNiet)
def create_betaaluitkomsten(work: InWork, id: Opdrachtid, nieuw: NieuweUitkomst) -> Betaaluitkomsten:
    """Zegt met de hand wat er van betalingen is geworden. Wat een afschrift duidelijk zegt, wordt bij het inlezen al vastgelegd.
    Wat is geweigerd of terugkwam, is opnieuw te betalen, met een nieuwe opdracht."""
    return uitkomst.vastleggen(work, id, nieuw)


@betaaluitkomsten.get("", **listing("betaaluitkomsten", roles(*LEZERS)))
def list_betaaluitkomsten(
    work: InWork, wens: Annotated[BetaaluitkomstenFilter, Query()], pages: InPages
) -> BetaaluitkomstenPagina:
    """Wat er van betalingen is geworden, in volgorde van vastleggen."""
    return pages.make(BetaaluitkomstenPagina, wens, *uitkomst.list_uitkomsten(work, wens))


@betaaluitkomsten.get(
    "/{id}", summary="Betaaluitkomst opvragen", response_description="De uitkomst.", dependencies=[roles(*LEZERS)]
)
@refuses(BetaaluitkomstNietGevonden)
def get_betaaluitkomst(work: InWork, id: Uitkomstid) -> Betaaluitkomst:
    """Wat er van één betaling is geworden."""
    return uitkomst.get_uitkomst(work, id)
