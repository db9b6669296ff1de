"""HTTP of boekingen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header, Path, Query, Response
from gemeengoed_kit import idempotency
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from fonds_api.boeking import service
from fonds_api.boeking.errors import BoekingNietGevonden, BrondocumentAlGeboekt, BronNietVanU, NietInEvenwicht, OnbekendeRekening
from fonds_api.boeking.schemas import Boeking, BoekingenFilter, BoekingenPagina, NieuweBoeking
from fonds_api.fonds.errors import FondsNietToegestaan, OnbekendFonds
from fonds_api.periode.errors import PeriodeGesloten
from fonds_api.toegang import BOEKERS, LEZERS, InZicht, eisen_bronnen

boekingen = router("/boekingen", "boekingen")
Sleutel = Annotated[
    str,
    Header(
        alias=idempotency.HEADER,
        min_length=1,
        max_length=255,
        pattern="^[!-~]+$",
        description="Sleutel die de aanvraag herhaalbaar maakt; bij boeken verplicht. Dezelfde sleutel met dezelfde inhoud "
        f"geeft hetzelfde antwoord zonder tweede boeking; met andere inhoud volgt 409. {idempotency.KEPT}",
        examples=["0190f5fe-6bd2-7d3a-9f0e-3f1c5d0a7b11"],
    ),
]


@boekingen.post(
    "",
    status_code=201,
    summary="Boeken",
    response_description="De boeking is vastgelegd.",
    dependencies=[roles(*BOEKERS)],
    responses={
        201: {
            "headers": {
                "Location": {"description": "Pad van de boeking.", "schema": {"type": "string", "format": "uri-reference"}}
            }
        }
    },
)
@refuses(
    TooFarAhead,
    BronNietVanU,
    OnbekendFonds,
    FondsNietToegestaan,
    PeriodeGesloten,
    OnbekendeRekening,
    NietInEvenwicht,
    BrondocumentAlGeboekt,
)
def create_boeking(work: InWork, caller: ByCaller, nieuw: NieuweBoeking, sleutel: Sleutel, response: Response) -> Boeking:
    """Legt een boeking vast. Zij telt op tot nul, noemt het document waar zij van is gemaakt en verandert nooit meer.

    Een document wordt per fonds één keer geboekt, door wie het beheert: uw contract noemt de bron in `gemeengoed.bron`.
    """
    eisen_bronnen(caller, [nieuw.bron.bron])
    boeking = service.boeken(work, caller.role, nieuw)
    response.headers["Location"] = service.pad(boeking.id)
    return boeking


@boekingen.get("", **listing("boekingen", roles(*LEZERS)))
def list_boekingen(work: InWork, zicht: InZicht, wens: Annotated[BoekingenFilter, Query()], pages: InPages) -> BoekingenPagina:
    """De boekingen in de fondsen die uw rol ziet, in volgorde van boeken."""
    return pages.make(BoekingenPagina, wens, *service.list_boekingen(work, zicht, wens))


@boekingen.get("/{id}", summary="Boeking opvragen", response_description="De boeking.", dependencies=[roles(*LEZERS)])
@refuses(BoekingNietGevonden)
def get_boeking(
    work: InWork,
    zicht: InZicht,
    id: Annotated[
        GivenUuid, Path(description="Identificatie van de boeking.", examples=["7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"])
    ],
) -> Boeking:
    """Eén boeking met haar regels."""
    return service.get_boeking(work, zicht, id)
