"""HTTP of files of the ledger. They have single entries, so they are for who may read those."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.files import Csv, FileResponse, Xml, file_content
from gemeengoed_kit.route import InWork, roles, router

from fonds_api.auditfile import service
from fonds_api.auditfile.schemas import Auditvraag, Journaalvraag
from fonds_api.boeking.schemas import REKENINGNUMMER
from fonds_api.fonds.errors import FondsNietGevonden
from fonds_api.fonds.schemas import Fondscode
from fonds_api.rekening.errors import RekeningNietGevonden
from fonds_api.toegang import LEZERS, FiscaalNummer, InVerslagzicht

auditfiles = router("/fondsen/{code}", "verantwoording")
LEZERS = roles(*LEZERS)
Nummer = Annotated[str, Path(pattern=REKENINGNUMMER, description="Nummer van de rekening.", examples=["1100"])]


@auditfiles.get(
    "/auditfile.xaf",
    summary="Auditfile opvragen",
    response_description="De auditfile.",
    response_class=Xml,
    responses=file_content(Xml.media_type),
    dependencies=[LEZERS],
)
@refuses(FondsNietGevonden)
def get_auditfile(
    work: InWork,
    zicht: InVerslagzicht,
    nummer: FiscaalNummer,
    code: Fondscode,
    vraag: Annotated[Auditvraag, Query()],
) -> Response:
    """Het hele grootboek van een fonds en jaar, in het formaat dat de Belastingdienst en accountants inlezen (XML Auditfile
    Financieel 4.0): rekeningen, maanden, beginbalans, en per bron van documenten de boekingen. Hoe groot het ook is, het is de
    stand van één moment."""
    return FileResponse(
        service.get_auditfile(work, zicht, code, vraag.jaar, nummer), Xml.media_type, f"auditfile-{code}-{vraag.jaar}.xaf"
    )


@auditfiles.get(
    "/journaal.csv",
    summary="Journaal als CSV",
    response_description="Het journaal.",
    response_class=Csv,
    dependencies=[LEZERS],
)
@refuses(FondsNietGevonden)
def get_journaal(work: InWork, zicht: InVerslagzicht, code: Fondscode, vraag: Annotated[Journaalvraag, Query()]) -> Response:
    """Alle boekingsregels van een periode, op boekdatum en volgorde van boeken (RFC 4180, UTF-8), in centen."""
    return FileResponse(
        service.get_journaal(work, zicht, code, vraag), Csv.media_type, f"journaal-{code}-{vraag.vanaf}-{vraag.tot}.csv"
    )


@auditfiles.get(
    "/rekeningen/{nummer}/grootboekkaart.csv",
    summary="Grootboekkaart als CSV",
    response_description="De grootboekkaart.",
    response_class=Csv,
    dependencies=[LEZERS],
)
@refuses(FondsNietGevonden, RekeningNietGevonden)
def get_grootboekkaart(
    work: InWork, zicht: InVerslagzicht, code: Fondscode, nummer: Nummer, vraag: Annotated[Journaalvraag, Query()]
) -> Response:
    """Wat er in een periode op een rekening is geboekt, met het saldo ervoor en na elke regel (debet min credit), in centen."""
    bestand = service.get_grootboekkaart(work, zicht, code, nummer, vraag)
    return FileResponse(bestand, Csv.media_type, f"grootboekkaart-{code}-{nummer}-{vraag.vanaf}-{vraag.tot}.csv")
