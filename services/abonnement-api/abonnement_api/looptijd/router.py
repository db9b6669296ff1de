"""HTTP of notice, renewal, change of package and leaving."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.aanbod.errors import AanbodNietGevonden
from abonnement_api.abonnement.errors import AbonnementNietGevonden, OverlappendAbonnement
from abonnement_api.abonnement.service import abonnementspad
from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.looptijd import service
from abonnement_api.looptijd.errors import (
    OpzeggingPastNiet,
    PakketwijzigingPastNiet,
    VerlengingNietGevonden,
    VerlengingPastNiet,
)
from abonnement_api.looptijd.schemas import (
    Gebeurtenissen,
    NieuweOpzegging,
    NieuwePakketwijziging,
    NieuweVerlenging,
    Uittreden,
    Verlenging,
    VerlengingenPagina,
)
from abonnement_api.toegang import ADMINISTRATIE, GEMEENTE, LEZERS, InZicht

looptijd = router("/abonnementen", "abonnementen")
verlengingen = router("/verlengingen", "abonnementen")
Id = Annotated[
    GivenUuid, Path(description="Identificatie van het abonnement.", examples=["0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"])
]


@looptijd.get(
    "/{id}/gebeurtenissen",
    summary="Gebeurtenissen van een abonnement opvragen",
    response_description="De gebeurtenissen.",
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(AbonnementNietGevonden, AndereAfnemer)
def get_gebeurtenissen(work: InWork, zicht: InZicht, id: Id) -> Gebeurtenissen:
    """Opzegging, verlenging, pakketwijziging en overgang bij herindeling, oudste eerst. Een gemeente ziet alleen haar eigen."""
    return service.get_gebeurtenissen(work, zicht, id)


@looptijd.get(
    "/{id}/uittreden",
    summary="Uittreden opvragen",
    response_description="Wanneer het kan, en wat het kost.",
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(AbonnementNietGevonden, AndereAfnemer)
def get_uittreden(work: InWork, zicht: InZicht, id: Id) -> Uittreden:
    """Wanneer een abonnement vanaf vandaag kan eindigen, tot wanneer daarvoor is op te zeggen, en wat het kost."""
    return service.get_uittreden(work, zicht, id)


@looptijd.post("/{id}/opzeggingen", **creating("Abonnement opzeggen", "De gebeurtenissen.", roles(ADMINISTRATIE, GEMEENTE)))
@refuses(AbonnementNietGevonden, OpzeggingPastNiet, AndereAfnemer)
def create_opzegging(work: InWork, zicht: InZicht, id: Id, nieuw: NieuweOpzegging, response: Response) -> Gebeurtenissen:
    """Zegt een abonnement op. Het eindigt op de gevraagde dag, of op de eerste die met de opzegtermijn kan; een opzegging
    wijzigt niet meer."""
    gebeurd = service.opzeggen(work, zicht, id, nieuw)
    located(response, f"{abonnementspad(id)}/gebeurtenissen")
    return gebeurd


@looptijd.post(
    "/{id}/pakketwijzigingen", **creating("Pakket van een abonnement wijzigen", "De gebeurtenissen.", roles(ADMINISTRATIE))
)
@refuses(AbonnementNietGevonden, PakketwijzigingPastNiet, TooFarAhead)
def create_pakketwijziging(work: InWork, id: Id, nieuw: NieuwePakketwijziging, response: Response) -> Gebeurtenissen:
    """Geeft een gemeente vanaf een 1 januari een ander pakket, zoals bij een uitzondering voor een eigen voorziening."""
    gebeurd = service.wijzig_pakket(work, id, nieuw)
    located(response, f"{abonnementspad(id)}/gebeurtenissen")
    return gebeurd


@verlengingen.get("", **listing("verlengingen", roles(*LEZERS)))
def list_verlengingen(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> VerlengingenPagina:
    """Besluiten die abonnementen langer lieten lopen."""
    return pages.make(VerlengingenPagina, wens, *service.list_verlengingen(work, wens))


@verlengingen.post("", **creating("Abonnementen verlengen", "De verlenging.", roles(ADMINISTRATIE)))
@refuses(VerlengingPastNiet, AanbodNietGevonden, OverlappendAbonnement)
def create_verlenging(work: InWork, nieuw: NieuweVerlenging, response: Response) -> Verlenging:
    """Laat alle abonnementen die op een dag eindigen langer lopen, op grond van een besluit; alle of geen. Wie heeft opgezegd, is
    er niet bij."""
    verlenging = service.verlengen(work, nieuw)
    located(response, service.pad(verlenging.id))
    return verlenging


@verlengingen.get("/{id}", summary="Verlenging opvragen", response_description="De verlenging.", dependencies=[roles(*LEZERS)])
@refuses(VerlengingNietGevonden)
def get_verlenging(
    work: InWork,
    id: Annotated[
        GivenUuid, Path(description="Identificatie van de verlenging.", examples=["1b0a2f66-3f7a-4a43-9f29-2a9f7b8e6d01"])
    ],
) -> Verlenging:
    """Eén verlenging."""
    return service.get_verlenging(work, id)
