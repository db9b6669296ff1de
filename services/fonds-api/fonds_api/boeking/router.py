"""HTTP of boekingen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header, Path, Query, Response
from fastapi.responses import JSONResponse
from gemeengoed_kit import idempotency
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.eyes import ByEyes
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, Tried, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from fonds_api.boeking import service
from fonds_api.boeking.errors import (
    AlGestorneerd,
    BoekingenGeweigerd,
    BoekingNietGevonden,
    BoekingVanDienst,
    BrondocumentAlGeboekt,
    BronNietVanU,
    NietInEvenwicht,
    OnbekendeRekening,
    SaldoBuitenGrenzen,
    StornoVanStorno,
    StornoVoorBoeking,
)
from fonds_api.boeking.schemas import (
    Boeking,
    BoekingenFilter,
    BoekingenPagina,
    Geboekt,
    GeboekteBoekingen,
    NieuweBoeking,
    NieuweBoekingen,
    NieuweStorno,
)
from fonds_api.boekingsvoorstel import service as voorstellen
from fonds_api.boekingsvoorstel.errors import AlVoorgesteld
from fonds_api.boekingsvoorstel.schemas import Boekingsvoorstel
from fonds_api.fonds.errors import FondsNietToegestaan, OnbekendFonds, VierOgenNodig
from fonds_api.periode.errors import PeriodeGesloten
from fonds_api.toegang import BOEKERS, LEZERS, InZicht, eisen_bronnen

boekingen = router("/boekingen", "boekingen")
MAX_BULK_BYTES = 16_000_000
Sleutel = Annotated[
    str,
    Header(
        alias=idempotency.HEADER,
        min_length=1,
        max_length=255,
        pattern="^[!-~]+$",
        description="Sleutel die de aanvraag herhaalbaar maakt; bij boeken verplicht. Dezelfde sleutel met dezelfde inhoud "
        "geeft hetzelfde antwoord zonder tweede boeking; met andere inhoud volgt 409. Een sleutel geldt voor u onder één "
        "contract, en van wat geboekt is, wordt zij nooit vergeten. Een proef verbruikt geen sleutel.",
        examples=["0190f5fe-6bd2-7d3a-9f0e-3f1c5d0a7b11"],
    ),
]
Id = Annotated[GivenUuid, Path(description="Identificatie van de boeking.", examples=["7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"])]
WACHT = (Boekingsvoorstel, "De boeking wacht op bevestiging door een ander.")
BOEKEN = creating("Boeken", "De boeking is vastgelegd.", roles(*BOEKERS), tried=Geboekt, waits=WACHT)
STORNEREN = creating("Boeking storneren", "De storno is vastgelegd.", roles(*BOEKERS), tried=Geboekt, waits=WACHT)


def _wacht(voorstel: Boekingsvoorstel, proef: bool) -> JSONResponse:
    kop = {} if proef else {"Location": voorstellen.pad(voorstel.id)}
    return JSONResponse(voorstel.model_dump(mode="json", by_alias=True), 202, kop)


@boekingen.post("", **BOEKEN, response_model=Geboekt)
@refuses(
    TooFarAhead,
    BronNietVanU,
    OnbekendFonds,
    FondsNietToegestaan,
    PeriodeGesloten,
    OnbekendeRekening,
    NietInEvenwicht,
    BrondocumentAlGeboekt,
    SaldoBuitenGrenzen,
    AlVoorgesteld,
)
def create_boeking(
    work: InWork,
    caller: ByCaller,
    wie: ByEyes,
    nieuw: NieuweBoeking,
    sleutel: Sleutel,
    response: Response,
    proef: Tried = False,
) -> Geboekt | Response:
    """Legt een boeking vast. Zij telt op tot nul, noemt het document waar zij van is gemaakt en verandert nooit meer.

    Een document wordt per fonds één keer geboekt, door wie het beheert: uw contract noemt de bron in `gemeengoed.bron`. Vanaf het
    bedrag dat het fonds noemt (`vierOgenVanafCent`) wordt het een boekingsvoorstel, dat wacht tot een ander het bevestigt.
    """
    eisen_bronnen(caller, [nieuw.bron.bron])
    try:
        boeking = service.boeken(work, caller.role, nieuw)
    except VierOgenNodig:
        return _wacht(voorstellen.indienen(work, wie, nieuw), proef)
    located(response, service.pad(boeking.id), tried=proef)
    return boeking


@boekingen.post(
    "/bulk",
    **creating("Vele boekingen samen vastleggen", "Alle boekingen zijn vastgelegd.", roles(*BOEKERS), tried=GeboekteBoekingen),
    max_body_size=MAX_BULK_BYTES,
)
@refuses(BronNietVanU, FondsNietToegestaan, BoekingenGeweigerd, SaldoBuitenGrenzen)
def create_boekingen(
    work: InWork, caller: ByCaller, nieuw: NieuweBoekingen, sleutel: Sleutel, response: Response, proef: Tried = False
) -> GeboekteBoekingen:
    """Legt al deze boekingen vast, of geen enkele. Bezwaren worden allemaal tegelijk genoemd, met de plaats in de lijst.

    Het antwoord noemt alleen de identificaties. Grenzen van rekeningen gelden voor wat er na alle boekingen samen op staat.
    """
    eisen_bronnen(caller, {boeking.bron.bron for boeking in nieuw.boekingen})
    geboekt = service.boeken_bulk(work, caller.role, nieuw.boekingen)
    located(response, service.pad(geboekt.boekingen[0]), tried=proef)
    return geboekt


@boekingen.post("/{id}/storno", **STORNEREN, response_model=Geboekt)
@refuses(
    BoekingNietGevonden,
    TooFarAhead,
    PeriodeGesloten,
    OnbekendeRekening,
    BoekingVanDienst,
    StornoVanStorno,
    StornoVoorBoeking,
    AlGestorneerd,
    SaldoBuitenGrenzen,
    AlVoorgesteld,
)
def create_storno(
    work: InWork,
    zicht: InZicht,
    wie: ByEyes,
    id: Id,
    nieuw: NieuweStorno,
    sleutel: Sleutel,
    response: Response,
    proef: Tried = False,
) -> Geboekt | Response:
    """Draait een boeking terug met een spiegelbeeld: dezelfde rekeningen, tegengestelde bedragen. Beide blijven staan.

    Een boeking wordt hoogstens één keer gestorneerd, en een storno niet. Vanaf het bedrag dat het fonds noemt
    (`vierOgenVanafCent`) wordt de storno een boekingsvoorstel, dat wacht tot een ander het bevestigt.
    """
    try:
        storno = service.storneren(work, zicht, wie.role, id, nieuw)
    except VierOgenNodig:
        return _wacht(voorstellen.indienen(work, wie, service.als_boeking(work, zicht, id, nieuw)), proef)
    located(response, service.pad(storno.id), tried=proef)
    return storno


@boekingen.get("", **listing("boekingen", roles(*LEZERS)))
def list_boekingen(work: InWork, zicht: InZicht, wens: Annotated[BoekingenFilter, Query()], pages: InPages) -> BoekingenPagina:
    """De boekingen in de fondsen die uw rol ziet, in volgorde van boeken.

    Het aantal is precies en komt uit tellingen per dag: het kost even veel bij duizend als bij miljoenen boekingen. Hoe verder
    een bladzijde achteraan staat, hoe langer zij duurt; vraag liever een fonds en dagen.
    """
    return pages.make(BoekingenPagina, wens, *service.list_boekingen(work, zicht, wens))


@boekingen.get("/{id}", summary="Boeking opvragen", response_description="De boeking.", dependencies=[roles(*LEZERS)])
@refuses(BoekingNietGevonden)
def get_boeking(work: InWork, zicht: InZicht, id: Id) -> Boeking:
    """Eén boeking met haar regels."""
    return service.get_boeking(work, zicht, id)
