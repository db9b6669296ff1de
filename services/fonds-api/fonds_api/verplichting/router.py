"""HTTP of verplichtingen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, roles, router
from gemeengoed_kit.schema import GivenUuid

from fonds_api.budget.errors import BudgetOntoereikend, OnbekendeBegrotingspost
from fonds_api.fonds.errors import OnbekendFonds
from fonds_api.jaareinde.errors import JaarAfgesloten
from fonds_api.rekening.errors import PostZonderRekening
from fonds_api.toegang import BESTEDINGLEZERS, FONDSBEHEERDER, InBestedingzicht
from fonds_api.verplichting import service
from fonds_api.verplichting.errors import (
    DeelReiktNiet,
    DelenKloppenNiet,
    VerplichtingNietAangegaan,
    VerplichtingNietGevonden,
)
from fonds_api.verplichting.schemas import (
    ID,
    NieuweVerplichting,
    NieuweVrijval,
    Verplichting,
    VerplichtingenFilter,
    VerplichtingenPagina,
    VrijvallenFilter,
    VrijvallenPagina,
)

verplichtingen = router("/verplichtingen", "verplichtingen")
LEZERS = roles(*BESTEDINGLEZERS)
Id = Annotated[GivenUuid, Path(description="Identificatie van de verplichting.", examples=[ID])]


@verplichtingen.post(
    "",
    **creating(
        "Verplichting aangaan",
        "De verplichting is aangegaan; het budget is gereserveerd.",
        roles(FONDSBEHEERDER),
        waits=(Verplichting, "Het budget is gereserveerd; de catalogus wordt gevraagd of een besluit het toestaat."),
    ),
)
@refuses(
    OnbekendFonds,
    DelenKloppenNiet,
    PostZonderRekening,
    JaarAfgesloten,
    OnbekendeBegrotingspost,
    BudgetOntoereikend,
)
def create_verplichting(work: InWork, caller: ByCaller, nieuw: NieuweVerplichting, response: Response) -> Verplichting:
    """Reserveert budget van een begrotingspost voor een leverancier, voor een of meer jaren; in alle jaren of in geen. Het bedrag
    zonder btw drukt op de post, de btw op de btw-regel van de begroting. Voor een voorziening moet een besluit het toestaan: dat
    wordt bij de catalogus nagevraagd, en zonder zo'n besluit wordt het geweigerd en valt het budget vrij."""
    verplichting = service.aangaan(work, caller.role, nieuw)
    located(response, service.pad(verplichting.id))
    response.status_code = 201 if verplichting.status == "aangegaan" else 202
    return verplichting


@verplichtingen.get("", **listing("verplichtingen", LEZERS))
def list_verplichtingen(
    work: InWork, zicht: InBestedingzicht, wens: Annotated[VerplichtingenFilter, Query()], pages: InPages
) -> VerplichtingenPagina:
    """De verplichtingen, in volgorde van vastleggen; ook die voor één voorziening of op één besluit."""
    return pages.make(VerplichtingenPagina, wens, *service.list_verplichtingen(work, zicht, wens))


@verplichtingen.get("/{id}", summary="Verplichting opvragen", response_description="De verplichting.", dependencies=[LEZERS])
@refuses(VerplichtingNietGevonden)
def get_verplichting(work: InWork, zicht: InBestedingzicht, id: Id) -> Verplichting:
    """Eén verplichting, met per jaar wat er is verplicht, besteed en vrijgevallen."""
    return service.get_verplichting(work, zicht, id)


@verplichtingen.get("/{id}/vrijvallen", **listing("vrijvallen", LEZERS, 404))
@refuses(VerplichtingNietGevonden)
def list_vrijvallen(
    work: InWork, zicht: InBestedingzicht, id: Id, wens: Annotated[VrijvallenFilter, Query()], pages: InPages
) -> VrijvallenPagina:
    """Wat er van één verplichting is vrijgevallen, en waarom."""
    return pages.make(VrijvallenPagina, wens, *service.list_vrijvallen(work, zicht, id, wens))


@verplichtingen.post(
    "/{id}/vrijvallen",
    status_code=201,
    summary="Verplichting laten vrijvallen",
    response_description="De verplichting, met wat er nog openstaat.",
    dependencies=[roles(FONDSBEHEERDER)],
)
@refuses(VerplichtingNietGevonden, VerplichtingNietAangegaan, JaarAfgesloten, DeelReiktNiet)
def create_vrijval(work: InWork, zicht: InBestedingzicht, id: Id, nieuw: NieuweVrijval) -> Verplichting:
    """Geeft het budget terug dat niet meer nodig is, geheel of voor een deel; nooit meer dan er openstaat."""
    return service.vrijgeven(work, zicht, id, nieuw)
