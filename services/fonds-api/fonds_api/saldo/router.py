"""HTTP of saldi: the accounts with what is on them, and the saldibalans of a fonds."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import LINK_HEADER, page_fields
from gemeengoed_kit.route import ByCaller, InWork, roles, router

from fonds_api.fonds.errors import FondsNietGevonden
from fonds_api.fonds.schemas import Fondscode
from fonds_api.rollen import BOEKERS
from fonds_api.saldo import service
from fonds_api.saldo.schemas import RekeningenFilter, RekeningenPagina, Saldibalans, SaldibalansVraag

rekeningen = router("/rekeningen", "rekeningen")
saldibalansen = router("/fondsen/{code}/saldibalans", "rekeningen")


@rekeningen.get(
    "",
    summary="Rekeningen opvragen",
    response_description="Een pagina met rekeningen.",
    dependencies=[roles(*BOEKERS)],
    responses={200: {"headers": LINK_HEADER}},
)
def list_rekeningen(
    work: InWork, caller: ByCaller, wens: Annotated[RekeningenFilter, Query()], request: Request, response: Response
) -> RekeningenPagina:
    """De rekeningen van de fondsen van uw rol, met wat er op een dag op staat."""
    count, datum, results = service.list_rekeningen(work, caller.role, wens)
    return RekeningenPagina.make(**page_fields(request, response, wens, count), datum=datum, results=results)


@saldibalansen.get(
    "",
    summary="Saldibalans opvragen",
    response_description="De saldibalans.",
    dependencies=[roles(*BOEKERS)],
)
@refuses(FondsNietGevonden)
def get_saldibalans(work: InWork, caller: ByCaller, code: Fondscode, vraag: Annotated[SaldibalansVraag, Query()]) -> Saldibalans:
    """Alle rekeningen van een fonds op een dag, met hun som (altijd nul) en het aantal boekingen."""
    return service.get_saldibalans(work, caller.role, code, vraag.datum)
