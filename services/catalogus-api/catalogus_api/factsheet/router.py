"""HTTP of factsheets and ramingen. Reading is public, for what is published; catalogusbeheer writes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.conditional import ETAG, NOT_MODIFIED, Changed, IfMatch, IfNoneMatch, VersionNeeded, etag, unmodified
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.drawing import Later
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, public, roles, router

from catalogus_api.factsheet import service
from catalogus_api.factsheet.errors import FactsheetKloptNiet, FactsheetNietGevonden
from catalogus_api.factsheet.html import CSP, html_van
from catalogus_api.factsheet.pdf import pdf_van
from catalogus_api.factsheet.schemas import (
    Factsheet,
    Factsheetkeuze,
    FactsheetsPagina,
    NieuweFactsheet,
    Raming,
    Ramingvraag,
)
from catalogus_api.gemeente.errors import OnbekendeGemeente
from catalogus_api.toegang import BEHEER, InZicht
from catalogus_api.voorziening.errors import VoorzieningNietGevonden

factsheets = router("/voorzieningen/{code}", "factsheets")
Code = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$", description="Code van de voorziening.", examples=["govroam"])]
Keuze = Annotated[Factsheetkeuze, Query()]


_PDF = {
    **NOT_MODIFIED,
    200: {"headers": ETAG, "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}},
}


class Html(Response):
    media_type = "text/html"


class Pdf(Response):
    media_type = "application/pdf"


@factsheets.get(
    "/factsheet",
    summary="Factsheet opvragen",
    response_description="De factsheet.",
    response_model=Factsheet,
    responses=NOT_MODIFIED,
    dependencies=[public()],
)
@refuses(VoorzieningNietGevonden, FactsheetNietGevonden)
def get_factsheet(
    work: InWork, zicht: InZicht, code: Code, keuze: Keuze, response: Response, if_none_match: IfNoneMatch = None
) -> Factsheet | Response:
    """De vijf vragen over een voorziening, met kosten en besparingen om mee te rekenen. Dezelfde vraag kan als webpagina en als
    PDF. Een versie verandert nooit."""
    factsheet = service.get_factsheet(work, zicht, code, keuze)
    response.headers["ETag"] = etag(factsheet.versie)
    return unmodified(if_none_match, factsheet.versie) or factsheet


@factsheets.get(
    "/factsheet.html",
    summary="Factsheet als webpagina",
    response_description="De factsheet als webpagina.",
    response_class=Html,
    responses=NOT_MODIFIED,
    dependencies=[public()],
)
@refuses(VoorzieningNietGevonden, FactsheetNietGevonden)
def get_factsheet_html(work: InWork, zicht: InZicht, code: Code, keuze: Keuze, if_none_match: IfNoneMatch = None) -> Response:
    """Een toegankelijke webpagina, ook om af te drukken."""
    factsheet = service.get_factsheet(work, zicht, code, keuze)
    kop = {"ETag": etag(factsheet.versie), "Content-Security-Policy": CSP}
    return unmodified(if_none_match, factsheet.versie) or Later(lambda: html_van(factsheet).encode(), Html.media_type, kop)


@factsheets.get(
    "/factsheet.pdf",
    summary="Factsheet als PDF",
    response_description="De factsheet als PDF.",
    response_class=Pdf,
    responses=_PDF,
    dependencies=[public()],
)
@refuses(VoorzieningNietGevonden, FactsheetNietGevonden)
def get_factsheet_pdf(work: InWork, zicht: InZicht, code: Code, keuze: Keuze, if_none_match: IfNoneMatch = None) -> Response:
    """Een toegankelijke PDF op A4, voor wie erover besluit. Bij lange antwoorden zijn het meer bladzijden."""
    factsheet = service.get_factsheet(work, zicht, code, keuze)
    bestand = f"factsheet-{code}-{factsheet.datum}-v{factsheet.versie}.pdf"
    kop = {"ETag": etag(factsheet.versie), "Content-Disposition": f'inline; filename="{bestand}"'}
    return unmodified(if_none_match, factsheet.versie) or Later(lambda: pdf_van(factsheet), Pdf.media_type, kop)


@factsheets.get("/factsheets", **listing("factsheets", public()))
@refuses(VoorzieningNietGevonden)
def list_factsheets(
    work: InWork, zicht: InZicht, code: Code, wens: Annotated[PageQuery, Query()], pages: InPages
) -> FactsheetsPagina:
    """Elke versie van de factsheet van een voorziening, nieuwste eerst. Concepten ziet alleen catalogusbeheer."""
    return pages.make(FactsheetsPagina, wens, *service.list_factsheets(work, zicht, code, wens))


@factsheets.post("/factsheets", **creating("Factsheet vastleggen", "De factsheet.", roles(BEHEER), versioned=True))
@refuses(VoorzieningNietGevonden, FactsheetKloptNiet, Changed, VersionNeeded)
def create_factsheet(work: InWork, code: Code, nieuw: NieuweFactsheet, response: Response, if_match: IfMatch = None) -> Factsheet:
    """Legt de volgende versie vast, in haar geheel; de vorige blijven op te vragen. Publiceren is een versie vastleggen met
    `publicatiestatus` gepubliceerd. `If-Match` noemt de laatste versie, ook als die nog concept is; bij de eerste blijft het
    weg."""
    factsheet = service.vastleggen(work, code, nieuw, if_match)
    located(response, service.pad(code, factsheet.versie), version=factsheet.versie)
    return factsheet


@factsheets.get("/raming", summary="Raming opvragen", response_description="De raming.", dependencies=[public()])
@refuses(VoorzieningNietGevonden, FactsheetNietGevonden, OnbekendeGemeente)
def get_raming(work: InWork, zicht: InZicht, code: Code, vraag: Annotated[Ramingvraag, Query()]) -> Raming:
    """Wat de voorziening een gemeente kost en bespaart, met de berekening, voor zover dat uit de factsheet volgt. Wat niet te
    berekenen is, staat erbij met de reden."""
    return service.get_raming(work, zicht, code, vraag)
