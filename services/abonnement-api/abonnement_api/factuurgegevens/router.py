"""HTTP of what gemeenten want on their invoices: the administratie keeps it, a gemeente reads its own."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router

from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.factuurgegevens import service
from abonnement_api.factuurgegevens.errors import FactuurgegevensKloppenNiet, FactuurgegevensNietGevonden
from abonnement_api.factuurgegevens.schemas import (
    Factuurgegevens,
    FactuurgegevensInvoer,
    FactuurgegevensLijst,
    FactuurgegevensPagina,
    Vastgelegd,
)
from abonnement_api.factuurstuk import service as factuurstuk
from abonnement_api.toegang import ADMINISTRATIE, GEMEENTE, GEMEENTECODE, LEZERS, InZicht

factuurgegevens = router("/factuurgegevens", "factuurgegevens")
Code = Annotated[str, Path(pattern=f"^{GEMEENTECODE}$", description="CBS-gemeentecode.", examples=["GM0344"])]


@factuurgegevens.get("", **listing("factuurgegevens", roles(*LEZERS, GEMEENTE)))
@refuses(AndereAfnemer)
def list_factuurgegevens(
    work: InWork, zicht: InZicht, wens: Annotated[PageQuery, Query()], pages: InPages
) -> FactuurgegevensPagina:
    """Wat gemeenten op hun factuur willen, op gemeentecode. Een gemeente ziet alleen haar eigen."""
    return pages.make(FactuurgegevensPagina, wens, *service.list_gegevens(work, zicht, wens))


@factuurgegevens.post(
    "",
    summary="Factuurgegevens van veel gemeenten vastleggen",
    response_description="Hoeveel er is vastgelegd.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(FactuurgegevensKloppenNiet)
def create_factuurgegevens(work: InWork, invoer: FactuurgegevensLijst) -> Vastgelegd:
    """Legt van elke genoemde gemeente een nieuwe versie vast, alle of geen."""
    vastgelegd = service.leg_alle_vast(work, invoer)
    factuurstuk.plan(work)
    return vastgelegd


@factuurgegevens.get(
    "/{gemeentecode}",
    summary="Factuurgegevens opvragen",
    response_description="De laatste versie.",
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(FactuurgegevensNietGevonden, AndereAfnemer)
def get_factuurgegevens(work: InWork, zicht: InZicht, gemeentecode: Code) -> Factuurgegevens:
    """Wat een gemeente op haar factuur wil."""
    return service.get_gegevens(work, zicht, gemeentecode)


@factuurgegevens.put(
    "/{gemeentecode}",
    summary="Factuurgegevens vastleggen",
    response_description="De nieuwe versie.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(FactuurgegevensKloppenNiet)
def put_factuurgegevens(work: InWork, gemeentecode: Code, invoer: FactuurgegevensInvoer) -> Factuurgegevens:
    """Legt een nieuwe versie vast. Facturen die al zijn opgemaakt, veranderen niet."""
    vastgelegd = service.leg_vast(work, gemeentecode, invoer)
    factuurstuk.plan(work)
    return vastgelegd
