"""HTTP of uitgaven."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from fonds_api.boeking.errors import StornoVoorBoeking
from fonds_api.boeking.service import BOEKT
from fonds_api.jaareinde.errors import JaarAfgesloten
from fonds_api.toegang import BESTEDINGLEZERS, FONDSBEHEERDER, InBestedingzicht
from fonds_api.uitgave import service
from fonds_api.uitgave.errors import (
    BoekdatumBuitenJaar,
    FactuurAlVerwerkt,
    UitgaveAlBetaald,
    UitgaveAlGestorneerd,
    UitgaveNietGevonden,
)
from fonds_api.uitgave.schemas import (
    ID,
    Betaling,
    NieuweBetaling,
    NieuweUitgave,
    NieuweUitgavestorno,
    Storno,
    Uitgave,
    UitgavenFilter,
    UitgavenPagina,
)
from fonds_api.verplichting.errors import DeelReiktNiet, OnbekendeVerplichting, VerplichtingNietAangegaan

uitgaven = router("/uitgaven", "uitgaven")
LEZERS = roles(*BESTEDINGLEZERS)
Id = Annotated[GivenUuid, Path(description="Identificatie van de uitgave.", examples=[ID])]


@uitgaven.post("", **creating("Uitgave vastleggen", "De uitgave is vastgelegd en geboekt.", roles(FONDSBEHEERDER)))
@refuses(
    TooFarAhead,
    OnbekendeVerplichting,
    VerplichtingNietAangegaan,
    JaarAfgesloten,
    BoekdatumBuitenJaar,
    FactuurAlVerwerkt,
    DeelReiktNiet,
    *BOEKT,
)
def create_uitgave(work: InWork, zicht: InBestedingzicht, nieuw: NieuweUitgave, response: Response) -> Uitgave:
    """Legt een factuur vast als uitgave op een verplichting, nooit boven wat er openstaat, en boekt haar: op de rekening van de
    begrotingspost, op die van de btw, en op crediteuren."""
    uitgave = service.uitgeven(work, zicht, nieuw)
    located(response, service.pad(uitgave.id))
    return uitgave


@uitgaven.get("", **listing("uitgaven", LEZERS))
def list_uitgaven(
    work: InWork, zicht: InBestedingzicht, wens: Annotated[UitgavenFilter, Query()], pages: InPages
) -> UitgavenPagina:
    """De uitgaven, in volgorde van vastleggen; ook die op één verplichting."""
    return pages.make(UitgavenPagina, wens, *service.list_uitgaven(work, zicht, wens))


@uitgaven.get("/{id}", summary="Uitgave opvragen", response_description="De uitgave.", dependencies=[LEZERS])
@refuses(UitgaveNietGevonden)
def get_uitgave(work: InWork, zicht: InBestedingzicht, id: Id) -> Uitgave:
    """Eén uitgave, met haar boeking, betaling en storno."""
    return service.get_uitgave(work, zicht, id)


@uitgaven.post(
    "/{id}/betaling", **creating("Betaling van een uitgave vastleggen", "De uitgave, met haar betaling.", roles(FONDSBEHEERDER))
)
@refuses(TooFarAhead, UitgaveNietGevonden, UitgaveAlGestorneerd, UitgaveAlBetaald, *BOEKT)
def create_uitgavebetaling(work: InWork, zicht: InBestedingzicht, id: Id, nieuw: NieuweBetaling, response: Response) -> Uitgave:
    """Legt vast dat de leverancier is betaald, en boekt dat: van de bank, op crediteuren."""
    uitgave = service.betalen(work, zicht, id, nieuw)
    located(response, f"{service.pad(id)}/betaling")
    return uitgave


@uitgaven.get(
    "/{id}/betaling",
    summary="Betaling van een uitgave opvragen",
    response_description="De betaling.",
    dependencies=[LEZERS],
)
@refuses(UitgaveNietGevonden)
def get_uitgavebetaling(work: InWork, zicht: InBestedingzicht, id: Id) -> Betaling:
    """Wanneer een uitgave is betaald, met de boeking daarvan."""
    return service.get_betaling(work, zicht, id)


@uitgaven.post("/{id}/storno", **creating("Uitgave storneren", "De uitgave, met haar storno.", roles(FONDSBEHEERDER)))
@refuses(TooFarAhead, UitgaveNietGevonden, UitgaveAlGestorneerd, BoekdatumBuitenJaar, JaarAfgesloten, StornoVoorBoeking, *BOEKT)
def create_uitgavestorno(
    work: InWork, zicht: InBestedingzicht, id: Id, nieuw: NieuweUitgavestorno, response: Response
) -> Uitgave:
    """Draait een uitgave terug met een boeking die de eerste spiegelt; het bedrag staat weer open op de verplichting. Was zij
    betaald, dan blijft het bedrag als vordering op de leverancier op crediteuren staan."""
    uitgave = service.storneren(work, zicht, id, nieuw)
    located(response, f"{service.pad(id)}/storno")
    return uitgave


@uitgaven.get("/{id}/storno", summary="Storno van een uitgave opvragen", response_description="De storno.", dependencies=[LEZERS])
@refuses(UitgaveNietGevonden)
def get_uitgavestorno(work: InWork, zicht: InBestedingzicht, id: Id) -> Storno:
    """Waarom en wanneer een uitgave is teruggedraaid, met de boeking daarvan."""
    return service.get_storno(work, zicht, id)
