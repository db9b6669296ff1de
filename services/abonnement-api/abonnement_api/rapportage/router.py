"""HTTP of reports: as JSON, as tables and as pictures. All forms show the same."""

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

from abonnement_api.aanbieder.errors import ContractNoemtOnbekendeAanbieder
from abonnement_api.gemeentepeiling.errors import GeenGemeentepeiling
from abonnement_api.rapportage import bestand, grafiek, service
from abonnement_api.rapportage.errors import StandInDeToekomst
from abonnement_api.rapportage.schemas import Deelname, Deelnamevraag, Inning, Inningvraag, Ouderdom, Ouderdomvraag
from abonnement_api.toegang import AANBIEDER, COMMISSIE, LEZERS, InStukzicht

rapportages = router("/rapportages", "rapportages")
BUREAU, INNINGLEZERS = roles(*LEZERS), roles(*LEZERS, COMMISSIE, AANBIEDER)
VanDeelname = Annotated[Deelnamevraag, Query()]
VanInning = Annotated[Inningvraag, Query()]
VanOuderdom = Annotated[Ouderdomvraag, Query()]


def _vorm(wat: str, toegang: Any) -> dict[str, Any]:
    return {"summary": wat, "response_description": f"{wat}.", "dependencies": [toegang]}


def _xlsx(wat: str, toegang: Any) -> dict[str, Any]:
    return {**_vorm(wat, toegang), "response_class": Xlsx, "responses": file_content(Xlsx.media_type)}


@rapportages.get("/deelname", **_vorm("Deelname", BUREAU))
@refuses(GeenGemeentepeiling)
def get_deelname(work: InWork, vraag: VanDeelname) -> Deelname:
    """Welke gemeenten op een dag een abonnement hebben en welke niet, in gemeenten en in inwoners. Welke gemeenten er zijn,
    zegt de catalogus, in een gemeentepeiling."""
    return service.get_deelname(work, vraag.peildatum)


@rapportages.get("/deelname.csv", **_vorm("Deelname als CSV", BUREAU), response_class=Csv)
@refuses(GeenGemeentepeiling)
def get_deelname_csv(work: InWork, vraag: VanDeelname) -> Response:
    """Een regel per gemeente (RFC 4180, UTF-8); eerst wie niet deelneemt."""
    van = service.get_deelname(work, vraag.peildatum)
    return Later(lambda: csv_of(bestand.deelname_blad(van)), Csv.media_type, as_file(f"deelname-{van.peildatum}.csv"))


@rapportages.get("/deelname.xlsx", **_xlsx("Deelname als rekenblad", BUREAU))
@refuses(GeenGemeentepeiling)
def get_deelname_xlsx(work: InWork, vraag: VanDeelname) -> Response:
    """Dezelfde regels als werkmap, met een toelichting."""
    van, dag = service.get_deelname(work, vraag.peildatum), today(work.clock)
    over = bestand.toelichting_blad(
        ("Peildatum", str(van.peildatum)),
        ("Peiling", van.peiling),
        ("Deelnemers", f"{van.percentage_gemeenten} % van de gemeenten"),
    )
    bladen = [bestand.deelname_blad(van), over]
    return Later(lambda: xlsx_of(bladen, dag), Xlsx.media_type, as_file(f"deelname-{van.peildatum}.xlsx"))


@rapportages.get("/deelname.svg", **_vorm("Deelname als tekening", BUREAU), response_class=Svg)
@refuses(GeenGemeentepeiling)
def get_deelname_svg(work: InWork, vraag: VanDeelname) -> Response:
    """Hoeveel inwoners er in gemeenten wonen die deelnemen, in totaal en per pakket, voor een licht of donker scherm; de
    beschrijving erin noemt elk aantal."""
    van = service.get_deelname(work, vraag.peildatum)
    return Later(lambda: grafiek.deelname_svg(van).encode(), Svg.media_type, _tekening(f"deelname-{van.peildatum}.svg"))


@rapportages.get("/inning", **_vorm("Inning", INNINGLEZERS))
@refuses(ContractNoemtOnbekendeAanbieder)
def get_inning(work: InWork, zicht: InStukzicht, vraag: VanInning) -> Inning:
    """Wat er per dienst is begroot, gefactureerd, ontvangen en besteed. Begroot en besteed komen uit de vastgestelde stukken
    van de aanbieders. Een aanbieder ziet alleen eigen diensten, ook in het totaal."""
    return service.get_inning(work, zicht, vraag.jaar)


@rapportages.get("/inning.csv", **_vorm("Inning als CSV", INNINGLEZERS), response_class=Csv)
@refuses(ContractNoemtOnbekendeAanbieder)
def get_inning_csv(work: InWork, zicht: InStukzicht, vraag: VanInning) -> Response:
    """Een regel per dienst en het totaal (RFC 4180, UTF-8), in centen."""
    van = service.get_inning(work, zicht, vraag.jaar)
    return Later(lambda: csv_of(bestand.inning_blad(van)), Csv.media_type, as_file(f"inning-{van.jaar}.csv"))


@rapportages.get("/inning.xlsx", **_xlsx("Inning als rekenblad", INNINGLEZERS))
@refuses(ContractNoemtOnbekendeAanbieder)
def get_inning_xlsx(work: InWork, zicht: InStukzicht, vraag: VanInning) -> Response:
    """Dezelfde regels als werkmap, in euro, met een toelichting."""
    van, dag = service.get_inning(work, zicht, vraag.jaar), today(work.clock)
    over = bestand.toelichting_blad(
        ("Jaar", str(van.jaar)), ("Stand van", str(van.op)), ("Volledig begroot", "ja" if van.volledig_begroot else "nee")
    )
    bladen = [bestand.inning_blad(van), over]
    return Later(lambda: xlsx_of(bladen, dag), Xlsx.media_type, as_file(f"inning-{van.jaar}.xlsx"))


@rapportages.get("/inning.svg", **_vorm("Inning als tekening", INNINGLEZERS), response_class=Svg)
@refuses(ContractNoemtOnbekendeAanbieder)
def get_inning_svg(work: InWork, zicht: InStukzicht, vraag: VanInning) -> Response:
    """Begroot, ontvangen en nog te ontvangen per dienst, als tekening."""
    van = service.get_inning(work, zicht, vraag.jaar)
    return Later(lambda: grafiek.inning_svg(van).encode(), Svg.media_type, _tekening(f"inning-{van.jaar}.svg"))


@rapportages.get("/ouderdom", **_vorm("Ouderdom", BUREAU))
@refuses(StandInDeToekomst)
def get_ouderdom(work: InWork, vraag: VanOuderdom) -> Ouderdom:
    """Hoe lang na hun vervaldatum facturen open staan, aan het eind van een dag: met wat tot en met die dag is gefactureerd,
    gecrediteerd en ontvangen. Per klasse en per gemeente."""
    return service.get_ouderdom(work, vraag.op)


@rapportages.get("/ouderdom.csv", **_vorm("Ouderdom als CSV", BUREAU), response_class=Csv)
@refuses(StandInDeToekomst)
def get_ouderdom_csv(work: InWork, vraag: VanOuderdom) -> Response:
    """Een regel per gemeente met een kolom per klasse, en het totaal (RFC 4180, UTF-8), in centen."""
    van = service.get_ouderdom(work, vraag.op)
    return Later(lambda: csv_of(bestand.ouderdom_blad(van)), Csv.media_type, as_file(f"ouderdom-{van.op}.csv"))


@rapportages.get("/ouderdom.xlsx", **_xlsx("Ouderdom als rekenblad", BUREAU))
@refuses(StandInDeToekomst)
def get_ouderdom_xlsx(work: InWork, vraag: VanOuderdom) -> Response:
    """Dezelfde regels als werkmap, in euro, met een toelichting."""
    van, dag = service.get_ouderdom(work, vraag.op), today(work.clock)
    bladen = [
        bestand.ouderdom_blad(van),
        bestand.toelichting_blad(("Stand van", str(van.op)), ("Klassen", "dagen na de vervaldatum")),
    ]
    return Later(lambda: xlsx_of(bladen, dag), Xlsx.media_type, as_file(f"ouderdom-{van.op}.xlsx"))


@rapportages.get("/ouderdom.svg", **_vorm("Ouderdom als tekening", BUREAU), response_class=Svg)
@refuses(StandInDeToekomst)
def get_ouderdom_svg(work: InWork, vraag: VanOuderdom) -> Response:
    """Wat er open staat per klasse, als tekening."""
    van = service.get_ouderdom(work, vraag.op)
    return Later(lambda: grafiek.ouderdom_svg(van).encode(), Svg.media_type, _tekening(f"ouderdom-{van.op}.svg"))


def _tekening(naam: str) -> dict[str, str]:
    return {"Content-Security-Policy": charts.CSP, **as_file(naam, "inline")}
