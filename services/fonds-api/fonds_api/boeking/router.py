"""HTTP of boekingen."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Header, Path, Query, Response
from fastapi.responses import JSONResponse
from gemeengoed_kit import idempotency
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from fonds_api.boeking import service
from fonds_api.boeking.errors import BoekingNietGevonden, BrondocumentAlGeboekt, BronNietVanU, NietInEvenwicht, OnbekendeRekening
from fonds_api.boeking.schemas import Boeking, BoekingenFilter, BoekingenPagina, NieuweBoeking
from fonds_api.boekingsvoorstel import service as voorstellen
from fonds_api.boekingsvoorstel.errors import AlVoorgesteld
from fonds_api.boekingsvoorstel.schemas import Boekingsvoorstel
from fonds_api.fonds.errors import FondsNietToegestaan, OnbekendFonds, VierOgenNodig
from fonds_api.periode.errors import PeriodeGesloten
from fonds_api.toegang import BOEKERS, LEZERS, DoorWie, InZicht, eisen_bronnen


def _location(van: str) -> dict[str, Any]:
    return {"Location": {"description": f"Pad van {van}.", "schema": {"type": "string", "format": "uri-reference"}}}


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
    response_model=Boeking,
    responses={
        201: {"headers": _location("de boeking")},
        202: {
            "model": Boekingsvoorstel,
            "description": "De boeking wacht op bevestiging door een ander.",
            "headers": _location("het voorstel"),
        },
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
    AlVoorgesteld,
)
def create_boeking(
    work: InWork, caller: ByCaller, wie: DoorWie, nieuw: NieuweBoeking, sleutel: Sleutel, response: Response
) -> Boeking | Response:
    """Legt een boeking vast. Zij telt op tot nul, noemt het document waar zij van is gemaakt en verandert nooit meer.

    Een document wordt per fonds één keer geboekt, door wie het beheert: uw contract noemt de bron in `gemeengoed.bron`. Vanaf het
    bedrag dat het fonds noemt (`vierOgenVanafCent`) wordt het een boekingsvoorstel, dat wacht tot een ander het bevestigt.
    """
    eisen_bronnen(caller, [nieuw.bron.bron])
    try:
        boeking = service.boeken(work, caller.role, nieuw)
    except VierOgenNodig:
        voorstel = voorstellen.indienen(work, wie, nieuw)
        kop = {"Location": voorstellen.pad(voorstel.id)}
        return JSONResponse(voorstel.model_dump(mode="json", by_alias=True), 202, kop)
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
