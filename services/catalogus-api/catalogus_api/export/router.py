"""HTTP of the catalogue as files. Whoever asks gets what the list shows him."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Response
from gemeengoed_kit.clock import today
from gemeengoed_kit.route import InWork, public, router

from catalogus_api.export import bestand, dcat
from catalogus_api.toegang import InZicht, VanWie
from catalogus_api.voorziening import service
from catalogus_api.voorziening.schemas import Gesorteerd

exports = router("/voorzieningen", "voorzieningen")
Wens = Annotated[Gesorteerd, Query()]


class Csv(Response):
    media_type = "text/csv"


class Xlsx(Response):
    media_type = dcat.VORMEN["xlsx"][0]


class JsonLd(Response):
    media_type = "application/ld+json"


def _inhoud(soort: str, schema: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {soort: {"schema": schema}}}}


_BESTAND = _inhoud(Xlsx.media_type, {"type": "string", "format": "binary"})
_GRAAF = _inhoud(JsonLd.media_type, {"type": "object", "additionalProperties": True})


def _vorm(wat: str) -> dict[str, Any]:
    """The options of the voorzieningen in another form."""
    return {
        "summary": f"Voorzieningen als {wat}",
        "response_description": f"De voorzieningen als {wat}.",
        "dependencies": [public()],
    }


@exports.get("/export.csv", **_vorm("CSV"), response_class=Csv)
def get_voorzieningen_csv(work: InWork, zicht: InZicht, wens: Wens) -> Response:
    """Alles wat de lijst met dezelfde filters vindt, een regel per voorziening (RFC 4180, UTF-8). Een tekst die in een rekenblad
    een formule zou zijn, krijgt een apostrof ervoor; een lijst staat in één cel, met ` | ` ertussen. Voor een rekenblad past
    XLSX beter."""
    return Csv(bestand.csv_van(service.alle(work, zicht, wens)), headers=_als_bestand("csv"))


@exports.get("/export.xlsx", **_vorm("XLSX"), response_class=Xlsx, responses=_BESTAND)
def get_voorzieningen_xlsx(work: InWork, zicht: InZicht, peer_id: VanWie, wens: Wens) -> Response:
    """Alles wat de lijst met dezelfde filters vindt, als rekenblad, met de vindplaatsen en een verantwoording. Teksten blijven
    teksten."""
    filters = wens.model_dump(mode="json", by_alias=True, exclude_none=True)
    van = bestand.Verantwoording(peer_id, today(work.clock), filters, alles=not zicht.limits)
    return Xlsx(bestand.xlsx_van(service.alle(work, zicht, wens), van), headers=_als_bestand("xlsx"))


@exports.get("/export.jsonld", **_vorm("JSON-LD"), response_class=JsonLd, responses=_GRAAF)
def get_voorzieningen_jsonld(work: InWork, zicht: InZicht, peer_id: VanWie, wens: Wens) -> Response:
    """Alles wat de lijst met dezelfde filters vindt, als gekoppelde gegevens (DCAT-AP-NL 3.0), om in een andere catalogus over te
    nemen. Wat een API-specificatie heeft, is daarin een `dcat:DataService`; al het andere een `dcat:Resource`."""
    return JsonLd(dcat.jsonld_van(service.alle(work, zicht, wens), peer_id), headers=_als_bestand("jsonld"))


def _als_bestand(soort: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="voorzieningen.{soort}"'}
