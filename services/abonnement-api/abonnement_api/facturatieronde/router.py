"""HTTP of billing rounds, for the administratie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.eyes import ByEyes
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import Digits

from abonnement_api.abonnement.errors import OvergangOnbeslist
from abonnement_api.facturatieronde import service
from abonnement_api.facturatieronde.errors import (
    AndereFactuurdatum,
    AndereRondeBezig,
    AnderTarief,
    AnderVoorstel,
    BuitenGrenzen,
    FacturatierondeNietGevonden,
    NietTeBeoordelen,
    OnmogelijkeFactuurdatum,
    VoorstelAchterhaald,
)
from abonnement_api.facturatieronde.schemas import (
    Facturatieronde,
    FacturatierondesPagina,
    NieuweAfwijzing,
    NieuweGoedkeuring,
    NieuweRonde,
)
from abonnement_api.tarief.errors import GeenTarief
from abonnement_api.toegang import ADMINISTRATIE, FIATTEUR, LEZERS
from abonnement_api.voorvertoning.errors import GeenAbonnementen, OnbekendeVoorvertoning

facturatierondes = router("/facturatierondes", "facturatierondes")
Rondejaar = Annotated[Digits, Path(ge=2000, le=2100, description="Jaar.", examples=[2018])]
HERHAALD = (Facturatieronde, "De ronde is al aangevraagd; er verandert niets.")


@facturatierondes.post(
    "", **creating("Facturatieronde aanvragen", "De ronde is begonnen.", roles(ADMINISTRATIE), later=True, again=HERHAALD)
)
@refuses(
    GeenTarief,
    GeenAbonnementen,
    OvergangOnbeslist,
    OnbekendeVoorvertoning,
    OnmogelijkeFactuurdatum,
    AnderTarief,
    AndereFactuurdatum,
)
def create_facturatieronde(work: InWork, wie: ByEyes, nieuw: NieuweRonde, response: Response) -> Facturatieronde:
    """Berekent op de achtergrond een voorstel: per gemeente met een abonnement een factuur. Daarna wacht de ronde op een ander,
    die haar goedkeurt of afwijst. Nog eens vragen verandert niets; na een afwijzing of mislukking begint de ronde opnieuw."""
    ronde, begonnen = service.aanvragen(work, wie, nieuw)
    located(response, service.pad(ronde.jaar), new=begonnen)
    return ronde


@facturatierondes.get("", **listing("facturatierondes", roles(*LEZERS)))
def list_facturatierondes(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> FacturatierondesPagina:
    """De facturatierondes, op jaar."""
    return pages.make(FacturatierondesPagina, wens, *service.list_rondes(work, wens))


@facturatierondes.get(
    "/{jaar}",
    summary="Facturatieronde opvragen",
    response_description="De ronde.",
    dependencies=[roles(*LEZERS)],
)
@refuses(FacturatierondeNietGevonden)
def get_facturatieronde(work: InWork, jaar: Rondejaar) -> Facturatieronde:
    """De ronde van een jaar en hoe ver zij is."""
    return service.get_ronde(work, jaar)


@facturatierondes.post(
    "/{jaar}/goedkeuringen",
    summary="Facturatieronde goedkeuren",
    response_description="De ronde; haar facturen worden gemaakt.",
    dependencies=[roles(FIATTEUR)],
)
@refuses(
    FacturatierondeNietGevonden,
    NietTeBeoordelen,
    AnderVoorstel,
    BuitenGrenzen,
    VoorstelAchterhaald,
    AndereRondeBezig,
)
def create_goedkeuring(work: InWork, wie: ByEyes, jaar: Rondejaar, nieuw: NieuweGoedkeuring) -> Facturatieronde:
    """Keurt goed wat een ander voorstelde; op de achtergrond worden de facturen gemaakt, precies zoals voorgesteld. Een ander is:
    een ander contract, en niet dezelfde rol van dezelfde organisatie. Wat buiten de grenzen valt, wordt bij name aanvaard."""
    return service.goedkeuren(work, wie, jaar, nieuw)


@facturatierondes.post(
    "/{jaar}/afwijzingen",
    summary="Facturatieronde afwijzen",
    response_description="De ronde zoals zij is geworden.",
    dependencies=[roles(ADMINISTRATIE, FIATTEUR)],
)
@refuses(FacturatierondeNietGevonden, NietTeBeoordelen)
def create_afwijzing(work: InWork, wie: ByEyes, jaar: Rondejaar, nieuw: NieuweAfwijzing) -> Facturatieronde:
    """Wijst een voorstel af, met een reden; wie de ronde aanvroeg, trekt haar zo in. Zij is daarna opnieuw aan te vragen."""
    return service.afwijzen(work, wie, jaar, nieuw)
