"""HTTP of mijlpalen and the routekaart. Reading what is published is public; who keeps the catalogus writes."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Response
from gemeengoed_kit.conditional import ETAG, Changed, IfMatch, VersionNeeded, etag
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.schema import GivenDay

from catalogus_api.routekaart import agenda, bestand, service, svg
from catalogus_api.routekaart.errors import (
    AfhankelijkInEenKring,
    ConceptBlijftVerborgen,
    MijlpaalBestaat,
    MijlpaalNietGevonden,
    OnbekendeMijlpaal,
    OnbekendeVoorziening,
    OnsamenhangendeMijlpaal,
    RoutekaartTeGroot,
)
from catalogus_api.routekaart.schemas import (
    SLUG,
    Mijlpaal,
    MijlpaalversiesPagina,
    Mijlpaalwijziging,
    MijlpalenFilter,
    MijlpalenPagina,
    NieuweMijlpaal,
    Routekaart,
    RoutekaartFilter,
)
from catalogus_api.toegang import BEHEER, InZicht

mijlpalen = router("/mijlpalen", "routekaart")
routekaart = router("/routekaart", "routekaart")
Id = Annotated[
    str, Path(pattern=SLUG, max_length=60, description="Identificatie van de mijlpaal.", examples=["start-opschaling"])
]
Wens = Annotated[RoutekaartFilter, Query()]
_KLOPT_NIET = (OnsamenhangendeMijlpaal, OnbekendeVoorziening, OnbekendeMijlpaal, AfhankelijkInEenKring, ConceptBlijftVerborgen)


class Csv(Response):
    media_type = "text/csv"


class Ics(Response):
    media_type = "text/calendar"


class Svg(Response):
    media_type = "image/svg+xml"


@mijlpalen.get("", **listing("mijlpalen", public()))
def list_mijlpalen(work: InWork, zicht: InZicht, wens: Annotated[MijlpalenFilter, Query()], pages: InPages) -> MijlpalenPagina:
    """Mijlpalen, besluiten en fasen van voorzieningen, op begin. Concepten ziet alleen het beheer."""
    return pages.make(MijlpalenPagina, wens, *service.list_mijlpalen(work, zicht, wens))


@mijlpalen.post("", **creating("Mijlpaal vastleggen", "De vastgelegde mijlpaal.", roles(BEHEER), versioned=True))
@refuses(MijlpaalBestaat, *_KLOPT_NIET)
def create_mijlpaal(work: InWork, nieuw: NieuweMijlpaal, response: Response) -> Mijlpaal:
    """Legt een mijlpaal, besluit of fase vast."""
    mijlpaal = service.vastleggen(work, nieuw)
    located(response, f"/v1/mijlpalen/{mijlpaal.id}", version=mijlpaal.versie)
    return mijlpaal


@mijlpalen.get(
    "/{id}",
    summary="Mijlpaal opvragen",
    response_description="De mijlpaal.",
    dependencies=[public()],
    responses={200: {"headers": ETAG}},
)
@refuses(MijlpaalNietGevonden)
def get_mijlpaal(
    work: InWork,
    zicht: InZicht,
    id: Id,
    response: Response,
    op: Annotated[
        GivenDay | None, Query(description="Zoals zij er aan het eind van deze dag stond.", examples=["2018-01-15"])
    ] = None,
) -> Mijlpaal:
    """Eén mijlpaal, zoals zij nu is of op een dag was."""
    mijlpaal = service.get_mijlpaal(work, zicht, id, op)
    response.headers["ETag"] = etag(mijlpaal.versie)
    return mijlpaal


@mijlpalen.patch(
    "/{id}",
    summary="Mijlpaal wijzigen",
    response_description="De mijlpaal, in haar nieuwe versie.",
    dependencies=[roles(BEHEER)],
    responses={200: {"headers": ETAG}},
)
@refuses(MijlpaalNietGevonden, Changed, VersionNeeded, *_KLOPT_NIET)
def update_mijlpaal(work: InWork, id: Id, wijziging: Mijlpaalwijziging, response: Response, if_match: IfMatch = None) -> Mijlpaal:
    """Geeft een mijlpaal een volgende versie; wat eerder gepland was, blijft in de vorige versies staan."""
    mijlpaal = service.wijzigen(work, id, if_match, wijziging)
    response.headers["ETag"] = etag(mijlpaal.versie)
    return mijlpaal


@mijlpalen.get("/{id}/versies", **listing("versies van een mijlpaal", public()))
@refuses(MijlpaalNietGevonden)
def list_mijlpaalversies(
    work: InWork, zicht: InZicht, id: Id, wens: Annotated[PageQuery, Query()], pages: InPages
) -> MijlpaalversiesPagina:
    """Wat er achtereenvolgens gepland was, oudste eerst; de laatste versie geldt nu."""
    return pages.make(MijlpaalversiesPagina, wens, *service.list_versies(work, zicht, id, wens))


def _vorm(wat: str) -> dict[str, Any]:
    """The options of the routekaart in another form."""
    return {"summary": f"Routekaart als {wat}", "response_description": f"De routekaart als {wat}.", "dependencies": [public()]}


@routekaart.get("", summary="Routekaart opvragen", response_description="De routekaart.", dependencies=[public()])
@refuses(RoutekaartTeGroot)
def get_routekaart(work: InWork, zicht: InZicht, wens: Wens) -> Routekaart:
    """Wat er komt, in banen per voorziening, met wat van wat afhangt. Dezelfde vraag kan als CSV, agenda en tekening."""
    return service.get_routekaart(work, zicht, wens)


@routekaart.get("/routekaart.csv", **_vorm("CSV"), response_class=Csv)
@refuses(RoutekaartTeGroot)
def get_routekaart_csv(work: InWork, zicht: InZicht, wens: Wens) -> Response:
    """Een regel per mijlpaal, voor een rekenblad. Een tekst die daarin een formule zou zijn, krijgt een apostrof ervoor."""
    return Csv(bestand.csv_van(service.get_routekaart(work, zicht, wens)), headers=_als_bestand("csv"))


@routekaart.get("/routekaart.ics", **_vorm("agenda"), response_class=Ics)
@refuses(RoutekaartTeGroot)
def get_routekaart_ics(work: InWork, zicht: InZicht, wens: Wens) -> Response:
    """Een agenda (iCalendar) om op te abonneren: een gewijzigde mijlpaal verschuift, een vervallen mijlpaal wordt afgezegd."""
    return Ics(agenda.ics_van(service.get_routekaart(work, zicht, wens)), headers=_als_bestand("ics"))


@routekaart.get("/routekaart.svg", **_vorm("tekening"), response_class=Svg)
@refuses(RoutekaartTeGroot)
def get_routekaart_svg(work: InWork, zicht: InZicht, wens: Wens) -> Response:
    """Een tekening (SVG): banen per voorziening, de tijd van links naar rechts, licht of donker zoals de lezer het wil."""
    kaart = service.get_routekaart(work, zicht, wens)
    return Svg(svg.teken(kaart, wens.vanaf, wens.tot), headers={"Content-Security-Policy": svg.CSP})


def _als_bestand(soort: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="routekaart.{soort}"'}
