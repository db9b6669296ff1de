"""HTTP of the documents of an invoice: for who sees the invoice."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response
from gemeengoed_kit.conditional import ETAG, NOT_MODIFIED, IfNoneMatch, etag, unmodified
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.route import InWork, roles, router

from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.bezorging.ophalen import InOphalen
from abonnement_api.creditnota.errors import CreditnotaNietGevonden
from abonnement_api.factuur.errors import FactuurNietGevonden
from abonnement_api.factuur.router import Nummer
from abonnement_api.factuurstuk import service
from abonnement_api.factuurstuk.errors import NogNietOpgemaakt
from abonnement_api.factuurstuk.rules import is_creditnummer
from abonnement_api.factuurstuk.schemas import Factuurstuk
from abonnement_api.toegang import GEMEENTE, LEZERS, InZicht

stukken = router("/facturen/{nummer}", "facturen")
creditstukken = router("/creditnotas/{nummer}", "facturen")
Creditnummer = Annotated[
    str, Path(pattern=r"^[0-9]{4}-[0-9]{6}$", description="Nummer van de creditnota.", examples=["2018-500001"])
]


class Ubl(Response):
    media_type = "application/xml"


class Pdf(Response):
    media_type = "application/pdf"


async def _rekening(request: Request) -> str:
    return str(request.app.state.context.settings.rekening_iban)


InRekening = Annotated[str, Depends(_rekening)]
"""The account on which gemeenten pay."""


def _inhoud(soort: str) -> dict[int | str, dict[str, Any]]:
    binair = {"schema": {"type": "string", "format": "binary"}}
    return {**NOT_MODIFIED, 200: {"headers": ETAG, "content": {soort: binair}}}


@stukken.get(
    "/stuk",
    summary="Documenten van een factuur opvragen",
    response_description="Wat er van de documenten bekend is.",
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(FactuurNietGevonden, AndereAfnemer)
def get_stuk(work: InWork, zicht: InZicht, nummer: Nummer, iban: InRekening) -> Factuurstuk:
    """Of een factuur kan worden verzonden en wat dat in de weg staat; en van haar documenten de hash, de controle en de
    bewaartermijn."""
    return service.get_stuk(work, zicht, _factuur(nummer), iban)


@stukken.get(
    "/ubl",
    summary="E-factuur opvragen",
    response_description="De e-factuur in UBL 2.1.",
    response_class=Ubl,
    responses=_inhoud(Ubl.media_type),
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(FactuurNietGevonden, NogNietOpgemaakt, AndereAfnemer)
def get_ubl(
    work: InWork, zicht: InZicht, nummer: Nummer, iban: InRekening, ophalen: InOphalen, if_none_match: IfNoneMatch = None
) -> Response:
    """De factuur in UBL 2.1, in het profiel van de gemeente (Peppol BIS 3 of NLCIUS), met de PDF erin. Steeds dezelfde bytes."""
    inhoud = service.get_bytes(work, zicht, _factuur(nummer), "ubl", iban)
    return ophalen.gegeven(work, _bestand(*inhoud, f"{nummer}.xml", Ubl.media_type, if_none_match), nummer, "ubl")


@stukken.get(
    "/pdf",
    summary="Factuur als PDF opvragen",
    response_description="De factuur als PDF.",
    response_class=Pdf,
    responses=_inhoud(Pdf.media_type),
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(FactuurNietGevonden, NogNietOpgemaakt, AndereAfnemer)
def get_pdf(
    work: InWork, zicht: InZicht, nummer: Nummer, iban: InRekening, ophalen: InOphalen, if_none_match: IfNoneMatch = None
) -> Response:
    """De factuur om te lezen, toegankelijk en geschikt om te bewaren. Steeds dezelfde bytes."""
    inhoud = service.get_bytes(work, zicht, _factuur(nummer), "pdf", iban)
    return ophalen.gegeven(work, _bestand(*inhoud, f"{nummer}.pdf", Pdf.media_type, if_none_match), nummer, "pdf")


@creditstukken.get(
    "/stuk",
    summary="Documenten van een creditnota opvragen",
    response_description="Wat er van de documenten bekend is.",
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(CreditnotaNietGevonden, AndereAfnemer)
def get_creditstuk(work: InWork, zicht: InZicht, nummer: Creditnummer, iban: InRekening) -> Factuurstuk:
    """Of een creditnota kan worden verzonden en wat dat in de weg staat, met van haar documenten de hash en de controle."""
    return service.get_stuk(work, zicht, _krediet(nummer), iban)


@creditstukken.get(
    "/ubl",
    summary="Elektronische creditnota opvragen",
    response_description="De creditnota in UBL 2.1.",
    response_class=Ubl,
    responses=_inhoud(Ubl.media_type),
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(CreditnotaNietGevonden, NogNietOpgemaakt, AndereAfnemer)
def get_creditubl(
    work: InWork, zicht: InZicht, nummer: Creditnummer, iban: InRekening, ophalen: InOphalen, if_none_match: IfNoneMatch = None
) -> Response:
    """De creditnota in UBL 2.1 (soort 381), in het profiel van de gemeente. Steeds dezelfde bytes."""
    inhoud = service.get_bytes(work, zicht, _krediet(nummer), "ubl", iban)
    return ophalen.gegeven(work, _bestand(*inhoud, f"{nummer}.xml", Ubl.media_type, if_none_match), nummer, "ubl")


@creditstukken.get(
    "/pdf",
    summary="Creditnota als PDF opvragen",
    response_description="De creditnota als PDF.",
    response_class=Pdf,
    responses=_inhoud(Pdf.media_type),
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(CreditnotaNietGevonden, NogNietOpgemaakt, AndereAfnemer)
def get_creditpdf(
    work: InWork, zicht: InZicht, nummer: Creditnummer, iban: InRekening, ophalen: InOphalen, if_none_match: IfNoneMatch = None
) -> Response:
    """De creditnota om te lezen. Steeds dezelfde bytes."""
    inhoud = service.get_bytes(work, zicht, _krediet(nummer), "pdf", iban)
    return ophalen.gegeven(work, _bestand(*inhoud, f"{nummer}.pdf", Pdf.media_type, if_none_match), nummer, "pdf")


def _factuur(nummer: str) -> str:
    if is_creditnummer(nummer):
        raise FactuurNietGevonden(f"Er is geen factuur {nummer}.")
    return nummer


def _krediet(nummer: str) -> str:
    if not is_creditnummer(nummer):
        raise CreditnotaNietGevonden(f"Er is geen creditnota {nummer}.")
    return nummer


def _bestand(inhoud: bytes, hash_: str, naam: str, soort: str, bekend: str | None) -> Response:
    kop = {"ETag": etag(hash_), "Content-Disposition": f'inline; filename="{naam}"'}
    return unmodified(bekend, hash_) or Response(inhoud, 200, kop, soort)
