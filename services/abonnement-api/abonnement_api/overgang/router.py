"""HTTP of herindelingen, for the administratie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.abonnement.errors import OverlappendAbonnement
from abonnement_api.overgang import service
from abonnement_api.overgang.errors import (
    AndereOvergangsronde,
    OvergangBeslist,
    OvergangNietGevonden,
    OvergangsbesluitPastNiet,
    OvergangsrondeNietGevonden,
)
from abonnement_api.overgang.schemas import (
    NieuweOvergangsronde,
    NieuwOvergangsbesluit,
    Overgang,
    OvergangenFilter,
    OvergangenPagina,
    Overgangsronde,
    OvergangsrondesPagina,
)
from abonnement_api.toegang import ADMINISTRATIE, LEZERS

overgangsrondes = router("/overgangsrondes", "abonnementen")
overgangen = router("/overgangen", "abonnementen")
HERHAALD = (Overgangsronde, "Deze ronde is al aangevraagd; er verandert niets.")
Rondeid = Annotated[GivenUuid, Path(description="Identificatie van de ronde.", examples=["7a5e2f6e-4b8c-4b7e-8f43-52c7d4b0a911"])]
Id = Annotated[GivenUuid, Path(description="Identificatie van de overgang.", examples=["5d0b3a3e-7c0c-4f0b-9f0a-2b7d6f3d1c11"])]


@overgangsrondes.get("", **listing("overgangsrondes", roles(*LEZERS)))
def list_overgangsrondes(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> OvergangsrondesPagina:
    """Rondes langs de herindelingen, in volgorde van aanvragen."""
    return pages.make(OvergangsrondesPagina, wens, *service.list_rondes(work, wens))


@overgangsrondes.post(
    "",
    **creating("Abonnementen laten overgaan", "De ronde is begonnen.", roles(ADMINISTRATIE), later=True, again=HERHAALD),
)
@refuses(AndereOvergangsronde, TooFarAhead)
def create_overgangsronde(work: InWork, nieuw: NieuweOvergangsronde, response: Response) -> Overgangsronde:
    """Vraagt op de achtergrond de catalogus naar herindelingen, en laat de abonnementen van gemeenten die eindigden overgaan op
    hun opvolgers. Waar alles hetzelfde zegt gaat het vanzelf; anders blijft de overgang open tot iemand beslist. Wat al overging,
    verandert niet."""
    ronde, begonnen = service.aanvragen(work, nieuw)
    located(response, service.rondepad(ronde.id), new=begonnen)
    return ronde


@overgangsrondes.get("/{id}", summary="Overgangsronde opvragen", response_description="De ronde.", dependencies=[roles(*LEZERS)])
@refuses(OvergangsrondeNietGevonden)
def get_overgangsronde(work: InWork, id: Rondeid) -> Overgangsronde:
    """Eén ronde, en hoe het ermee staat."""
    return service.get_ronde(work, id)


@overgangen.get("", **listing("overgangen", roles(*LEZERS)))
def list_overgangen(work: InWork, wens: Annotated[OvergangenFilter, Query()], pages: InPages) -> OvergangenPagina:
    """Wat gemeenten bij herindelingen overnamen, en waarover nog is te beslissen, op dag en gemeentecode."""
    return pages.make(OvergangenPagina, wens, *service.list_overgangen(work, wens))


@overgangen.get("/{id}", summary="Overgang opvragen", response_description="De overgang.", dependencies=[roles(*LEZERS)])
@refuses(OvergangNietGevonden)
def get_overgang(work: InWork, id: Id) -> Overgang:
    """Wat één gemeente bij een herindeling overneemt."""
    return service.get_overgang(work, id)


@overgangen.post("/{id}/besluiten", **creating("Over een overgang beslissen", "De overgang.", roles(ADMINISTRATIE)))
@refuses(OvergangNietGevonden, OvergangBeslist, OvergangsbesluitPastNiet, OverlappendAbonnement)
def create_overgangsbesluit(work: InWork, id: Id, nieuw: NieuwOvergangsbesluit, response: Response) -> Overgang:
    """Beslist welk abonnement een gemeente na een herindeling heeft, als wat overging verschilt. Heeft zij zelf een abonnement,
    dan loopt dat door, met het gekozen pakket vanaf de eerstvolgende 1 januari."""
    overgang = service.beslissen(work, id, nieuw)
    located(response, service.pad(id))
    return overgang
