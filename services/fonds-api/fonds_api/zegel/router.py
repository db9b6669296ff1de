"""HTTP of the logs."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.schema import GivenUuid

from fonds_api.boeking.errors import BoekingNietGevonden
from fonds_api.fonds.errors import FondsNietGevonden
from fonds_api.fonds.schemas import Fondscode
from fonds_api.toegang import LEZERS, InZicht
from fonds_api.zegel import service
from fonds_api.zegel.errors import CheckpointNietGevonden, LogboekKleiner, NogNietVerzegeld
from fonds_api.zegel.note import note
from fonds_api.zegel.schemas import (
    CHECKPOINT,
    Bewijs,
    BladenFilter,
    BladenPagina,
    CheckpointVraag,
    Consistentie,
    Consistentievraag,
    ZegelsleutelsPagina,
)

logboeken = router("/fondsen/{code}", "zegel")
bewijzen = router("/boekingen/{id}/bewijs", "zegel")


class Tekst(Response):
    media_type = "text/plain"


CHECKPOINTTEKST: dict[int | str, dict[str, Any]] = {
    200: {"content": {Tekst.media_type: {"schema": {"type": "string", "example": CHECKPOINT}}}}
}


@logboeken.get(
    "/checkpoint",
    summary="Checkpoint opvragen",
    response_description="Het ondertekende checkpoint.",
    dependencies=[public()],
    response_class=Tekst,
    responses=CHECKPOINTTEKST,
)
@refuses(FondsNietGevonden, CheckpointNietGevonden)
def get_checkpoint(work: InWork, code: Fondscode, vraag: Annotated[CheckpointVraag, Query()]) -> Response:
    """Hoe groot het logboek van het fonds is en wat de wortel van zijn boom is, ondertekend door deze dienst (C2SP signed-note en
    tlog-checkpoint, Ed25519). Voor iedereen: het zegt alleen hoeveel boekingen er zijn."""
    checkpoint, regels = service.get_checkpoint(work, code, vraag.grootte)
    return Tekst(note(checkpoint.tekst, regels))


@logboeken.get(
    "/consistentie",
    summary="Consistentie bewijzen",
    response_description="Het bewijs.",
    dependencies=[public()],
)
@refuses(FondsNietGevonden, CheckpointNietGevonden, LogboekKleiner)
def get_consistentie(work: InWork, code: Fondscode, vraag: Annotated[Consistentievraag, Query()]) -> Consistentie:
    """Bewijst dat het logboek sinds een eerdere grootte alleen is aangevuld (RFC 6962). Reken het na tegen de wortel die u zelf
    heeft bewaard."""
    return service.get_consistentie(work, code, vraag.van, vraag.tot)


@logboeken.get("/bladen", **listing("bladen", roles(*LEZERS)))
@refuses(FondsNietGevonden)
def list_bladen(
    work: InWork, zicht: InZicht, code: Fondscode, wens: Annotated[BladenFilter, Query()], pages: InPages
) -> BladenPagina:
    """Alle bladen van het logboek, om zelf de boom na te rekenen."""
    return pages.make(BladenPagina, wens, *service.list_bladen(work, zicht, code, wens))


@logboeken.get("/zegelsleutels", **listing("zegelsleutels", public()))
@refuses(FondsNietGevonden)
def list_zegelsleutels(work: InWork, code: Fondscode, wens: Annotated[PageQuery, Query()], pages: InPages) -> ZegelsleutelsPagina:
    """De publieke sleutels waarmee de checkpoints van het fonds zijn ondertekend. Haal hem één keer op en bewaar hem: wie elke
    keer de sleutel van de aanbieder vraagt, gelooft de aanbieder."""
    return pages.make(ZegelsleutelsPagina, wens, *service.list_sleutels(work, code, wens))


@bewijzen.get(
    "",
    summary="Bewijs van een boeking opvragen",
    response_description="Het bewijs.",
    dependencies=[roles(*LEZERS)],
)
@refuses(BoekingNietGevonden, CheckpointNietGevonden, NogNietVerzegeld)
def get_bewijs(
    work: InWork,
    zicht: InZicht,
    id: Annotated[
        GivenUuid, Path(description="Identificatie van de boeking.", examples=["7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"])
    ],
    vraag: Annotated[CheckpointVraag, Query()],
) -> Bewijs:
    """Bewijst dat de boeking in het logboek van haar fonds staat, met dezelfde inhoud als toen zij werd verzegeld (RFC 6962)."""
    return service.get_bewijs(work, zicht, id, vraag.grootte)
