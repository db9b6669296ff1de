"""HTTP of statements: for who keeps or audits all, and for the aanbieder itself."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Response
from gemeengoed_kit.drawing import Later
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.route import InWork, roles, router

from abonnement_api.specificatie import bestand, service
from abonnement_api.specificatie.errors import SpecificatieNietGevonden
from abonnement_api.specificatie.schemas import Specificatie
from abonnement_api.tarief.schemas import SLUG
from abonnement_api.toegang import AANBIEDER, LEZERS, InZicht
from abonnement_api.verdeling.router import Verdelingid

specificaties = router("/verdelingen/{id}/specificaties/{aanbieder}", "verdelingen")
Aanbieder = Annotated[
    str, Path(pattern=SLUG, max_length=60, description="Code van de aanbieder.", examples=["stichting-kindertelefoon"])
]
TOEGANG = [roles(*LEZERS, AANBIEDER)]


class Csv(Response):
    media_type = "text/csv"


class Pdf(Response):
    media_type = "application/pdf"


PDF: dict[int | str, dict[str, Any]] = {200: {"content": {Pdf.media_type: {"schema": {"type": "string", "format": "binary"}}}}}


@specificaties.get("", summary="Specificatie opvragen", response_description="De specificatie.", dependencies=TOEGANG)
@refuses(SpecificatieNietGevonden)
def get_specificatie(work: InWork, zicht: InZicht, id: Verdelingid, aanbieder: Aanbieder) -> Specificatie:
    """Wat een vastgestelde verdeling aan een aanbieder geeft: elke ontvangst op zijn diensten, met gemeente en factuur, en wat
    ervan terugging. Een aanbieder ziet alleen de zijne."""
    return service.get_specificatie(work, zicht, id, aanbieder)


@specificaties.get(
    "/specificatie.csv",
    summary="Specificatie als CSV opvragen",
    response_description="De regels van de specificatie.",
    response_class=Csv,
    dependencies=TOEGANG,
)
@refuses(SpecificatieNietGevonden)
def get_specificatie_csv(work: InWork, zicht: InZicht, id: Verdelingid, aanbieder: Aanbieder) -> Response:
    """De regels van de specificatie (RFC 4180, UTF-8), in centen. Een tekst die in een rekenblad een formule zou zijn, krijgt een
    apostrof ervoor."""
    van = service.get_specificatie(work, zicht, id, aanbieder)
    return Later(lambda: bestand.csv_van(van), Csv.media_type, _als_bestand(van, "csv"))


@specificaties.get(
    "/specificatie.pdf",
    summary="Specificatie als PDF opvragen",
    response_description="De specificatie.",
    response_class=Pdf,
    responses=PDF,
    dependencies=TOEGANG,
)
@refuses(SpecificatieNietGevonden)
def get_specificatie_pdf(work: InWork, zicht: InZicht, id: Verdelingid, aanbieder: Aanbieder) -> Response:
    """De specificatie om te lezen."""
    van = service.get_specificatie(work, zicht, id, aanbieder)
    return Later(lambda: bestand.pdf_van(van), Pdf.media_type, _als_bestand(van, "pdf"))


def _als_bestand(van: Specificatie, soort: str) -> dict[str, str]:
    return {"Content-Disposition": f'inline; filename="specificatie-{van.aanbieder}-{van.tot_en_met}.{soort}"'}
