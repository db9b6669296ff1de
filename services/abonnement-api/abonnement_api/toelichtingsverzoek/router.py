"""HTTP of questions of gemeenten: a gemeente asks, the foundation answers and may publish that."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.eyes import ByEyes
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid

from abonnement_api.aanbieder.errors import ContractNoemtOnbekendeAanbieder
from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.toegang import AANBIEDER, ADMINISTRATIE, GEMEENTE, LEZERS, InGemeente, InZicht
from abonnement_api.toelichtingsverzoek import service
from abonnement_api.toelichtingsverzoek.errors import (
    AlBeantwoord,
    AlGepubliceerd,
    NogNietBeantwoord,
    OnbekendeAanbiederVanVerzoek,
    OnbekendVerantwoordingsstuk,
    ToelichtingsverzoekNietGevonden,
)
from abonnement_api.toelichtingsverzoek.schemas import (
    NieuweToelichting,
    NieuwToelichtingsverzoek,
    Toelichtingsverzoek,
    ToelichtingsverzoekenFilter,
    ToelichtingsverzoekenPagina,
)

verzoeken = router("/toelichtingsverzoeken", "verantwoording")
PARTIJEN = (*LEZERS, AANBIEDER, GEMEENTE)
Verzoekid = Annotated[
    GivenUuid, Path(description="Identificatie van het verzoek.", examples=["b8a0c6f4-2d31-4e7b-8c95-6f1e0d3a2b71"])
]


@verzoeken.post("", **creating("Om toelichting vragen", "Het verzoek.", roles(GEMEENTE)))
@refuses(OnbekendeAanbiederVanVerzoek, OnbekendVerantwoordingsstuk, AndereAfnemer)
def create_toelichtingsverzoek(
    work: InWork, door: ByEyes, zicht: InZicht, eigen: InGemeente, nieuw: NieuwToelichtingsverzoek, response: Response
) -> Toelichtingsverzoek:
    """Vraagt een aanbieder om toelichting, eventueel op een vastgesteld stuk. Alleen u, de aanbieder en de administratie zien de
    vraag, tot het antwoord is gepubliceerd."""
    verzoek = service.vragen(work, door, zicht, eigen, nieuw)
    located(response, service.pad(verzoek.id))
    return verzoek


@verzoeken.get("", **listing("toelichtingsverzoeken", roles(*PARTIJEN)))
@refuses(AndereAfnemer, ContractNoemtOnbekendeAanbieder)
def list_toelichtingsverzoeken(
    work: InWork, zicht: InZicht, wens: Annotated[ToelichtingsverzoekenFilter, Query()], pages: InPages
) -> ToelichtingsverzoekenPagina:
    """Toelichtingsverzoeken, het laatst gestelde eerst. Een gemeente ziet de eigen en wat is gepubliceerd, een aanbieder wat aan
    hem is gevraagd."""
    return pages.make(ToelichtingsverzoekenPagina, wens, *service.list_verzoeken(work, zicht, wens))


@verzoeken.get(
    "/{id}", summary="Toelichtingsverzoek opvragen", response_description="Het verzoek.", dependencies=[roles(*PARTIJEN)]
)
@refuses(ToelichtingsverzoekNietGevonden, AndereAfnemer, ContractNoemtOnbekendeAanbieder)
def get_toelichtingsverzoek(work: InWork, zicht: InZicht, id: Verzoekid) -> Toelichtingsverzoek:
    """Eén verzoek, met het antwoord."""
    return service.get_verzoek(work, zicht, id)


@verzoeken.post("/{id}/antwoord", **creating("Toelichting geven", "Het verzoek.", roles(ADMINISTRATIE, AANBIEDER)))
@refuses(ToelichtingsverzoekNietGevonden, AlBeantwoord, ContractNoemtOnbekendeAanbieder)
def create_toelichting(
    work: InWork, door: ByEyes, zicht: InZicht, id: Verzoekid, nieuw: NieuweToelichting, response: Response
) -> Toelichtingsverzoek:
    """Beantwoordt een verzoek, als de aanbieder aan wie het is gesteld, of namens hem."""
    verzoek = service.beantwoorden(work, door, zicht, id, nieuw)
    located(response, service.pad(id))
    return verzoek


@verzoeken.post("/{id}/publicatie", **creating("Toelichting publiceren", "Het verzoek.", roles(ADMINISTRATIE, AANBIEDER)))
@refuses(ToelichtingsverzoekNietGevonden, NogNietBeantwoord, AlGepubliceerd, ContractNoemtOnbekendeAanbieder)
def create_toelichtingspublicatie(
    work: InWork, door: ByEyes, zicht: InZicht, id: Verzoekid, response: Response
) -> Toelichtingsverzoek:
    """Stelt een verzoek met zijn antwoord open voor alle gemeenten, met de naam van wie vroeg. Dat gaat niet terug."""
    verzoek = service.publiceren(work, door, zicht, id)
    located(response, service.pad(id))
    return verzoek
