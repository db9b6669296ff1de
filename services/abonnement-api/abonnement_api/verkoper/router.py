"""HTTP of sellers, for the administratie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import Digits

from abonnement_api.factuurstuk import service as factuurstuk
from abonnement_api.tarief.schemas import SLUG
from abonnement_api.toegang import ADMINISTRATIE, LEZERS
from abonnement_api.verkoper import service
from abonnement_api.verkoper.errors import (
    AanbiederNietGevonden,
    BtwKloptNiet,
    OnbekendeDienst,
    OnmogelijkeVerkoopwijze,
    VerkopergegevensKloppenNiet,
    VerkopergegevensNietGevonden,
)
from abonnement_api.verkoper.schemas import (
    BtwBehandeling,
    BtwBehandelingenPagina,
    BtwInvoer,
    Verkoopwijze,
    VerkoopwijzeInvoer,
    VerkoopwijzenPagina,
    Verkopergegevens,
    VerkopergegevensInvoer,
)

verkoopwijzen = router("/verkoopwijzen", "aanbieders")
verkopers = router("/aanbieders/{code}", "aanbieders")
Code = Annotated[str, Path(pattern=SLUG, max_length=60, description="Code van de aanbieder.", examples=["administratiebureau"])]
Dienstcode = Annotated[str, Path(pattern=SLUG, max_length=60, description="Code van de dienst.", examples=["kindertelefoon"])]


@verkopers.get(
    "/verkopergegevens",
    summary="Verkopergegevens opvragen",
    response_description="De laatste versie.",
    dependencies=[roles(*LEZERS)],
)
@refuses(AanbiederNietGevonden, VerkopergegevensNietGevonden)
def get_verkopergegevens(work: InWork, code: Code) -> Verkopergegevens:
    """Wat van een verkoper op zijn facturen staat."""
    return service.get_gegevens(work, code)


@verkopers.put(
    "/verkopergegevens",
    summary="Verkopergegevens vastleggen",
    response_description="De nieuwe versie.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(AanbiederNietGevonden, VerkopergegevensKloppenNiet)
def put_verkopergegevens(work: InWork, code: Code, invoer: VerkopergegevensInvoer) -> Verkopergegevens:
    """Legt een nieuwe versie vast. Facturen die al zijn opgemaakt, veranderen niet."""
    vastgelegd = service.leg_gegevens_vast(work, code, invoer)
    factuurstuk.plan(work)
    return vastgelegd


@verkopers.get("/btw", **listing("behandelingen van btw", roles(*LEZERS)))
@refuses(AanbiederNietGevonden)
def list_btw(work: InWork, code: Code, wens: Annotated[PageQuery, Query()], pages: InPages) -> BtwBehandelingenPagina:
    """Hoe een verkoper zijn diensten voor de btw behandelt, met elke eerdere versie. Een dienst die ontbreekt, is niet
    vastgesteld: dan gaat er geen factuur uit."""
    return pages.make(BtwBehandelingenPagina, wens, *service.list_behandelingen(work, code, wens))


@verkopers.put(
    "/btw/{dienst}",
    summary="Behandeling van btw vastleggen",
    response_description="De nieuwe versie.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(AanbiederNietGevonden, OnbekendeDienst, BtwKloptNiet)
def put_btw(work: InWork, code: Code, dienst: Dienstcode, invoer: BtwInvoer) -> BtwBehandeling:
    """Legt vast hoe deze verkoper een dienst voor de btw behandelt, en wie dat heeft vastgesteld."""
    vastgelegd = service.leg_behandeling_vast(work, code, dienst, invoer)
    factuurstuk.plan(work)
    return vastgelegd


@verkoopwijzen.get("", **listing("verkoopwijzen", roles(*LEZERS)))
def list_verkoopwijzen(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> VerkoopwijzenPagina:
    """In wiens naam facturen worden gemaakt, op jaar. Is er niets vastgelegd, dan verkoopt het bureau."""
    return pages.make(VerkoopwijzenPagina, wens, *service.list_wijzen(work, wens))


@verkoopwijzen.put(
    "/{jaar}",
    summary="Verkoopwijze vastleggen",
    response_description="De nieuwe versie.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(OnmogelijkeVerkoopwijze)
def put_verkoopwijze(
    work: InWork,
    jaar: Annotated[Digits, Path(ge=2000, le=2100, description="Eerste jaar waarvoor dit geldt.", examples=[2018])],
    invoer: VerkoopwijzeInvoer,
) -> Verkoopwijze:
    """Legt vast in wiens naam rondes vanaf dit jaar worden gefactureerd. Rondes die al zijn gefactureerd, veranderen niet."""
    return service.leg_wijze_vast(work, jaar, invoer)
