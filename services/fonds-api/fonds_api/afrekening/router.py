"""HTTP of afrekeningen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router

from fonds_api.afrekening import service
from fonds_api.afrekening.errors import (
    AfrekeningNietGevonden,
    InwonersVoorlopig,
    NietsTeVerrekenen,
    OnbekendeBijdrageronde,
    PeilingPastNiet,
)
from fonds_api.afrekening.schemas import (
    AFREKENING_ID,
    Afrekening,
    AfrekeningenFilter,
    AfrekeningenPagina,
    AfrekeningregelsFilter,
    AfrekeningregelsPagina,
    NieuweAfrekening,
)
from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.boeking.errors import OnbekendeRekening, SaldoBuitenGrenzen
from fonds_api.peiling.errors import OnbekendePeiling
from fonds_api.periode.errors import PeriodeGesloten
from fonds_api.toegang import ACCOUNTANT, BESLISSERS, FONDSBEHEERDER, OMSLAGLEZERS, InZicht

afrekeningen = router("/afrekeningen", "bijdragen")
afrekeningregels = router("/afrekeningregels", "bijdragen")
AfrekeningId = Annotated[
    str, Path(pattern=AFREKENING_ID, max_length=50, description="Ronde en volgnummer.", examples=["ggu-2020-1"])
]
LEZERS = roles(FONDSBEHEERDER, ACCOUNTANT, *BESLISSERS)


@afrekeningen.post("", **creating("Bijdrageronde afrekenen", "De afrekening.", roles(FONDSBEHEERDER)))
@refuses(
    OnbekendeBijdrageronde,
    OnbekendePeiling,
    PeilingPastNiet,
    InwonersVoorlopig,
    NietsTeVerrekenen,
    OnbekendeRekening,
    PeriodeGesloten,
    SaldoBuitenGrenzen,
)
def create_afrekening(work: InWork, zicht: InZicht, nieuw: NieuweAfrekening, response: Response) -> Afrekening:
    """Rekent een ronde af met de inwoners van een peiling: per gemeente wat de bijdrage had moeten zijn, min wat is berekend. De
    bijdragen zelf veranderen niet. Een latere correctie van de inwoners is een volgende afrekening."""
    afrekening = service.afrekenen(work, zicht, nieuw)
    located(response, service.pad(afrekening.id))
    return afrekening


@afrekeningen.get("", **listing("afrekeningen", LEZERS))
def list_afrekeningen(
    work: InWork, zicht: InZicht, wens: Annotated[AfrekeningenFilter, Query()], pages: InPages
) -> AfrekeningenPagina:
    """De afrekeningen, op ronde en nummer."""
    return pages.make(AfrekeningenPagina, wens, *service.list_afrekeningen(work, zicht, wens))


@afrekeningen.get("/{id}", summary="Afrekening opvragen", response_description="De afrekening.", dependencies=[LEZERS])
@refuses(AfrekeningNietGevonden)
def get_afrekening(work: InWork, zicht: InZicht, id: AfrekeningId) -> Afrekening:
    """Eén afrekening; wat zij per gemeente is, staat in de afrekeningregels."""
    return service.get_afrekening(work, zicht, id)


@afrekeningregels.get("", **listing("afrekeningregels", roles(*OMSLAGLEZERS)))
@refuses(GeenGemeentecode)
def list_afrekeningregels(
    work: InWork, zicht: InZicht, wens: Annotated[AfrekeningregelsFilter, Query()], pages: InPages
) -> AfrekeningregelsPagina:
    """Wat er per gemeente is afgerekend, met de sommen. Een gemeente ziet alleen zichzelf."""
    return pages.make(AfrekeningregelsPagina, wens, *service.list_regels(work, zicht, wens))
