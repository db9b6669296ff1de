"""HTTP of subscriptions and collective registrations."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid

from abonnement_api.abonnement import service
from abonnement_api.abonnement.errors import (
    AanmeldingNietGevonden,
    AbonnementNietGevonden,
    OnbekendPakket,
    OnsamenhangendeAanmelding,
)
from abonnement_api.abonnement.schemas import Aanmelding, Abonnement, AbonnementenFilter, AbonnementenPagina, NieuweAanmelding
from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.toegang import ADMINISTRATIE, GEMEENTE, LEZERS, InZicht

abonnementen = router("/abonnementen", "abonnementen")
aanmeldingen = router("/collectieve-aanmeldingen", "abonnementen")
HERHAALD = (Aanmelding, "Dezelfde aanmelding is eerder gedaan; er verandert niets.")


@aanmeldingen.post(
    "",
    **creating("Gemeenten collectief aanmelden", "De aanmelding is begonnen.", roles(ADMINISTRATIE), later=True, again=HERHAALD),
)
@refuses(OnsamenhangendeAanmelding, OnbekendPakket)
def create_collectieve_aanmelding(work: InWork, nieuw: NieuweAanmelding, response: Response) -> Aanmelding:
    """Maakt op de achtergrond een abonnement voor elke gemeente die op de begindatum bestaat. Nog eens hetzelfde
    vragen verandert niets; na een mislukking begint zij opnieuw."""
    aanmelding, begonnen = service.aanmelden(work, nieuw)
    located(response, service.pad(aanmelding.id), new=begonnen)
    return aanmelding


@aanmeldingen.get(
    "/{id}",
    summary="Collectieve aanmelding opvragen",
    response_description="De aanmelding.",
    dependencies=[roles(*LEZERS)],
)
@refuses(AanmeldingNietGevonden)
def get_collectieve_aanmelding(
    work: InWork,
    id: Annotated[
        GivenUuid, Path(description="Identificatie van de aanmelding.", examples=["6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"])
    ],
) -> Aanmelding:
    """Eén collectieve aanmelding en hoe het ermee staat."""
    return service.get_aanmelding(work, id)


@abonnementen.get("", **listing("abonnementen", roles(*LEZERS, GEMEENTE)))
@refuses(AndereAfnemer)
def list_abonnementen(
    work: InWork, zicht: InZicht, wens: Annotated[AbonnementenFilter, Query()], pages: InPages
) -> AbonnementenPagina:
    """Abonnementen op gemeentecode. Een gemeente ziet alleen haar eigen."""
    return pages.make(AbonnementenPagina, wens, *service.list_abonnementen(work, zicht, wens))


@abonnementen.get(
    "/{id}",
    summary="Abonnement opvragen",
    response_description="Het abonnement.",
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(AbonnementNietGevonden, AndereAfnemer)
def get_abonnement(
    work: InWork,
    zicht: InZicht,
    id: Annotated[
        GivenUuid, Path(description="Identificatie van het abonnement.", examples=["0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"])
    ],
) -> Abonnement:
    """Eén abonnement. Een gemeente ziet alleen haar eigen."""
    return service.get_abonnement(work, zicht, id)
