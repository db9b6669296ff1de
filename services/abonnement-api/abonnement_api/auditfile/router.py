"""HTTP of the audit file, for who checks the bureau."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response
from gemeengoed_kit.files import FileResponse, Xml, file_content
from gemeengoed_kit.route import InWork, roles, router

from abonnement_api.auditfile import service
from abonnement_api.auditfile.schemas import Auditvraag
from abonnement_api.toegang import LEZERS

auditfiles = router("/rapportages/auditfile.xaf", "rapportages")


@auditfiles.get(
    "",
    summary="Auditfile opvragen",
    response_description="De auditfile.",
    response_class=Xml,
    responses=file_content(Xml.media_type),
    dependencies=[roles(*LEZERS)],
)
def get_auditfile(work: InWork, vraag: Annotated[Auditvraag, Query()]) -> Response:
    """Wat het bureau in een jaar heeft laten boeken, in het formaat dat de Belastingdienst en accountants inlezen (XML Auditfile
    Financieel 4.0): gemeenten als debiteuren, dagboeken voor verkoop, bank en memoriaal, en de beginbalans. Hoe groot het ook
    is, het is de stand van één moment, en het telt op tot wat aan fonds is opgedragen."""
    return FileResponse(service.get_auditfile(work, vraag.jaar), Xml.media_type, f"auditfile-abonnement-{vraag.jaar}.xaf")
