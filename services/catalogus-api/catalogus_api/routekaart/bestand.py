"""The routekaart as a file for a spreadsheet: CSV (RFC 4180), in which no text is taken for a formula."""

from __future__ import annotations

import csv
import io

from gemeengoed_kit.spreadsheet import safe

from catalogus_api.routekaart.schemas import Routekaart

KOLOMMEN = (
    *("id", "versie", "voorziening", "baan", "naam", "soort", "begin", "eind", "nauwkeurigheid", "status", "publicatiestatus"),
    *("omschrijving", "bronvermelding", "afhankelijkVan"),
)


def csv_van(kaart: Routekaart) -> str:
    """A row per mijlpaal, lane after lane; what a mijlpaal depends on with spaces between."""
    bestand = io.StringIO()
    schrijver = csv.writer(bestand)
    schrijver.writerow(KOLOMMEN)
    for baan in kaart.banen:
        for mijlpaal in baan.mijlpalen:
            waarden = mijlpaal.model_dump(mode="json", by_alias=True)
            waarden |= {"baan": baan.naam, "afhankelijkVan": " ".join(mijlpaal.afhankelijk_van)}
            schrijver.writerow([safe(waarden[kolom]) for kolom in KOLOMMEN])
    return bestand.getvalue()
