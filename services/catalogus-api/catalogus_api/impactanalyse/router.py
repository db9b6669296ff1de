"""HTTP of impactanalyses. Who sees a voorziening sees them; the beheer adds them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.schema import Digits

from catalogus_api.impactanalyse import service
from catalogus_api.impactanalyse.errors import ImpactanalyseKanNiet, ImpactanalyseNietGevonden
from catalogus_api.impactanalyse.schemas import Impactanalyse, ImpactanalysesPagina, NieuweImpactanalyse
from catalogus_api.toegang import BEHEER, InZicht
from catalogus_api.voorziening.errors import VoorzieningNietGevonden
from catalogus_api.voorziening.schemas import CODE

impactanalyses = router("/voorzieningen/{code}/impactanalyses", "levensloop")
Code = Annotated[str, Path(pattern=CODE, description="Code van de voorziening.", examples=["kindertelefoon"])]
Versie = Annotated[Digits, Path(ge=1, le=1_000_000, description="De hoeveelste van deze voorziening.", examples=[1])]


@impactanalyses.get("", **listing("impactanalyses", public()))
@refuses(VoorzieningNietGevonden)
def list_impactanalyses(
    work: InWork, zicht: InZicht, code: Code, wens: Annotated[PageQuery, Query()], pages: InPages
) -> ImpactanalysesPagina:
    """Wat een voorziening voor gemeenten zou betekenen: elke impactanalyse, laatste eerst; die geldt."""
    return pages.make(ImpactanalysesPagina, wens, *service.list_analyses(work, zicht, code, wens))


@impactanalyses.post("", **creating("Impactanalyse vaststellen", "De impactanalyse.", roles(BEHEER)))
@refuses(VoorzieningNietGevonden, ImpactanalyseKanNiet)
def create_impactanalyse(work: InWork, code: Code, nieuw: NieuweImpactanalyse, response: Response) -> Impactanalyse:
    """Stelt een impactanalyse vast, na een of meer afgeronde pilots. Zij verandert niet meer; een volgende komt ervoor in de
    plaats."""
    analyse = service.vaststellen(work, code, nieuw)
    located(response, service.pad(code, analyse.versie))
    return analyse


@impactanalyses.get(
    "/{versie}",
    summary="Impactanalyse opvragen",
    response_description="De impactanalyse.",
    dependencies=[public()],
)
@refuses(VoorzieningNietGevonden, ImpactanalyseNietGevonden)
def get_impactanalyse(work: InWork, zicht: InZicht, code: Code, versie: Versie) -> Impactanalyse:
    """Eén impactanalyse van een voorziening."""
    return service.get_analyse(work, zicht, code, versie)
