"""HTTP of statements and receipts, for the administratie."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, HTTPException, Path, Query, Request, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import LINK_HEADER, PageQuery, page_fields
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.betaling import service
from abonnement_api.betaling.errors import (
    AfschriftGewijzigd,
    BankreferentieHergebruikt,
    OnbekendBankafschrift,
    OnbekendeBetaling,
    OngeldigAfschrift,
)
from abonnement_api.betaling.schemas import Bankafschrift, BankafschriftenPagina, Betaling, BetalingenFilter, BetalingenPagina
from abonnement_api.settings import Settings
from abonnement_api.toegang import ADMINISTRATIE

bankafschriften = router("/bankafschriften", "betalingen")
betalingen = router("/betalingen", "betalingen")
BESTAND = ("application/xml", "application/octet-stream")
"""As what a statement may be sent; generated clients know the second for a file."""
LOCATION = {"Location": {"description": "Pad van het afschrift.", "schema": {"type": "string"}}}
HERHAALD: dict[int | str, dict[str, Any]] = {
    200: {"model": Bankafschrift, "description": "Dit afschrift is al ingelezen; er verandert niets.", "headers": LOCATION},
    201: {"headers": LOCATION},
}
CAMT = {
    "requestBody": {
        "required": True,
        "description": "Bankafschrift: ISO 20022 camt.053.001.02 of camt.053.001.08.",
        "content": {
            kind: {"schema": {"type": "string", "format": "binary", "description": "Eén afschrift van de eigen rekening."}}
            for kind in BESTAND
        },
    }
}
Afschriftid = Annotated[
    GivenUuid, Path(description="Identificatie van het afschrift.", examples=["8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"])
]
Betalingid = Annotated[
    GivenUuid, Path(description="Identificatie van de ontvangst.", examples=["3b7f0d62-1d6c-45f5-9f55-7a3c4f9be310"])
]


async def _xml(request: Request) -> bytes:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() not in BESTAND:
        raise HTTPException(415)
    return await request.body()


async def _rekening_iban(request: Request) -> str:
    settings = request.app.state.context.settings
    assert isinstance(settings, Settings)
    return settings.rekening_iban


@bankafschriften.post(
    "",
    status_code=201,
    summary="Bankafschrift inlezen",
    response_description="Het ingelezen afschrift.",
    dependencies=[roles(ADMINISTRATIE)],
    responses=HERHAALD,
    openapi_extra=CAMT,
)
@refuses(OngeldigAfschrift, AfschriftGewijzigd, BankreferentieHergebruikt, TooFarAhead)
def inlezen_bankafschrift(
    work: InWork, inhoud: Annotated[bytes, Depends(_xml)], iban: Annotated[str, Depends(_rekening_iban)], response: Response
) -> Bankafschrift:
    """Leest de bijschrijvingen, koppelt ze aan facturen en laat ze boeken. Hetzelfde afschrift nog eens verandert niets;
    bijschrijvingen die een eerder afschrift al had, tellen niet opnieuw."""
    afschrift, nieuw = service.inlezen(work, inhoud, iban)
    response.status_code = 201 if nieuw else 200
    response.headers["Location"] = service.pad_afschrift(afschrift.id)
    return afschrift


@bankafschriften.get(
    "",
    summary="Bankafschriften opvragen",
    response_description="Een pagina met afschriften.",
    dependencies=[roles(ADMINISTRATIE)],
    responses={200: {"headers": LINK_HEADER}},
)
def list_bankafschriften(
    work: InWork, wens: Annotated[PageQuery, Query()], request: Request, response: Response
) -> BankafschriftenPagina:
    """De ingelezen afschriften, in volgorde van inlezen."""
    count, results = service.list_afschriften(work, wens)
    return BankafschriftenPagina.make(**page_fields(request, response, wens, count), results=results)


@bankafschriften.get(
    "/{id}",
    summary="Bankafschrift opvragen",
    response_description="Het afschrift.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(OnbekendBankafschrift)
def get_bankafschrift(work: InWork, id: Afschriftid) -> Bankafschrift:
    """Eén afschrift, met wat ervan is gekoppeld en geboekt."""
    return service.get_afschrift(work, id)


@betalingen.get(
    "",
    summary="Ontvangsten opvragen",
    response_description="Een pagina met ontvangsten.",
    dependencies=[roles(ADMINISTRATIE)],
    responses={200: {"headers": LINK_HEADER}},
)
def list_betalingen(
    work: InWork, wens: Annotated[BetalingenFilter, Query()], request: Request, response: Response
) -> BetalingenPagina:
    """Wat er is ontvangen, met totalen."""
    count, inhoud = service.list_betalingen(work, wens)
    return BetalingenPagina.make(**page_fields(request, response, wens, count), **inhoud)


@betalingen.get(
    "/{id}",
    summary="Ontvangst opvragen",
    response_description="De ontvangst.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(OnbekendeBetaling)
def get_betaling(work: InWork, id: Betalingid) -> Betaling:
    """Eén ontvangst, met wat zij betaalt."""
    return service.get_betaling(work, id)
