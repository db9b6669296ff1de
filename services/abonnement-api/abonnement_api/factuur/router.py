"""HTTP of invoices; a gemeente sees only its own, in totals too."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router

from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.factuur import service
from abonnement_api.factuur.errors import FactuurNietGevonden
from abonnement_api.factuur.schemas import FacturenFilter, FacturenPagina, Factuur, Onderbouwing
from abonnement_api.toegang import GEMEENTE, LEZERS, InZicht

facturen = router("/facturen", "facturen")
Nummer = Annotated[str, Path(pattern=r"^[0-9]{4}-[0-9]{6}$", description="Factuurnummer.", examples=["2018-000001"])]


@facturen.get("", **listing("facturen", roles(*LEZERS, GEMEENTE)))
@refuses(AndereAfnemer)
def list_facturen(work: InWork, zicht: InZicht, wens: Annotated[FacturenFilter, Query()], pages: InPages) -> FacturenPagina:
    """Facturen op nummer, met hun totaal. Een gemeente ziet alleen haar eigen, ook in de totalen."""
    return pages.make(FacturenPagina, wens, *service.list_facturen(work, zicht, wens))


@facturen.get(
    "/{nummer}",
    summary="Factuur opvragen",
    response_description="De factuur.",
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(FactuurNietGevonden, AndereAfnemer)
def get_factuur(work: InWork, zicht: InZicht, nummer: Nummer) -> Factuur:
    """Eén factuur met haar regels. Een gemeente ziet alleen haar eigen."""
    return service.get_factuur(work, zicht, nummer)


@facturen.get(
    "/{nummer}/onderbouwing",
    summary="Onderbouwing van een factuur opvragen",
    response_description="De berekening.",
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(FactuurNietGevonden, AndereAfnemer)
def get_onderbouwing(work: InWork, zicht: InZicht, nummer: Nummer) -> Onderbouwing:
    """Hoe het bedrag tot stand komt: gegevens, regel en besluit, bij het opvragen nagerekend."""
    return service.get_onderbouwing(work, zicht, nummer)
