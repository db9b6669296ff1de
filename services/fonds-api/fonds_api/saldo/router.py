"""HTTP of saldi: the accounts with their balances, and the saldibalans of a fonds."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router

from fonds_api.fonds.errors import FondsNietGevonden
from fonds_api.fonds.schemas import Fondscode
from fonds_api.saldo import service
from fonds_api.saldo.schemas import RekeningenFilter, RekeningenPagina, Saldibalans, SaldibalansVraag
from fonds_api.toegang import LEZERS, InZicht

rekeningen = router("/rekeningen", "rekeningen")
saldibalansen = router("/fondsen/{code}/saldibalans", "rekeningen")


@rekeningen.get("", **listing("rekeningen", roles(*LEZERS)))
def list_rekeningen(work: InWork, zicht: InZicht, wens: Annotated[RekeningenFilter, Query()], pages: InPages) -> RekeningenPagina:
    """De rekeningen van de fondsen die uw rol ziet, met wat er op een dag op staat."""
    return pages.make(RekeningenPagina, wens, *service.list_rekeningen(work, zicht, wens))


@saldibalansen.get(
    "",
    summary="Saldibalans opvragen",
    response_description="De saldibalans.",
    dependencies=[roles(*LEZERS)],
)
@refuses(FondsNietGevonden)
def get_saldibalans(work: InWork, zicht: InZicht, code: Fondscode, vraag: Annotated[SaldibalansVraag, Query()]) -> Saldibalans:
    """Alle rekeningen van een fonds op een dag, met hun som (altijd nul) en het aantal boekingen."""
    return service.get_saldibalans(work, zicht, code, vraag.datum)
