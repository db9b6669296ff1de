"""HTTP of voorzieningen. Reading is public, for what is published; catalogusbeheer writes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.conditional import (
    NOT_MODIFIED,
    WITH_ETAG,
    Changed,
    IfMatch,
    IfNoneMatch,
    VersionNeeded,
    etag,
    unmodified,
)
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.kept import keeps
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.schema import GivenDay

from catalogus_api.toegang import BEHEER, Aanroeper, InZicht, ziet_concepten
from catalogus_api.voorziening import service, uitbreiding
from catalogus_api.voorziening.errors import VoorzieningBestaatAl, VoorzieningKloptNiet, VoorzieningNietGevonden
from catalogus_api.voorziening.schemas import (
    CODE,
    Facetten,
    Keuze,
    NieuweVoorziening,
    Voorziening,
    VoorzieningVersiesPagina,
    VoorzieningWijziging,
)
from catalogus_api.voorziening.uitbreiding import (
    Expand,
    Fields,
    GevraagdeVoorziening,
    GevraagdeVoorzieningKort,
    VoorzieningenPagina,
    VoorzieningenVraag,
)

voorzieningen = router("/voorzieningen", "voorzieningen")
Code = Annotated[str, Path(pattern=CODE, description="Code van de voorziening.", examples=["kindertelefoon"])]


@voorzieningen.get("", **listing("voorzieningen", public()), response_model_exclude_unset=True)
@keeps("voorziening", sight=ziet_concepten, unless=("expand",))
def list_voorzieningen(
    work: InWork, zicht: InZicht, wie: Aanroeper, wens: Annotated[VoorzieningenVraag, Query()], pages: InPages
) -> VoorzieningenPagina:
    """De voorzieningen en initiatieven die gemeenten delen. Concepten ziet alleen catalogusbeheer."""
    count, gevonden = service.list_voorzieningen(work, zicht, wens, GevraagdeVoorzieningKort)
    return pages.make(VoorzieningenPagina, wens, count, uitbreiding.gevraagd(work, wie, gevonden, wens.fields, wens.expand))


@voorzieningen.get(
    "/facetten",
    summary="Facetten van voorzieningen opvragen",
    response_description="De facetten.",
    dependencies=[public()],
)
@keeps("voorziening", sight=ziet_concepten)
def get_facetten(work: InWork, zicht: InZicht, keuze: Annotated[Keuze, Query()]) -> Facetten:
    """Hoe wat de lijst met dezelfde filters vindt, over alle filters is verdeeld."""
    return service.get_facetten(work, zicht, keuze)


@voorzieningen.get(
    "/{code}",
    summary="Voorziening opvragen",
    response_description="De voorziening.",
    response_model=GevraagdeVoorziening,
    response_model_exclude_unset=True,
    responses=NOT_MODIFIED,
    dependencies=[public()],
)
@refuses(VoorzieningNietGevonden)
def get_voorziening(
    work: InWork,
    zicht: InZicht,
    wie: Aanroeper,
    response: Response,
    code: Code,
    op: Annotated[
        GivenDay | None, Query(description="Zoals zij er aan het eind van deze dag stond.", examples=["2018-01-15"])
    ] = None,
    fields: Fields = None,
    expand: Expand = None,
    if_none_match: IfNoneMatch = None,
) -> GevraagdeVoorziening | Response:
    """Eén voorziening. Met `expand` is er geen `ETag`: wat erbij hoort, wijzigt ook zonder dat zij zelf wijzigt."""
    voorziening = service.get_voorziening(work, zicht, code, op)
    if expand is None:
        response.headers["ETag"] = etag(voorziening.versie)
        if (bekend := unmodified(if_none_match, voorziening.versie)) is not None:
            return bekend
    heel = GevraagdeVoorziening.model_construct(_fields_set=voorziening.model_fields_set, **dict(voorziening))
    return uitbreiding.gevraagd(work, wie, [heel], fields, expand, op)[0]


@voorzieningen.get("/{code}/versies", **listing("versies", public()))
@refuses(VoorzieningNietGevonden)
def list_versies(
    work: InWork, zicht: InZicht, code: Code, wens: Annotated[PageQuery, Query()], pages: InPages
) -> VoorzieningVersiesPagina:
    """Elke versie van een voorziening, in haar geheel, met wie haar wanneer maakte en wat er anders werd; nieuwste eerst. Wat er
    stond toen zij nog concept was, ziet alleen catalogusbeheer."""
    return pages.make(VoorzieningVersiesPagina, wens, *service.list_versies(work, zicht, code, wens))


@voorzieningen.post("", **creating("Voorziening aanmaken", "De voorziening.", roles(BEHEER), versioned=True))
@refuses(VoorzieningBestaatAl, VoorzieningKloptNiet)
def create_voorziening(work: InWork, nieuw: NieuweVoorziening, response: Response) -> Voorziening:
    """Zet een voorziening in de catalogus, als concept tenzij anders gezegd. Zij gaat er niet meer uit: een mislukking blijft
    zichtbaar, met de fase `gestopt`."""
    voorziening = service.aanmaken(work, nieuw)
    located(response, service.pad(voorziening.code), version=voorziening.versie)
    return voorziening


@voorzieningen.patch(
    "/{code}",
    summary="Voorziening wijzigen",
    response_description="De voorziening zoals zij is geworden.",
    responses=WITH_ETAG,
    dependencies=[roles(BEHEER)],
)
@refuses(VoorzieningNietGevonden, VoorzieningKloptNiet, Changed, VersionNeeded)
def update_voorziening(
    work: InWork, code: Code, wijziging: VoorzieningWijziging, response: Response, if_match: IfMatch = None
) -> Voorziening:
    """Wijzigt wat er genoemd wordt; de vorige versie blijft op te vragen. Ook publiceren gaat zo, met `publicatiestatus`."""
    voorziening = service.wijzigen(work, code, if_match, wijziging)
    response.headers["ETag"] = etag(voorziening.versie)
    return voorziening
