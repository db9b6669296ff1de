"""HTTP of nota's."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.boeking.errors import OnbekendeRekening, SaldoBuitenGrenzen
from fonds_api.nota import service
from fonds_api.nota.errors import NietTeCrediteren, NotaNietGevonden, NotarondeOnduidelijk, OnbekendeNotabron
from fonds_api.nota.schemas import NOTA_ID, NieuweCreditnota, NieuweNotaronde, Nota, Notaronde, NotasFilter, NotasPagina
from fonds_api.periode.errors import PeriodeGesloten
from fonds_api.toegang import BIJDRAGELEZERS, FONDSBEHEERDER, InZicht

notarondes = router("/notarondes", "nota's")
notas = router("/notas", "nota's")
NotaId = Annotated[str, Path(pattern=NOTA_ID, max_length=60, description="Fonds, jaar en nummer.", examples=["ggu-2020-00001"])]
LEZERS = roles(*BIJDRAGELEZERS)


@notarondes.post(
    "",
    status_code=201,
    summary="Nota's maken",
    response_description="De nota's zijn gemaakt en geboekt.",
    dependencies=[roles(FONDSBEHEERDER)],
    responses={200: {"model": Notaronde, "description": "De nota's waren er al; er is niets veranderd."}},
)
@refuses(NotarondeOnduidelijk, OnbekendeNotabron, OnbekendeRekening, PeriodeGesloten, SaldoBuitenGrenzen)
def create_notaronde(work: InWork, zicht: InZicht, nieuw: NieuweNotaronde, response: Response) -> Notaronde:
    """Maakt voor elke gemeente een nota van een termijn van een ronde, of een nota of creditnota van een afrekening; alle of
    geen. Elke nota wordt meteen geboekt: 1300 debet, en 8000 credit, of 1310 bij een voorschot of afrekening. Zoek ze op met
    `GET /v1/notas`."""
    ronde, nu = service.maken(work, zicht, nieuw)
    response.status_code = 201 if nu else 200
    return ronde


@notas.get("", **listing("nota's", LEZERS))
@refuses(GeenGemeentecode)
def list_notas(work: InWork, zicht: InZicht, wens: Annotated[NotasFilter, Query()], pages: InPages) -> NotasPagina:
    """De nota's die u mag zien, met wat openstaat en de sommen. Een gemeente ziet alleen haar eigen nota's."""
    return pages.make(NotasPagina, wens, *service.list_notas(work, zicht, wens))


@notas.get("/{id}", summary="Nota opvragen", response_description="De nota.", dependencies=[LEZERS])
@refuses(NotaNietGevonden, GeenGemeentecode)
def get_nota(work: InWork, zicht: InZicht, id: NotaId) -> Nota:
    """Eén nota."""
    return service.get_nota(work, zicht, id)


@notas.post("/{id}/creditnotas", **creating("Nota crediteren", "De creditnota is gemaakt en geboekt.", roles(FONDSBEHEERDER)))
@refuses(NotaNietGevonden, NietTeCrediteren, OnbekendeRekening, PeriodeGesloten, SaldoBuitenGrenzen)
def create_creditnota(work: InWork, zicht: InZicht, id: NotaId, nieuw: NieuweCreditnota, response: Response) -> Nota:
    """Neemt een nota geheel of deels terug; de nota zelf verandert niet."""
    creditnota = service.crediteren(work, zicht, id, nieuw)
    located(response, service.pad(creditnota.id))
    return creditnota
