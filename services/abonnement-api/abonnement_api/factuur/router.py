"""HTTP of invoices; a gemeente sees only its own, in totals too."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Request, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import LINK_HEADER, page_fields
from gemeengoed_kit.route import ByCaller, InWork, roles, router

from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.factuur import service
from abonnement_api.factuur.errors import OnbekendeFactuur
from abonnement_api.factuur.schemas import FacturenFilter, FacturenPagina, Factuur, Onderbouwing
from abonnement_api.toegang import ADMINISTRATIE, GEMEENTE, eigen_gemeente

facturen = router("/facturen", "facturen")
Nummer = Annotated[str, Path(pattern=r"^[0-9]{4}-[0-9]{6}$", description="Factuurnummer.", examples=["2018-000001"])]


@facturen.get(
    "",
    summary="Facturen opvragen",
    response_description="Een pagina met facturen.",
    dependencies=[roles(ADMINISTRATIE, GEMEENTE)],
    responses={200: {"headers": LINK_HEADER}},
)
@refuses(AndereAfnemer)
def list_facturen(
    work: InWork, caller: ByCaller, wens: Annotated[FacturenFilter, Query()], request: Request, response: Response
) -> FacturenPagina:
    """Facturen op nummer, met hun totaal. Een gemeente ziet alleen haar eigen, ook in de totalen."""
    count, inhoud = service.list_facturen(work, wens, eigen_gemeente(work, caller))
    return FacturenPagina.make(**page_fields(request, response, wens, count), **inhoud)


@facturen.get(
    "/{nummer}",
    summary="Factuur opvragen",
    response_description="De factuur.",
    dependencies=[roles(ADMINISTRATIE, GEMEENTE)],
)
@refuses(OnbekendeFactuur, AndereAfnemer)
def get_factuur(work: InWork, caller: ByCaller, nummer: Nummer) -> Factuur:
    """Eén factuur met haar regels. Een gemeente ziet alleen haar eigen."""
    return service.get_factuur(work, nummer, eigen_gemeente(work, caller))


@facturen.get(
    "/{nummer}/onderbouwing",
    summary="Onderbouwing van een factuur opvragen",
    response_description="De berekening.",
    dependencies=[roles(ADMINISTRATIE, GEMEENTE)],
)
@refuses(OnbekendeFactuur, AndereAfnemer)
def get_onderbouwing(work: InWork, caller: ByCaller, nummer: Nummer) -> Onderbouwing:
    """Hoe het bedrag tot stand komt: gegevens, regel en besluit, bij het opvragen nagerekend."""
    return service.get_onderbouwing(work, nummer, eigen_gemeente(work, caller))
