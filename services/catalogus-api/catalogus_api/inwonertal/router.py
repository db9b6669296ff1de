"""HTTP of taking in a year of inhabitants, for the beheer of the catalogus."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.upload import File, Upload, takes_file

from catalogus_api.inwonertal import service
from catalogus_api.inwonertal.errors import InwonertallenWijkenAf, OngeldigeInwonertallen
from catalogus_api.inwonertal.rules import GROOTSTE, Bestand, lees
from catalogus_api.inwonertal.schemas import Inleesvraag, Inlezing
from catalogus_api.toegang import BEHEER

inwonertallen = router("/inwonertallen", "gemeenten")
BESTAND = ("text/csv", "application/octet-stream")
"""As what a file may be sent; generated clients know the second for a file."""
CSV = takes_file(
    BESTAND,
    request="CSV in UTF-8 met de kop `gemeentecode,inwoners` (of met puntkomma's), een regel per gemeente.",
    content="Alle gemeenten van één dag.",
)


def _gelezen(bestand: File) -> Bestand:
    return Bestand(*lees(bestand.content.read(GROOTSTE + 1)), bestand.digest.hex())


@inwonertallen.post(
    "",
    summary="Inwonertallen inlezen",
    response_description="Wat er is ingelezen.",
    dependencies=[roles(BEHEER)],
    **CSV,
)
@refuses(OngeldigeInwonertallen, InwonertallenWijkenAf)
def create_inwonertallen(
    work: InWork, vraag: Annotated[Inleesvraag, Query()], bestand: Annotated[Bestand, Depends(Upload(BESTAND, _gelezen))]
) -> Inlezing:
    """Leest de inwonertallen van alle gemeenten op een peildatum in, of geen daarvan. Hetzelfde bestand nog eens verandert niets.
    Een correctie vervangt alleen wat anders is; wat er stond, blijft met zijn datum te zien bij de gemeente."""
    return service.inlezen(work, bestand, vraag)
