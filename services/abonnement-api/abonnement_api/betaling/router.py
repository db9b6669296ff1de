"""HTTP of statements and receipts, for the administratie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.upload import MAX_UPLOAD_BYTES, Upload, takes_file
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.betaling import service
from abonnement_api.betaling.camt import MEESTE, lees
from abonnement_api.betaling.camt import Afschrift as Gelezen
from abonnement_api.betaling.errors import (
    AfschriftGewijzigd,
    BankafschriftNietGevonden,
    BankreferentieHergebruikt,
    BetalingNietGevonden,
    OngeldigAfschrift,
)
from abonnement_api.betaling.schemas import Bankafschrift, BankafschriftenPagina, Betaling, BetalingenFilter, BetalingenPagina
from abonnement_api.settings import Settings
from abonnement_api.toegang import ADMINISTRATIE

bankafschriften = router("/bankafschriften", "betalingen")
betalingen = router("/betalingen", "betalingen")
BESTAND = ("application/xml", "application/octet-stream")
"""Media types of a statement; generated clients use the second for a file."""
HERHAALD = (Bankafschrift, "Dit afschrift is al ingelezen; er verandert niets.")
CAMT = takes_file(
    BESTAND,
    request="Bankafschrift: ISO 20022 camt.053.001.02 of camt.053.001.08, hoogstens "
    f"{MAX_UPLOAD_BYTES // 10**6} MB en {MEESTE} bijschrijvingen.",
    content="Eén afschrift van de eigen rekening.",
)
AFSCHRIFT = Upload(BESTAND, lambda bestand: lees(bestand.content))
Afschriftid = Annotated[
    GivenUuid, Path(description="Identificatie van het afschrift.", examples=["8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"])
]
Betalingid = Annotated[
    GivenUuid, Path(description="Identificatie van de ontvangst.", examples=["3b7f0d62-1d6c-45f5-9f55-7a3c4f9be310"])
]


async def _rekening_iban(request: Request) -> str:
    settings = request.app.state.context.settings
    assert isinstance(settings, Settings)
    return settings.rekening_iban


@bankafschriften.post(
    "", **creating("Bankafschrift inlezen", "Het ingelezen afschrift.", roles(ADMINISTRATIE), again=HERHAALD), **CAMT
)
@refuses(OngeldigAfschrift, AfschriftGewijzigd, BankreferentieHergebruikt, TooFarAhead)
def create_bankafschrift(
    work: InWork,
    afschriften: Annotated[list[Gelezen], Depends(AFSCHRIFT)],
    iban: Annotated[str, Depends(_rekening_iban)],
    response: Response,
) -> Bankafschrift:
    """Leest de bijschrijvingen, koppelt ze aan facturen en laat ze boeken. Hetzelfde afschrift nog eens verandert niets;
    bijschrijvingen die een eerder afschrift al had, tellen niet opnieuw."""
    afschrift, nieuw = service.inlezen(work, afschriften, iban)
    located(response, service.pad_afschrift(afschrift.id), new=nieuw)
    return afschrift


@bankafschriften.get("", **listing("bankafschriften", roles(ADMINISTRATIE)))
def list_bankafschriften(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> BankafschriftenPagina:
    """De ingelezen afschriften, in volgorde van inlezen."""
    return pages.make(BankafschriftenPagina, wens, *service.list_afschriften(work, wens))


@bankafschriften.get(
    "/{id}",
    summary="Bankafschrift opvragen",
    response_description="Het afschrift.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(BankafschriftNietGevonden)
def get_bankafschrift(work: InWork, id: Afschriftid) -> Bankafschrift:
    """Eén afschrift, met wat ervan is gekoppeld en geboekt."""
    return service.get_afschrift(work, id)


@betalingen.get("", **listing("ontvangsten", roles(ADMINISTRATIE)))
def list_betalingen(work: InWork, wens: Annotated[BetalingenFilter, Query()], pages: InPages) -> BetalingenPagina:
    """Wat er is ontvangen, met totalen."""
    return pages.make(BetalingenPagina, wens, *service.list_betalingen(work, wens))


@betalingen.get(
    "/{id}",
    summary="Ontvangst opvragen",
    response_description="De ontvangst.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(BetalingNietGevonden)
def get_betaling(work: InWork, id: Betalingid) -> Betaling:
    """Eén ontvangst, met wat zij betaalt."""
    return service.get_betaling(work, id)
