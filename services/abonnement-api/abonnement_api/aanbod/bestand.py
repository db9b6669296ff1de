"""The board as a file for a spreadsheet: CSV (RFC 4180), in which no text is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from gemeengoed_kit.spreadsheet import safe

from abonnement_api.aanbod.schemas import Aanbodgemeente

KOLOMMEN = ("gemeentecode", "gemeentenaam", "inwoners", "stand", "datum", "pakket", "abonnement", "rappels", "laatsteRappel")


def csv_van(gemeenten: Sequence[Aanbodgemeente]) -> str:
    """A row per gemeente."""
    bestand = io.StringIO()
    schrijver = csv.writer(bestand)
    schrijver.writerow(KOLOMMEN)
    for gemeente in gemeenten:
        waarden = gemeente.model_dump(mode="json", by_alias=True)
        schrijver.writerow([safe(waarden[kolom]) for kolom in KOLOMMEN])
    return bestand.getvalue()
