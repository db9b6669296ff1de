"""HTTP of credit notes and corrections: the administratie makes them, a gemeente reads its own."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.creditnota import service
from abonnement_api.creditnota.errors import (
    AlVerbeterd,
    CreditnotaNietGevonden,
    DeelsGecrediteerd,
    NietsTeCrediteren,
    OnmogelijkeCreditdatum,
    TeVeelGecrediteerd,
)
from abonnement_api.creditnota.schemas import (
    Creditnota,
    CreditnotasFilter,
    CreditnotasPagina,
    NieuweCorrectie,
    NieuweCreditnota,
)
from abonnement_api.factuur import service as factuur
from abonnement_api.factuur.errors import FactuurNietGevonden
from abonnement_api.factuur.router import Nummer
from abonnement_api.factuur.schemas import Factuur
from abonnement_api.factuurstuk import service as factuurstuk
from abonnement_api.toegang import ADMINISTRATIE, GEMEENTE, LEZERS, InZicht

crediteringen = router("/facturen/{nummer}", "facturen")
creditnotas = router("/creditnotas", "facturen")
Creditnummer = Annotated[
    str, Path(pattern=r"^[0-9]{4}-[0-9]{6}$", description="Nummer van de creditnota.", examples=["2018-500001"])
]


async def _termijn(request: Request) -> int:
    return int(request.app.state.context.settings.betaaltermijn_dagen)


@crediteringen.post("/creditnotas", **creating("Factuur crediteren", "De creditnota.", roles(ADMINISTRATIE)))
@refuses(FactuurNietGevonden, TooFarAhead, OnmogelijkeCreditdatum, NietsTeCrediteren, TeVeelGecrediteerd)
def create_creditnota(work: InWork, nummer: Nummer, nieuw: NieuweCreditnota, response: Response) -> Creditnota:
    """Neemt een factuur geheel of voor een deel terug. Samen zijn de creditnota's nooit meer dan de factuur."""
    gemaakt = service.crediteren(work, nummer, nieuw)
    factuurstuk.plan(work)
    located(response, service.pad(gemaakt.nummer))
    return gemaakt


@crediteringen.post("/correcties", **creating("Factuur verbeteren", "De nieuwe factuur.", roles(ADMINISTRATIE)))
@refuses(FactuurNietGevonden, TooFarAhead, OnmogelijkeCreditdatum, AlVerbeterd, DeelsGecrediteerd)
def create_correctie(
    work: InWork,
    zicht: InZicht,
    nummer: Nummer,
    nieuw: NieuweCorrectie,
    response: Response,
    termijn: Annotated[int, Depends(_termijn)],
) -> Factuur:
    """Crediteert wat van een factuur over is en maakt een nieuwe met een ander aantal inwoners, in één keer."""
    gemaakt = service.corrigeren(work, nummer, nieuw, termijn)
    factuurstuk.plan(work)
    located(response, factuur.pad(gemaakt))
    return factuur.get_factuur(work, zicht, gemaakt)


@creditnotas.get("", **listing("creditnotas", roles(*LEZERS, GEMEENTE)))
@refuses(AndereAfnemer)
def list_creditnotas(
    work: InWork, zicht: InZicht, wens: Annotated[CreditnotasFilter, Query()], pages: InPages
) -> CreditnotasPagina:
    """Creditnota's op nummer. Een gemeente ziet alleen haar eigen."""
    return pages.make(CreditnotasPagina, wens, *service.list_creditnotas(work, zicht, wens))


@creditnotas.get(
    "/{nummer}",
    summary="Creditnota opvragen",
    response_description="De creditnota.",
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(CreditnotaNietGevonden, AndereAfnemer)
def get_creditnota(work: InWork, zicht: InZicht, nummer: Creditnummer) -> Creditnota:
    """Eén creditnota met haar regels. Een gemeente ziet alleen haar eigen."""
    return service.get_creditnota(work, zicht, nummer)
