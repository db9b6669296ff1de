"""HTTP of boekingsopdrachten, for the administratie."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid

from abonnement_api.boekingsopdracht import service
from abonnement_api.boekingsopdracht.errors import BoekingsopdrachtNietGevonden
from abonnement_api.boekingsopdracht.schemas import Boekingsopdracht, BoekingsopdrachtenFilter, BoekingsopdrachtenPagina
from abonnement_api.toegang import ADMINISTRATIE, LEZERS

boekingsopdrachten = router("/boekingsopdrachten", "boekingsopdrachten")
Opdrachtid = Annotated[
    GivenUuid, Path(description="Identificatie van de boekingsopdracht.", examples=["5f0d8f4e-1b1e-4c55-9d0a-6b8f4f1f2a90"])
]
OPNIEUW: dict[int | str, dict[str, Any]] = {
    200: {"model": Boekingsopdracht, "description": "Zij wacht al, of is geboekt; er verandert niets."},
}


@boekingsopdrachten.get("", **listing("boekingsopdrachten", roles(*LEZERS)))
def list_boekingsopdrachten(
    work: InWork, wens: Annotated[BoekingsopdrachtenFilter, Query()], pages: InPages
) -> BoekingsopdrachtenPagina:
    """Wat fonds moet boeken, in volgorde van ontstaan. Met `status=geweigerd` wat een mens moet bekijken."""
    return pages.make(BoekingsopdrachtenPagina, wens, *service.list_opdrachten(work, wens))


@boekingsopdrachten.get(
    "/{id}",
    summary="Boekingsopdracht opvragen",
    response_description="De boekingsopdracht.",
    dependencies=[roles(*LEZERS)],
)
@refuses(BoekingsopdrachtNietGevonden)
def get_boekingsopdracht(work: InWork, id: Opdrachtid) -> Boekingsopdracht:
    """Eén boekingsopdracht."""
    return service.get_opdracht(work, id)


@boekingsopdrachten.post(
    "/{id}/opnieuw",
    status_code=202,
    summary="Geweigerde boekingsopdracht opnieuw sturen",
    response_description="Zij gaat opnieuw naar fonds.",
    dependencies=[roles(ADMINISTRATIE)],
    responses=OPNIEUW,
)
@refuses(BoekingsopdrachtNietGevonden)
def retry_boekingsopdracht(work: InWork, id: Opdrachtid, response: Response) -> Boekingsopdracht:
    """Stuurt wat fonds weigerde meteen opnieuw, met dezelfde inhoud: nadat de oorzaak daar is verholpen. Er komt nooit een
    tweede boeking van hetzelfde document."""
    opdracht, veranderd = service.opnieuw(work, id)
    response.status_code = 202 if veranderd else 200
    return opdracht
