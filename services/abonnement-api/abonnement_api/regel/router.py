"""HTTP of lines per dienst: an aanbieder sees those of its diensten, a gemeente those of its invoices."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router

from abonnement_api.aanbieder.errors import ContractNoemtOnbekendeAanbieder
from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.regel import service
from abonnement_api.regel.schemas import (
    FactuurregelsPagina,
    RegelsFilter,
    ToewijzingenPagina,
    VerdelingsregelsFilter,
    VerdelingsregelsPagina,
)
from abonnement_api.toegang import AANBIEDER, GEMEENTE, LEZERS, InZicht

factuurregels = router("/factuurregels", "facturen")
toewijzingen = router("/toewijzingen", "betalingen")
verdelingsregels = router("/verdelingsregels", "verdelingen")
Vraag = Annotated[RegelsFilter, Query()]


@factuurregels.get("", **listing("factuurregels", roles(*LEZERS, AANBIEDER, GEMEENTE)))
@refuses(AndereAfnemer, ContractNoemtOnbekendeAanbieder)
def list_factuurregels(work: InWork, zicht: InZicht, wens: Vraag, pages: InPages) -> FactuurregelsPagina:
    """Wat er per factuur en dienst is gefactureerd, gecrediteerd en ontvangen. Een aanbieder ziet alleen regels van eigen
    diensten, een gemeente alleen van haar facturen; ook in de totalen."""
    return pages.make(FactuurregelsPagina, wens, *service.list_factuurregels(work, zicht, wens))


@toewijzingen.get("", **listing("toewijzingen", roles(*LEZERS, AANBIEDER, GEMEENTE)))
@refuses(AndereAfnemer, ContractNoemtOnbekendeAanbieder)
def list_toewijzingen(work: InWork, zicht: InZicht, wens: Vraag, pages: InPages) -> ToewijzingenPagina:
    """Wanneer er op welke factuur en voor welke dienst is ontvangen, en wat daarvan is teruggenomen; wie wat ziet als bij
    factuurregels."""
    return pages.make(ToewijzingenPagina, wens, *service.list_toewijzingen(work, zicht, wens))


@verdelingsregels.get("", **listing("verdelingsregels", roles(*LEZERS, AANBIEDER)))
@refuses(ContractNoemtOnbekendeAanbieder)
def list_verdelingsregels(
    work: InWork, zicht: InZicht, wens: Annotated[VerdelingsregelsFilter, Query()], pages: InPages
) -> VerdelingsregelsPagina:
    """Wat elke verdeling aan een dienst toebedeelde. Een aanbieder ziet alleen wat voor hem is."""
    return pages.make(VerdelingsregelsPagina, wens, *service.list_verdelingsregels(work, zicht, wens))
