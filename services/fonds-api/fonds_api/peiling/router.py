"""HTTP of peilingen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.peiling import service
from fonds_api.peiling.errors import PeilingNietGevonden
from fonds_api.peiling.schemas import NieuwePeiling, Peiling, PeilingenFilter, PeilingenPagina, PeilingSamenvatting
from fonds_api.toegang import FONDSBEHEERDER, OMSLAGLEZERS, InEigen

peilingen = router("/peilingen", "omslagen")
LEZERS = roles(*OMSLAGLEZERS)


@peilingen.post(
    "",
    **creating(
        "Peiling aanvragen",
        "De catalogus wordt gevraagd; vraag de peiling op om te zien hoe het ermee staat.",
        roles(FONDSBEHEERDER),
        later=True,
    ),
)
def create_peiling(work: InWork, nieuw: NieuwePeiling, response: Response) -> PeilingSamenvatting:
    """Vraagt de catalogus om de gemeenten van een dag met hun inwoners, en bewaart wat zij dan antwoordt. Een latere correctie
    van de bron komt in een volgende peiling; wat bewaard is, verandert niet."""
    peiling = service.aanvragen(work, nieuw)
    located(response, service.pad(peiling.id))
    return peiling


@peilingen.get("", **listing("peilingen", LEZERS))
@refuses(GeenGemeentecode)
def list_peilingen(work: InWork, eigen: InEigen, wens: Annotated[PeilingenFilter, Query()], pages: InPages) -> PeilingenPagina:
    """De peilingen, de laatst aangevraagde eerst. Inwonertallen zijn openbaar: wie omslagen mag zien, ziet ze alle."""
    return pages.make(PeilingenPagina, wens, *service.list_peilingen(work, wens))


@peilingen.get("/{id}", summary="Peiling opvragen", response_description="De peiling.", dependencies=[LEZERS])
@refuses(PeilingNietGevonden, GeenGemeentecode)
def get_peiling(
    work: InWork,
    eigen: InEigen,
    id: Annotated[
        GivenUuid, Path(description="Identificatie van de peiling.", examples=["5f0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"])
    ],
) -> Peiling:
    """Eén peiling met haar gemeenten en hun inwoners, voorlopig of definitief."""
    return service.get_peiling(work, id)
