"""Voorzieningen as linked data: JSON-LD in DCAT-AP-NL 3.0 (Geonovum), so that other catalogues can take them over.

What has a published API specification is a dcat:DataService; all else is a dcat:Resource, since it is neither data nor a service
of data. The catalogue itself is the one dcat:Dataset, with this file and the others as its distributions. Nothing is made up:
what the profile asks and the catalogue does not know is said to be unknown (a licence), or left out (an endpoint).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from catalogus_api.voorziening.rules import CONCEPT
from catalogus_api.voorziening.schemas import Voorziening

PAD = "/v1/voorzieningen"
CATALOGUS, DATASET, AANBIEDER, CONTACT = (
    f"{PAD}/export.jsonld#{deel}" for deel in ("catalogus", "dataset", "aanbieder", "contact")
)
_EU = "http://publications.europa.eu/resource/authority/"
NEDERLANDS = _EU + "language/NLD"
OVERHEID = _EU + "data-theme/GOVE"
OPENBAAR, BEPERKT, NIET_OPENBAAR = (f"{_EU}access-right/{wat}" for wat in ("PUBLIC", "RESTRICTED", "NON_PUBLIC"))
ONBEKENDE_LICENTIE = "http://standaarden.overheid.nl/owms/terms/licentieonbekend"
"""Of the list of licences of DCAT-AP-DONL: the catalogue does not know them."""
VORMEN = {"csv": ("text/csv", "CSV"), "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
          "jsonld": ("application/ld+json", "JSON_LD")}  # fmt: skip
CONTEXT: dict[str, Any] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct:modified": {"@type": "xsd:dateTime"},
    **{
        naam: {"@type": "@id"}
        for naam in (
            *("dcat:accessURL", "dcat:contactPoint", "dcat:dataset", "dcat:distribution", "dcat:downloadURL"),
            *("dcat:endpointDescription", "dcat:mediaType", "dcat:resource", "dcat:service", "dcat:theme", "dcat:themeTaxonomy"),
            *("dct:accessRights", "dct:format", "dct:language", "dct:license", "dct:publisher", "dct:relation", "foaf:homepage"),
            *("foaf:page", "vcard:hasEmail"),
        )
    },
}


def jsonld_van(voorzieningen: Iterable[Voorziening], peer_id: str) -> bytes:
    """The catalogue with these voorzieningen.

    Args:
        peer_id: OIN of who offers the catalogue.
    """
    knopen = [_knoop(voorziening) for voorziening in voorzieningen]
    graaf = [*_catalogus(knopen, peer_id), *knopen]
    return json.dumps({"@context": CONTEXT, "@graph": graaf}, ensure_ascii=False, separators=(",", ":")).encode()


def _catalogus(knopen: list[dict[str, Any]], peer_id: str) -> Iterator[dict[str, Any]]:
    aanbieder = {"dct:publisher": AANBIEDER, "dcat:contactPoint": CONTACT, "dct:language": NEDERLANDS, "dcat:theme": OVERHEID}
    yield {
        "@id": CATALOGUS,
        "@type": "dcat:Catalog",
        "dct:title": _nl("Catalogus van gedeelde voorzieningen"),
        "dct:description": _nl("De voorzieningen en initiatieven die gemeenten delen."),
        **aanbieder,
        "dct:license": ONBEKENDE_LICENTIE,
        "dcat:themeTaxonomy": _EU + "data-theme",
        "dcat:dataset": DATASET,
        "dcat:service": [knoop["@id"] for knoop in knopen if knoop["@type"] == "dcat:DataService"],
        "dcat:resource": [knoop["@id"] for knoop in knopen if knoop["@type"] == "dcat:Resource"],
    }
    yield {
        "@id": DATASET,
        "@type": "dcat:Dataset",
        "dct:identifier": "voorzieningen",
        "dct:title": _nl("Gedeelde voorzieningen"),
        "dct:description": _nl("Wat de catalogus van elke voorziening weet."),
        **aanbieder,
        "dct:creator": {"@id": AANBIEDER},
        "dct:accessRights": OPENBAAR,
        "dcat:distribution": [f"{PAD}/export.{vorm}" for vorm in VORMEN],
    }
    for vorm, (media, soort) in VORMEN.items():
        yield {
            "@id": f"{PAD}/export.{vorm}",
            "@type": "dcat:Distribution",
            "dcat:accessURL": f"{PAD}/export.{vorm}",
            "dcat:downloadURL": f"{PAD}/export.{vorm}",
            "dcat:mediaType": f"http://www.iana.org/assignments/media-types/{media}",
            "dct:format": f"{_EU}file-type/{soort}",
            "dct:license": ONBEKENDE_LICENTIE,
        }
    yield {
        "@id": AANBIEDER,
        "@type": "foaf:Agent",
        "foaf:name": _nl("Aanbieder van de catalogus"),
        "dct:identifier": f"urn:nld:oin:{peer_id}",
    }
    yield {
        "@id": CONTACT,
        "@type": "vcard:Kind",
        "vcard:fn": _nl("Gemeengoed"),
        "vcard:hasEmail": "mailto:api@gemeengoed.example",
    }


def _knoop(een: Voorziening) -> dict[str, Any]:
    dienst = een.api_specificatie is not None
    knoop: dict[str, Any] = {
        "@id": f"{PAD}/{een.code}",
        "@type": "dcat:DataService" if dienst else "dcat:Resource",
        "dct:identifier": een.code,
        "dct:title": _nl(een.naam),
        "dct:description": _nl(een.omschrijving),
        "dct:type": _begrip(een.soort),
        "dcat:theme": OVERHEID,
        "dcat:keyword": [_nl(woord) for woord in dict.fromkeys([een.domein, een.soort, *een.bouwstenen])],
        "dct:publisher": AANBIEDER,
        "dcat:contactPoint": CONTACT,
        "dct:language": NEDERLANDS,
        "dct:modified": een.model_dump(mode="json", include={"gewijzigd_op"})["gewijzigd_op"],
        "dcat:version": str(een.versie),
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": _nl(een.bronvermelding)},
    }
    if een.publicatiestatus == CONCEPT:
        knoop["dct:accessRights"] = NIET_OPENBAAR
    elif dienst:
        knoop["dct:accessRights"] = BEPERKT
    if dienst:
        knoop |= {"dcat:endpointDescription": een.api_specificatie, "dct:license": ONBEKENDE_LICENTIE}
    if een.eigenaar is not None:
        knoop["dct:creator"] = _wie(een.eigenaar)
    if anderen := [*een.ontwikkelaars, *een.leveranciers]:
        knoop["dct:contributor"] = [_wie(naam) for naam in dict.fromkeys(anderen)]
    if een.fase is not None:
        knoop["adms:status"] = _begrip(een.fase)
    if een.documentatie is not None:
        knoop["foaf:page"] = een.documentatie
    if een.broncode is not None:
        knoop["dct:relation"] = een.broncode
    return knoop


def _nl(tekst: str) -> dict[str, str]:
    return {"@value": tekst, "@language": "nl"}


def _begrip(naam: str) -> dict[str, Any]:
    return {"@type": "skos:Concept", "skos:prefLabel": _nl(naam)}


def _wie(naam: str) -> dict[str, Any]:
    return {"@type": "foaf:Agent", "foaf:name": _nl(naam)}
