"""HTTP of aanbieders. Reading is public."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, public, router

from abonnement_api.aanbieder import service
from abonnement_api.aanbieder.schemas import AanbiedersPagina

aanbieders = router("/aanbieders", "aanbieders")


@aanbieders.get("", **listing("aanbieders", public()))
def list_aanbieders(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> AanbiedersPagina:
    """De aanbieders met hun diensten, op code."""
    return pages.make(AanbiedersPagina, wens, *service.list_aanbieders(work, wens))
