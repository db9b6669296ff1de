"""HTTP of indexations of decisions, for the administratie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.eyes import ByEyes
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.tarief.errors import TariefbesluitBestaat
from abonnement_api.tariefindexatie import service
from abonnement_api.tariefindexatie.errors import (
    IndexeringNietToegestaan,
    NietHetGeldende,
    NietVoorgesteld,
    OnbekendTariefbesluit,
    TariefindexatieNietGevonden,
    ZelfdeOgen,
)
from abonnement_api.tariefindexatie.schemas import (
    NieuweTariefindexatie,
    Tariefindexatie,
    TariefindexatiesFilter,
    TariefindexatiesPagina,
)
from abonnement_api.toegang import ADMINISTRATIE, FIATTEUR, LEZERS

tariefindexaties = router("/tariefindexaties", "tariefbesluiten")
Id = Annotated[
    GivenUuid, Path(description="Identificatie van de tariefindexatie.", examples=["6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"])
]


@tariefindexaties.post("", **creating("Prijzen indexeren", "De aanvraag.", roles(ADMINISTRATIE), later=True))
@refuses(TooFarAhead, OnbekendTariefbesluit, IndexeringNietToegestaan, NietHetGeldende, TariefbesluitBestaat)
def create_tariefindexatie(work: InWork, wie: ByEyes, nieuw: NieuweTariefindexatie, response: Response) -> Tariefindexatie:
    """Vraagt op de achtergrond bij fonds wat de prijzen van een besluit met een indexatie worden. Wat eruit komt is een
    voorstel; een ander maakt er met een bevestiging het besluit van het volgende jaar van."""
    gemaakt = service.aanvragen(work, wie, nieuw)
    located(response, service.pad(gemaakt.id))
    return gemaakt


@tariefindexaties.get("", **listing("tariefindexaties", roles(*LEZERS)))
def list_tariefindexaties(
    work: InWork, wens: Annotated[TariefindexatiesFilter, Query()], pages: InPages
) -> TariefindexatiesPagina:
    """De tariefindexaties, in volgorde van aanvragen."""
    return pages.make(TariefindexatiesPagina, wens, *service.list_tariefindexaties(work, wens))


@tariefindexaties.get(
    "/{id}",
    summary="Tariefindexatie opvragen",
    response_description="De tariefindexatie.",
    dependencies=[roles(*LEZERS)],
)
@refuses(TariefindexatieNietGevonden)
def get_tariefindexatie(work: InWork, id: Id) -> Tariefindexatie:
    """Eén tariefindexatie, met elke prijs voor en na."""
    return service.get_tariefindexatie(work, id)


@tariefindexaties.post(
    "/{id}/bevestigingen",
    summary="Geïndexeerde prijzen bevestigen",
    response_description="De tariefindexatie, met het pad van het volgende besluit.",
    dependencies=[roles(ADMINISTRATIE, FIATTEUR)],
)
@refuses(TariefindexatieNietGevonden, ZelfdeOgen, NietVoorgesteld, NietHetGeldende, TariefbesluitBestaat)
def create_bevestiging(work: InWork, wie: ByEyes, id: Id) -> Tariefindexatie:
    """Maakt van het voorstel van een ander het besluit van het volgende jaar. Een ander is: een ander contract, en niet
    dezelfde rol van dezelfde organisatie."""
    return service.bevestigen(work, wie, id)
