"""HTTP of aanbieders. Reading is public."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response
from gemeengoed_kit.pagination import LINK_HEADER, PageQuery, page_fields
from gemeengoed_kit.route import InWork, public, router

from abonnement_api.aanbieder import service
from abonnement_api.aanbieder.schemas import AanbiedersPagina

aanbieders = router("/aanbieders", "aanbieders")


@aanbieders.get(
    "",
    summary="Aanbieders opvragen",
    response_description="Een pagina met aanbieders.",
    dependencies=[public()],
    responses={200: {"headers": LINK_HEADER}},
)
def list_aanbieders(work: InWork, wens: Annotated[PageQuery, Query()], request: Request, response: Response) -> AanbiedersPagina:
    """De aanbieders met hun diensten, op code."""
    count, results = service.list_aanbieders(work, wens)
    return AanbiedersPagina.make(**page_fields(request, response, wens, count), results=results)
