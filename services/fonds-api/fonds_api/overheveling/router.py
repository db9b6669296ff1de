"""HTTP of overhevelingen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from fonds_api.budget.errors import BudgetOntoereikend, OnbekendeBegrotingspost
from fonds_api.fonds.errors import OnbekendFonds
from fonds_api.jaareinde.errors import JaarAfgesloten
from fonds_api.overheveling import service
from fonds_api.overheveling.errors import OverhevelingKloptNiet, OverhevelingNietGevonden
from fonds_api.overheveling.schemas import (
    ID,
    NieuweOverheveling,
    Overheveling,
    OverhevelingenFilter,
    OverhevelingenPagina,
)
from fonds_api.toegang import BESTEDINGLEZERS, FONDSBEHEERDER, InBestedingzicht
from fonds_api.verplichting.errors import DeelReiktNiet, OnbekendeVerplichting, VerplichtingNietAangegaan

overhevelingen = router("/overhevelingen", "jaareinde")
LEZERS = roles(*BESTEDINGLEZERS)
Id = Annotated[GivenUuid, Path(description="Identificatie van de overheveling.", examples=[ID])]


@overhevelingen.post(
    "",
    **creating(
        "Overhevelen",
        "Het besluit wordt nagevraagd; vraag de overheveling op om te zien hoe het ermee staat.",
        roles(FONDSBEHEERDER),
        later=True,
    ),
)
@refuses(
    OnbekendFonds,
    TooFarAhead,
    OverhevelingKloptNiet,
    OnbekendeVerplichting,
    VerplichtingNietAangegaan,
    DeelReiktNiet,
    JaarAfgesloten,
    OnbekendeBegrotingspost,
    BudgetOntoereikend,
)
def create_overheveling(
    work: InWork, caller: ByCaller, zicht: InBestedingzicht, nieuw: NieuweOverheveling, response: Response
) -> Overheveling:
    """Hevelt budget over naar het volgende jaar, bij besluit van het bestuur of de leden: wat er van een post vrij is, of de rest
    van een verplichting die doorloopt, met haar budget. Het besluit wordt bij de catalogus nagevraagd. Het geld gaat op 31
    december in de reserve en op 1 januari eruit, zodat het niet in het resultaat valt."""
    overheveling = service.aanvragen(work, zicht, caller.role, nieuw)
    located(response, service.pad(overheveling.id))
    return overheveling


@overhevelingen.get("", **listing("overhevelingen", LEZERS))
def list_overhevelingen(
    work: InWork, zicht: InBestedingzicht, wens: Annotated[OverhevelingenFilter, Query()], pages: InPages
) -> OverhevelingenPagina:
    """De overhevelingen, in volgorde van aanvragen."""
    return pages.make(OverhevelingenPagina, wens, *service.list_overhevelingen(work, zicht, wens))


@overhevelingen.get("/{id}", summary="Overheveling opvragen", response_description="De overheveling.", dependencies=[LEZERS])
@refuses(OverhevelingNietGevonden)
def get_overheveling(work: InWork, zicht: InBestedingzicht, id: Id) -> Overheveling:
    """Eén overheveling."""
    return service.get_overheveling(work, zicht, id)


@overhevelingen.get(
    "/{id}/onttrekking",
    summary="Onttrekking van een overheveling opvragen",
    response_description="De overheveling.",
    dependencies=[LEZERS],
)
@refuses(OverhevelingNietGevonden)
def get_onttrekking(work: InWork, zicht: InBestedingzicht, id: Id) -> Overheveling:
    """De overheveling waarvan het geld op 1 januari uit de reserve kwam; het document van die boeking."""
    return service.get_onttrekking(work, zicht, id)
