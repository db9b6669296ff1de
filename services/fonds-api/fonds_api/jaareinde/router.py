"""HTTP of the end of a year."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, roles, router
from gemeengoed_kit.window import TooFarAhead

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.boeking.service import BOEKT
from fonds_api.fonds.errors import OnbekendFonds
from fonds_api.jaareinde import service
from fonds_api.jaareinde.errors import (
    BestemmingAlBesloten,
    GeenBijdragen,
    JaarAfgesloten,
    JaarafsluitingNietGevonden,
    JaarNietVoorbij,
    UitkeringTeHoog,
    VerplichtingenNogOpen,
    VorigJaarNietAfgesloten,
)
from fonds_api.jaareinde.schemas import (
    Bestemming,
    Jaarafsluiting,
    JaarafsluitingenFilter,
    JaarafsluitingenPagina,
    NieuweBestemming,
    NieuweJaarafsluiting,
    UitkeringenFilter,
    UitkeringenPagina,
)
from fonds_api.toegang import FONDSBEHEERDER, JAARLEZERS, LEDENVERGADERING, InRuimtezicht, InUitkeringzicht

jaarafsluitingen = router("/jaarafsluitingen", "jaareinde")
resultaatuitkeringen = router("/resultaatuitkeringen", "jaareinde")
LEZERS = roles(*JAARLEZERS)
Id = Annotated[
    str,
    Path(pattern=r"^[a-z][a-z0-9-]{0,39}-(20[0-9]{2}|2100)$", description="Fonds en jaar.", examples=["ggu-2020"]),
]


def _delen(id: str) -> tuple[str, int]:
    fonds, _, jaar = id.rpartition("-")
    return fonds, int(jaar)


AANGEVRAAGD = (Bestemming, "Dit was al aangevraagd; er is niets veranderd.")


@jaarafsluitingen.post("", **creating("Jaar afsluiten", "Het jaar is afgesloten.", roles(FONDSBEHEERDER)))
@refuses(
    OnbekendFonds,
    JaarNietVoorbij,
    JaarAfgesloten,
    VerplichtingenNogOpen,
    VorigJaarNietAfgesloten,
    *BOEKT,
)
def create_jaarafsluiting(work: InWork, caller: ByCaller, nieuw: NieuweJaarafsluiting, response: Response) -> Jaarafsluiting:
    """Sluit een jaar af, voorgoed: baten en lasten gaan naar het resultaat, en aan verplichtingen en uitgaven van dat jaar
    verandert niets meer; de perioden tot en met 31 december worden definitief gesloten. Wat nog openstaat, moet zijn uitgegeven,
    vrijgevallen of overgeheveld."""
    afsluiting = service.afsluiten(work, caller.role, nieuw)
    located(response, service.pad(afsluiting.fonds, afsluiting.jaar))
    return afsluiting


@jaarafsluitingen.get("", **listing("jaarafsluitingen", LEZERS))
@refuses(GeenGemeentecode)
def list_jaarafsluitingen(
    work: InWork, zicht: InRuimtezicht, wens: Annotated[JaarafsluitingenFilter, Query()], pages: InPages
) -> JaarafsluitingenPagina:
    """De afgesloten jaren met hun resultaat, op fonds en jaar."""
    return pages.make(JaarafsluitingenPagina, wens, *service.list_afsluitingen(work, zicht, wens))


@jaarafsluitingen.get(
    "/{id}", summary="Jaarafsluiting opvragen", response_description="De jaarafsluiting.", dependencies=[LEZERS]
)
@refuses(JaarafsluitingNietGevonden, GeenGemeentecode)
def get_jaarafsluiting(work: InWork, zicht: InRuimtezicht, id: Id) -> Jaarafsluiting:
    """Eén afgesloten jaar, met zijn resultaat."""
    return service.get_afsluiting(work, zicht, *_delen(id))


@jaarafsluitingen.post(
    "/{id}/bestemming",
    **creating(
        "Resultaat bestemmen",
        "Het besluit wordt nagevraagd; vraag de bestemming op om te zien hoe het ermee staat.",
        roles(LEDENVERGADERING),
        later=True,
        again=AANGEVRAAGD,
    ),
)
@refuses(TooFarAhead, JaarafsluitingNietGevonden, UitkeringTeHoog, GeenBijdragen, BestemmingAlBesloten)
def create_bestemming(work: InWork, id: Id, nieuw: NieuweBestemming, response: Response) -> Bestemming:
    """Geeft het resultaat van een jaar terug aan de deelnemers, naar rato van hun bijdragen over dat jaar, en voegt de rest toe
    aan de reserve; een tekort komt uit de reserve. Het besluit van de leden wordt bij de catalogus nagevraagd."""
    fonds, jaar = _delen(id)
    bestemming, begint = service.aanvragen(work, fonds, jaar, nieuw)
    located(response, service.pad_bestemming(fonds, jaar), new=begint)
    return bestemming


@jaarafsluitingen.get(
    "/{id}/bestemming",
    summary="Bestemming van een resultaat opvragen",
    response_description="De bestemming.",
    dependencies=[LEZERS],
)
@refuses(JaarafsluitingNietGevonden, GeenGemeentecode)
def get_bestemming(work: InWork, zicht: InRuimtezicht, id: Id) -> Bestemming:
    """Wat er met het resultaat van een jaar gebeurt, en op welk besluit dat rust."""
    return service.get_bestemming(work, zicht, *_delen(id))


@resultaatuitkeringen.get("", **listing("resultaatuitkeringen", LEZERS))
@refuses(GeenGemeentecode)
def list_resultaatuitkeringen(
    work: InWork, zicht: InUitkeringzicht, wens: Annotated[UitkeringenFilter, Query()], pages: InPages
) -> UitkeringenPagina:
    """Wat er van resultaten naar gemeenten terug gaat, met de som. Een gemeente ziet alleen wat zij zelf krijgt."""
    return pages.make(UitkeringenPagina, wens, *service.list_uitkeringen(work, zicht, wens))
