"""HTTP of the duiding. Reading is public; of scores, what is of a voorziening that is published. Catalogusbeheer writes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.conditional import WITH_ETAG, Changed, IfMatch, VersionNeeded, etag
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.schema import Digits

from catalogus_api.duiding import service
from catalogus_api.duiding.errors import (
    CriteriumBestaat,
    CriteriumNietGevonden,
    OnbekendeWeging,
    RangschikkingTeGroot,
    ScoreKloptNiet,
    ScoreNietGevonden,
    WegingKloptNiet,
    WegingNietGevonden,
)
from catalogus_api.duiding.rules import CODE
from catalogus_api.duiding.schemas import (
    CriteriaPagina,
    Criterium,
    NieuwCriterium,
    NieuweScore,
    NieuweWeging,
    Rangschikking,
    Rangschikkingvraag,
    Score,
    ScoresFilter,
    ScoresPagina,
    Vergelijking,
    Vergelijkingvraag,
    Weging,
    WegingenFilter,
    WegingenPagina,
)
from catalogus_api.toegang import BEHEER, InZicht

duiding = router("/duiding", "duiding")
_PATROON = f"^{CODE}$"
Criteriumcode = Annotated[
    str, Path(pattern=_PATROON, max_length=60, description="Code van het criterium.", examples=["urgentie"])
]
Wegingcode = Annotated[str, Path(pattern=_PATROON, max_length=60, description="Code van de weging.", examples=["gelijk"])]
Scorenummer = Annotated[Digits, Path(ge=1, le=10**15, description="Nummer van de score.", examples=[1])]


@duiding.get("/criteria", **listing("criteria", public()))
def list_criteria(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> CriteriaPagina:
    """Waar voorzieningen naar worden beoordeeld: wat wordt gescoord en weegt, en wat wordt beschreven."""
    return pages.make(CriteriaPagina, wens, *service.list_criteria(work, wens))


@duiding.post("/criteria", **creating("Criterium vastleggen", "Het criterium.", roles(BEHEER)))
@refuses(CriteriumBestaat)
def create_criterium(work: InWork, nieuw: NieuwCriterium, response: Response) -> Criterium:
    """Legt een criterium vast. Het verandert daarna niet meer: er wordt mee beoordeeld."""
    criterium = service.criterium_vastleggen(work, nieuw)
    located(response, f"/v1/duiding/criteria/{criterium.code}")
    return criterium


@duiding.get("/criteria/{code}", summary="Criterium opvragen", response_description="Het criterium.", dependencies=[public()])
@refuses(CriteriumNietGevonden)
def get_criterium(work: InWork, code: Criteriumcode) -> Criterium:
    """Eén criterium."""
    return service.get_criterium(work, code)


@duiding.get("/wegingen", **listing("wegingen", public()))
def list_wegingen(work: InWork, wens: Annotated[WegingenFilter, Query()], pages: InPages) -> WegingenPagina:
    """Alle versies van alle wegingen, of van één."""
    return pages.make(WegingenPagina, wens, *service.list_wegingen(work, wens))


@duiding.post("/wegingen", **creating("Weging vastleggen", "De weging.", roles(BEHEER), versioned=True))
@refuses(WegingKloptNiet, Changed, VersionNeeded)
def create_weging(work: InWork, nieuw: NieuweWeging, response: Response, if_match: IfMatch = None) -> Weging:
    """Legt de volgende versie van een weging vast, of de eerste; eerdere versies blijven. `If-Match` noemt de laatste;
    bij de eerste blijft het weg. Eerst proberen kan zonder iets te bewaren, met gewichten bij de rangschikking."""
    weging = service.weging_vastleggen(work, nieuw, if_match)
    located(response, service.weging_pad(weging.code, weging.versie), version=weging.versie)
    return weging


@duiding.get(
    "/wegingen/{code}",
    summary="Weging opvragen",
    response_description="De weging.",
    responses=WITH_ETAG,
    dependencies=[public()],
)
@refuses(WegingNietGevonden)
def get_weging(
    work: InWork,
    code: Wegingcode,
    response: Response,
    versie: Annotated[
        Digits | None, Query(ge=1, le=1_000_000, description="Deze versie; zonder dit de laatste.", examples=[1])
    ] = None,
) -> Weging:
    """Eén weging."""
    weging = service.get_weging(work, code, versie)
    response.headers["ETag"] = etag(weging.versie)
    return weging


@duiding.get("/scores", **listing("scores", public()))
def list_scores(work: InWork, zicht: InZicht, wens: Annotated[ScoresFilter, Query()], pages: InPages) -> ScoresPagina:
    """Alle beoordelingen, ook die door een latere zijn gevolgd. Die van een concept ziet alleen catalogusbeheer."""
    return pages.make(ScoresPagina, wens, *service.list_scores(work, zicht, wens))


@duiding.post("/scores", **creating("Score vastleggen", "De score.", roles(BEHEER)))
@refuses(ScoreKloptNiet)
def create_score(work: InWork, nieuw: NieuweScore, response: Response) -> Score:
    """Legt een beoordeling vast. Zij geldt voortaan in plaats van de vorige op dat criterium, die te zien blijft."""
    score = service.score_vastleggen(work, nieuw)
    located(response, f"/v1/duiding/scores/{score.id}")
    return score


@duiding.get("/scores/{id}", summary="Score opvragen", response_description="De score.", dependencies=[public()])
@refuses(ScoreNietGevonden)
def get_score(work: InWork, zicht: InZicht, id: Scorenummer) -> Score:
    """Eén beoordeling."""
    return service.get_score(work, zicht, id)


@duiding.get(
    "/rangschikking",
    summary="Rangschikking opvragen",
    response_description="De rangschikking.",
    dependencies=[public()],
)
@refuses(OnbekendeWeging, WegingKloptNiet, RangschikkingTeGroot)
def get_rangschikking(work: InWork, zicht: InZicht, vraag: Annotated[Rangschikkingvraag, Query()]) -> Rangschikking:
    """Voorzieningen op volgorde van hun gewogen score, met elk getal om dat na te rekenen. Met een weging, of met zelf gekozen
    gewichten om te proberen."""
    return service.get_rangschikking(work, zicht, vraag)


@duiding.get(
    "/vergelijking",
    summary="Rangschikkingen vergelijken",
    response_description="De vergelijking.",
    dependencies=[public()],
)
@refuses(OnbekendeWeging, WegingKloptNiet, RangschikkingTeGroot)
def get_vergelijking(work: InWork, zicht: InZicht, vraag: Annotated[Vergelijkingvraag, Query()]) -> Vergelijking:
    """Twee rangschikkingen naast elkaar: wie er stijgt of daalt, en door welk criterium."""
    return service.get_vergelijking(work, zicht, vraag)
