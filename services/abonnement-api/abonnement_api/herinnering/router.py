"""HTTP of reminders: the administratie sends them, a gemeente sees its own and may dispute an invoice."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.drawing import Later
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.eyes import ByEyes
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.schema import GivenDay, GivenUuid
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.bezorging.router import Eml, inhoud_van
from abonnement_api.factuurstuk.router import InRekening, Pdf
from abonnement_api.herinnering import service
from abonnement_api.herinnering.errors import (
    AanhoudingNietGevonden,
    AlAangehouden,
    GeenEmailadres,
    HerinneringNietGevonden,
    OnbekendeFactuur,
    OnmogelijkeAanhouding,
)
from abonnement_api.herinnering.pdf import pdf_van
from abonnement_api.herinnering.schemas import (
    Aanhouding,
    AanhoudingenPagina,
    AchterstandenFilter,
    AchterstandenPagina,
    BeleidInvoer,
    BeleidPagina,
    Herinnerd,
    Herinnering,
    HerinneringenFilter,
    HerinneringenPagina,
    Herinneringsbeleid,
    NieuweAanhouding,
    NieuweOpheffing,
)
from abonnement_api.toegang import ADMINISTRATIE, GEMEENTE, LEZERS, InZicht

herinneringsbeleid = router("/herinneringsbeleid", "herinneringen")
achterstanden = router("/achterstanden", "herinneringen")
herinneringen = router("/herinneringen", "herinneringen")
aanhoudingen = router("/aanhoudingen", "herinneringen")
VOORBEELD = "0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"
Id = Annotated[GivenUuid, Path(description="Identificatie van de herinnering.", examples=[VOORBEELD])]
Aanhoudingid = Annotated[GivenUuid, Path(description="Identificatie van de aanhouding.", examples=[VOORBEELD])]


@herinneringsbeleid.get("", **listing("ladders van herinneringen", public()))
def list_herinneringsbeleid(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> BeleidPagina:
    """Welke herinneringen na hoeveel dagen volgen, op dag, met elke versie."""
    return pages.make(BeleidPagina, wens, *service.list_beleid(work, wens))


@herinneringsbeleid.put(
    "/{vanaf}",
    summary="Ladder van herinneringen vastleggen",
    response_description="De nieuwe versie.",
    dependencies=[roles(ADMINISTRATIE)],
)
def put_herinneringsbeleid(
    work: InWork,
    vanaf: Annotated[GivenDay, Path(description="Eerste dag waarop dit geldt.", examples=["2018-01-01"])],
    invoer: BeleidInvoer,
) -> Herinneringsbeleid:
    """Legt vast welke herinneringen na hoeveel dagen volgen. Brieven die al zijn gemaakt, veranderen niet. Geen stap stopt ooit
    een dienst."""
    return service.leg_beleid_vast(work, vanaf, invoer)


@achterstanden.get("", **listing("achterstanden", roles(*LEZERS)))
@refuses(TooFarAhead)
def list_achterstanden(work: InWork, wens: Annotated[AchterstandenFilter, Query()], pages: InPages) -> AchterstandenPagina:
    """Facturen die niet op tijd zijn betaald, en welke herinnering wanneer volgt. Dit maakt niets; met `status=aan-de-beurt` is
    het wat `POST /v1/herinneringen` zou maken."""
    return pages.make(AchterstandenPagina, wens, *service.list_achterstanden(work, wens))


@herinneringen.get("", **listing("herinneringen", roles(*LEZERS, GEMEENTE)))
@refuses(AndereAfnemer)
def list_herinneringen(
    work: InWork, zicht: InZicht, wens: Annotated[HerinneringenFilter, Query()], pages: InPages
) -> HerinneringenPagina:
    """Herinneringen in volgorde van ontstaan. Een gemeente ziet alleen die aan haar."""
    return pages.make(HerinneringenPagina, wens, *service.list_herinneringen(work, zicht, wens))


@herinneringen.post(
    "",
    summary="Herinneringen van vandaag maken",
    response_description="Wat er is gemaakt.",
    dependencies=[roles(ADMINISTRATIE)],
)
def create_herinneringen(work: InWork, iban: InRekening) -> Herinnerd:
    """Maakt de brieven die vandaag aan de beurt zijn, hoogstens van 500 facturen tegelijk. Een herhaling maakt geen brief
    twee keer."""
    return service.herinneren(work, iban)


@herinneringen.get(
    "/{id}",
    summary="Herinnering opvragen",
    response_description="De herinnering.",
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(HerinneringNietGevonden, AndereAfnemer)
def get_herinnering(work: InWork, zicht: InZicht, id: Id) -> Herinnering:
    """Eén herinnering, ook als tekst."""
    return service.get_herinnering(work, zicht, id)


@herinneringen.get(
    "/{id}/pdf",
    summary="Herinnering als PDF opvragen",
    response_description="De brief.",
    response_class=Pdf,
    responses=inhoud_van(Pdf.media_type),
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(HerinneringNietGevonden, AndereAfnemer)
def get_herinneringpdf(work: InWork, zicht: InZicht, id: Id) -> Response:
    """De brief om te lezen. Steeds dezelfde bytes."""
    brief = service.get_brief(work, zicht, id)
    kop = {"Content-Disposition": f'inline; filename="herinnering-{id}.pdf"'}
    return Later(lambda: pdf_van(brief), Pdf.media_type, kop)


@herinneringen.get(
    "/{id}/email",
    summary="Herinnering als e-mailbestand opvragen",
    response_description="Een e-mail met de brief.",
    response_class=Eml,
    responses=inhoud_van(Eml.media_type),
    dependencies=[roles(*LEZERS)],
)
@refuses(HerinneringNietGevonden, GeenEmailadres)
def get_herinneringemail(work: InWork, zicht: InZicht, id: Id) -> Response:
    """Een bestand dat een e-mailprogramma als concept opent, met de brief als tekst en als PDF."""
    kop = {"Content-Disposition": f'attachment; filename="herinnering-{id}.eml"'}
    maak = service.get_email(work, zicht, id)
    return Later(maak, Eml.media_type, kop)


@aanhoudingen.get("", **listing("aanhoudingen", roles(*LEZERS, GEMEENTE)))
@refuses(AndereAfnemer)
def list_aanhoudingen(work: InWork, zicht: InZicht, wens: Annotated[PageQuery, Query()], pages: InPages) -> AanhoudingenPagina:
    """Waarom aan facturen een tijd niet wordt herinnerd. Een gemeente ziet alleen haar eigen."""
    return pages.make(AanhoudingenPagina, wens, *service.list_aanhoudingen(work, zicht, wens))


@aanhoudingen.post("", **creating("Herinneren aanhouden", "De aanhouding.", roles(ADMINISTRATIE, GEMEENTE)))
@refuses(OnbekendeFactuur, OnmogelijkeAanhouding, AlAangehouden, TooFarAhead, AndereAfnemer)
def create_aanhouding(work: InWork, zicht: InZicht, wie: ByEyes, nieuw: NieuweAanhouding, response: Response) -> Aanhouding:
    """Herinnert een tijd niet aan een factuur, omdat zij is betwist of er een betalingsregeling is. Een gemeente kan zo haar
    eigen factuur betwisten."""
    gemaakt = service.aanhouden(work, zicht, wie, nieuw)
    located(response, service.pad_aanhouding(gemaakt.id))
    return gemaakt


@aanhoudingen.get(
    "/{id}",
    summary="Aanhouding opvragen",
    response_description="De aanhouding.",
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(AanhoudingNietGevonden, AndereAfnemer)
def get_aanhouding(work: InWork, zicht: InZicht, id: Aanhoudingid) -> Aanhouding:
    """Eén aanhouding."""
    return service.get_aanhouding(work, zicht, id)


@aanhoudingen.post(
    "/{id}/opheffing",
    summary="Aanhouding opheffen",
    response_description="De aanhouding zoals zij is geworden.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(AanhoudingNietGevonden)
def create_opheffing(work: InWork, id: Aanhoudingid, nieuw: NieuweOpheffing) -> Aanhouding:
    """Herinnert weer, vanaf vandaag; de ladder gaat verder waar zij was. Een herhaling verandert niets."""
    return service.opheffen(work, id, nieuw)
