"""HTTP of reports: as JSON, as tables and as pictures. All show the same."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Response
from gemeengoed_kit import charts
from gemeengoed_kit.clock import today
from gemeengoed_kit.drawing import Later
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.files import Csv, Svg, Xlsx, as_file, file_content
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.sheets import csv_of, xlsx_of

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.fonds.errors import FondsNietGevonden
from fonds_api.fonds.schemas import Fondscode
from fonds_api.toegang import VERSLAGLEZERS, InVerslagzicht
from fonds_api.verantwoording import bestand, grafiek, service
from fonds_api.verantwoording.schemas import Realisatie, Verslagvraag

verslagen = router("/fondsen/{code}", "verantwoording")
Vraag = Annotated[Verslagvraag, Query()]


def _vorm(wat: str) -> dict[str, Any]:
    return {"summary": wat, "response_description": f"{wat}.", "dependencies": [roles(*VERSLAGLEZERS)]}


@verslagen.get(
    "/realisatie",
    summary="Realisatie opvragen",
    response_description="Het verslag.",
    dependencies=[roles(*VERSLAGLEZERS)],
)
@refuses(FondsNietGevonden, GeenGemeentecode)
def get_realisatie(work: InWork, zicht: InVerslagzicht, code: Fondscode, vraag: Vraag) -> Realisatie:
    """Wat er in een jaar is begroot, verplicht en besteed, per prioriteit, budgetsoort en kwartaal, en waar het geld vandaan
    kwam. Elk bedrag is na te rekenen: `herleiding` noemt de afschriften waarvan de bewegingen samen dat bedrag zijn. Een gemeente
    ziet dit van fondsen met een vastgestelde begroting; de afschriften zelf noemen ook anderen en zijn niet voor haar."""
    return service.get_realisatie(work, zicht, code, vraag)


@verslagen.get("/realisatie.csv", **_vorm("Realisatie als CSV"), response_class=Csv)
@refuses(FondsNietGevonden, GeenGemeentecode)
def get_realisatie_csv(work: InWork, zicht: InVerslagzicht, code: Fondscode, vraag: Vraag) -> Response:
    """Waar het geld heen gaat, een regel per regel van het verslag (RFC 4180, UTF-8), in centen. Een tekst die in een rekenblad
    een formule zou zijn, krijgt een apostrof ervoor."""
    van = service.get_realisatie(work, zicht, code, vraag)
    return Later(lambda: csv_of(bestand.realisatie_blad(van)), Csv.media_type, as_file(_naam("realisatie", van, "csv")))


@verslagen.get("/herkomst.csv", **_vorm("Herkomst als CSV"), response_class=Csv)
@refuses(FondsNietGevonden, GeenGemeentecode)
def get_herkomst_csv(work: InWork, zicht: InVerslagzicht, code: Fondscode, vraag: Vraag) -> Response:
    """Waar het geld vandaan komt, als de realisatie in CSV."""
    van = service.get_realisatie(work, zicht, code, vraag)
    return Later(lambda: csv_of(bestand.herkomst_blad(van)), Csv.media_type, as_file(_naam("herkomst", van, "csv")))


@verslagen.get(
    "/realisatie.xlsx", **_vorm("Realisatie als rekenblad"), response_class=Xlsx, responses=file_content(Xlsx.media_type)
)
@refuses(FondsNietGevonden, GeenGemeentecode)
def get_realisatie_xlsx(work: InWork, zicht: InVerslagzicht, code: Fondscode, vraag: Vraag) -> Response:
    """Het hele verslag als werkmap, in euro: waar het geld heen gaat, waar het vandaan komt, en een toelichting."""
    van, dag = service.get_realisatie(work, zicht, code, vraag), today(work.clock)
    bladen = [bestand.realisatie_blad(van), bestand.herkomst_blad(van), bestand.toelichting_blad(van)]
    return Later(lambda: xlsx_of(bladen, dag), Xlsx.media_type, as_file(_naam("realisatie", van, "xlsx")))


@verslagen.get("/realisatie.svg", **_vorm("Realisatie als tekening"), response_class=Svg)
@refuses(FondsNietGevonden, GeenGemeentecode)
def get_realisatie_svg(work: InWork, zicht: InVerslagzicht, code: Fondscode, vraag: Vraag) -> Response:
    """Begroot, verplicht en besteed per prioriteit, als tekening voor een licht of donker scherm; de beschrijving erin noemt elk
    bedrag."""
    van = service.get_realisatie(work, zicht, code, vraag)
    return Later(lambda: grafiek.realisatie_svg(van).encode(), Svg.media_type, _tekening("realisatie", van))


@verslagen.get("/herkomst.svg", **_vorm("Herkomst als tekening"), response_class=Svg)
@refuses(FondsNietGevonden, GeenGemeentecode)
def get_herkomst_svg(work: InWork, zicht: InVerslagzicht, code: Fondscode, vraag: Vraag) -> Response:
    """Waar het geld vandaan komt, begroot en ontvangen, als tekening."""
    van = service.get_realisatie(work, zicht, code, vraag)
    return Later(lambda: grafiek.herkomst_svg(van).encode(), Svg.media_type, _tekening("herkomst", van))


def _naam(wat: str, van: Realisatie, soort: str) -> str:
    return f"{wat}-{van.fonds}-{van.jaar}-{van.peildatum}.{soort}"


def _tekening(wat: str, van: Realisatie) -> dict[str, str]:
    return {"Content-Security-Policy": charts.CSP, **as_file(_naam(wat, van, "svg"), "inline")}
