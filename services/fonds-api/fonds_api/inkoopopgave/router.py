"""HTTP of inkoopopgaven."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid

from fonds_api.inkoopopgave import service
from fonds_api.inkoopopgave.errors import OpgaveNietGevonden
from fonds_api.inkoopopgave.schemas import Inkoopopgave, InkoopopgavenFilter, InkoopopgavenPagina, NieuweInkoopopgave
from fonds_api.toegang import FONDSBEHEERDER, TOEZIENDEN

inkoopopgaven = router("/inkoopopgaven", "inkooptrajecten")
LEZERS = roles(FONDSBEHEERDER, *TOEZIENDEN)


@inkoopopgaven.post(
    "",
    **creating(
        "Inkoopopgave aanvragen",
        "De catalogus wordt gevraagd; vraag de opgave op om te zien hoe het ermee staat.",
        roles(FONDSBEHEERDER),
        later=True,
    ),
)
def create_inkoopopgave(work: InWork, nieuw: NieuweInkoopopgave, response: Response) -> Inkoopopgave:
    """Vraagt de catalogus om een deelnemer: de gemeente, of de leden van een samenwerkingsverband op een dag, met hun inwoners.
    Het gewicht van wie toetreedt kan eruit komen. Een gemeente ziet van inkooptrajecten ook wat van een samenwerkingsverband is
    waarvan zij volgens de nieuwste opgave lid is."""
    opgave = service.aanvragen(work, nieuw)
    located(response, service.pad(opgave.id))
    return opgave


@inkoopopgaven.get("", **listing("inkoopopgaven", LEZERS))
def list_inkoopopgaven(work: InWork, wens: Annotated[InkoopopgavenFilter, Query()], pages: InPages) -> InkoopopgavenPagina:
    """De opgaven, de laatst aangevraagde eerst."""
    return pages.make(InkoopopgavenPagina, wens, *service.list_opgaven(work, wens))


@inkoopopgaven.get("/{id}", summary="Inkoopopgave opvragen", response_description="De opgave.", dependencies=[LEZERS])
@refuses(OpgaveNietGevonden)
def get_inkoopopgave(
    work: InWork,
    id: Annotated[GivenUuid, Path(description="Identificatie van de opgave.", examples=["6a0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"])],
) -> Inkoopopgave:
    """Eén opgave met haar gemeenten."""
    return service.get_opgave(work, id)
