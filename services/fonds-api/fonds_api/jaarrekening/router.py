"""HTTP of jaarrekeningen: as JSON, as a page, as PDF and as tables. All show the same."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query, Response
from gemeengoed_kit.clock import today
from gemeengoed_kit.drawing import Later
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.files import Csv, Html, Pdf, Xlsx, as_file, file_content
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.sheets import csv_of, xlsx_of
from pydantic import Field

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.fonds.errors import FondsNietGevonden
from fonds_api.fonds.schemas import Fondscode
from fonds_api.jaarrekening import service
from fonds_api.jaarrekening.beeld import bladen_van
from fonds_api.jaarrekening.html import CSP, html_van
from fonds_api.jaarrekening.pdf import pdf_van
from fonds_api.jaarrekening.schemas import Jaarrekening, Jaarvraag
from fonds_api.toegang import VERSLAGLEZERS, InVerslagzicht

jaarrekeningen = router("/fondsen/{code}", "verantwoording")
Vraag = Annotated[Jaarvraag, Query()]
_DELEN = ("balans", "baten-en-lasten", "toelichting")


class Deelvraag(Jaarvraag):
    deel: Literal["balans", "baten-en-lasten", "toelichting"] = Field(
        "baten-en-lasten", description="Welk deel.", examples=["balans"]
    )


def _vorm(wat: str) -> dict[str, Any]:
    return {"summary": f"Jaarrekening als {wat}", "response_description": f"De jaarrekening als {wat}.", "dependencies": [LEZERS]}


LEZERS = roles(*VERSLAGLEZERS)


@jaarrekeningen.get(
    "/jaarrekening", summary="Jaarrekening opvragen", response_description="De jaarrekening.", dependencies=[LEZERS]
)
@refuses(FondsNietGevonden, GeenGemeentecode)
def get_jaarrekening(work: InWork, zicht: InVerslagzicht, code: Fondscode, vraag: Vraag) -> Jaarrekening:
    """De balans, de staat van baten en lasten naast de begroting, en per prioriteit wat ervan kwam, opgemaakt uit het grootboek
    zoals het nu is. Zolang de ledenvergadering haar niet heeft vastgesteld, is zij een concept."""
    return service.get_jaarrekening(work, zicht, code, vraag.jaar)


@jaarrekeningen.get("/jaarrekening.html", **_vorm("webpagina"), response_class=Html)
@refuses(FondsNietGevonden, GeenGemeentecode)
def get_jaarrekening_html(work: InWork, zicht: InVerslagzicht, code: Fondscode, vraag: Vraag) -> Response:
    """Een toegankelijke webpagina, ook om af te drukken."""
    van = service.get_jaarrekening(work, zicht, code, vraag.jaar)
    return Later(lambda: html_van(van).encode(), Html.media_type, {"Content-Security-Policy": CSP})


@jaarrekeningen.get("/jaarrekening.pdf", **_vorm("PDF"), response_class=Pdf, responses=file_content(Pdf.media_type))
@refuses(FondsNietGevonden, GeenGemeentecode)
def get_jaarrekening_pdf(work: InWork, zicht: InVerslagzicht, code: Fondscode, vraag: Vraag) -> Response:
    """Een toegankelijke PDF op A4, voor bij de stukken van de ledenvergadering."""
    van = service.get_jaarrekening(work, zicht, code, vraag.jaar)
    return Later(lambda: pdf_van(van), Pdf.media_type, as_file(_naam(van, "pdf"), "inline"))


@jaarrekeningen.get("/jaarrekening.xlsx", **_vorm("rekenblad"), response_class=Xlsx, responses=file_content(Xlsx.media_type))
@refuses(FondsNietGevonden, GeenGemeentecode)
def get_jaarrekening_xlsx(work: InWork, zicht: InVerslagzicht, code: Fondscode, vraag: Vraag) -> Response:
    """De hele jaarrekening als werkmap, in euro, met een blad per deel."""
    van, dag = service.get_jaarrekening(work, zicht, code, vraag.jaar), today(work.clock)
    return Later(lambda: xlsx_of(bladen_van(van), dag), Xlsx.media_type, as_file(_naam(van, "xlsx")))


@jaarrekeningen.get("/jaarrekening.csv", **_vorm("CSV"), response_class=Csv)
@refuses(FondsNietGevonden, GeenGemeentecode)
def get_jaarrekening_csv(work: InWork, zicht: InVerslagzicht, code: Fondscode, vraag: Annotated[Deelvraag, Query()]) -> Response:
    """Eén deel van de jaarrekening (RFC 4180, UTF-8), in centen."""
    van = service.get_jaarrekening(work, zicht, code, vraag.jaar)
    naam = as_file(_naam(van, f"{vraag.deel}.csv"))
    return Later(lambda: csv_of(bladen_van(van)[_DELEN.index(vraag.deel)]), Csv.media_type, naam)


def _naam(van: Jaarrekening, soort: str) -> str:
    return f"jaarrekening-{van.fonds}-{van.jaar}{'-concept' if van.status == 'concept' else ''}.{soort}"
