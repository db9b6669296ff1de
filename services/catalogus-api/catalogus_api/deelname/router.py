"""HTTP of deelnames and their conditions. Reading is public, of what the caller may see; gemeenten act for themselves, and others
on their behalf."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.conditional import WITH_ETAG, Changed, IfMatch, VersionNeeded, etag
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.schema import Digits, GivenUuid
from gemeengoed_kit.window import TooFarAhead

from catalogus_api.deelname import service, voorwaarden
from catalogus_api.deelname.errors import (
    AlDeelname,
    AndereVoorwaarden,
    DeelnameNietGevonden,
    DeelnamePastNiet,
    OpzeggenPastNiet,
    OvergangPastNiet,
    VoorwaardenNietGevonden,
    VoorwaardenPassenNiet,
)
from catalogus_api.deelname.schemas import (
    Deelname,
    Deelnamekeuze,
    DeelnamesFilter,
    DeelnamesPagina,
    DeelnamesVanGemeentePagina,
    DeelnamesVanVoorzieningPagina,
    Deelnamevoorwaarden,
    DeelnamevoorwaardenPagina,
    Deelnamewijziging,
    NieuweDeelname,
    NieuweOvergang,
    VoorwaardenFilter,
    VoorwaardenInvoer,
)
from catalogus_api.gemeente.errors import GemeenteNietGevonden
from catalogus_api.gemeente.schemas import GEMEENTECODE
from catalogus_api.namens.belang import InBelang, InKijk
from catalogus_api.namens.errors import AndereOrganisatie, NietNamensDezeGemeente
from catalogus_api.toegang import BEHEER, DEELNEMENDE, InZicht
from catalogus_api.voorziening.errors import VoorzieningNietGevonden
from catalogus_api.voorziening.schemas import CODE

deelnames = router("/deelnames", "deelnames")
deelnames_van_voorziening = router("/voorzieningen/{code}", "deelnames")
deelnames_van_gemeente = router("/gemeenten/{code}", "deelnames")
Id = Annotated[GivenUuid, Path(description="Identificatie van de deelname.", examples=["8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"])]
Code = Annotated[str, Path(pattern=CODE, description="Code van de voorziening.", examples=["kindertelefoon"])]
Gemeentecode = Annotated[str, Path(pattern=GEMEENTECODE, description="CBS-gemeentecode.", examples=["GM0344"])]
Versie = Annotated[Digits, Path(ge=1, le=1_000_000, description="Versienummer.", examples=[1])]


@deelnames.get("", **listing("deelnames", public()))
def list_deelnames(work: InWork, kijk: InKijk, wens: Annotated[DeelnamesFilter, Query()], pages: InPages) -> DeelnamesPagina:
    """Welke gemeenten aan welke voorzieningen deelnemen, voor zover de aanroeper dat mag zien: elke gemeente kiest zelf wie haar
    deelname ziet."""
    return pages.make(DeelnamesPagina, wens, *service.list_deelnames(work, kijk, wens))


@deelnames.post(
    "",
    **creating(
        "Deelname beginnen", "De deelname, met wat zij kost en hoe de gemeente eruit gaat.", roles(*DEELNEMENDE), versioned=True
    ),
)
@refuses(DeelnamePastNiet, AndereVoorwaarden, AlDeelname, AndereOrganisatie, NietNamensDezeGemeente)
def create_deelname(work: InWork, voor: InBelang, nieuw: NieuweDeelname, response: Response) -> Deelname:
    """Toont belangstelling van een gemeente of meldt haar aan. Wie zich aanmeldt, aanvaardt de voorwaarden van die dag: lees ze
    eerst met `GET /v1/voorzieningen/{code}/deelnamevoorwaarden`. Een leverancier kan dit alleen met FSC-delegatie van de
    gemeente, een samenwerkingsverband voor zijn leden van vandaag."""
    deelname = service.aanmelden(work, voor, nieuw)
    located(response, service.pad(deelname.id), version=deelname.versie)
    return deelname


@deelnames.get(
    "/{id}",
    summary="Deelname opvragen",
    response_description="De deelname.",
    responses=WITH_ETAG,
    dependencies=[public()],
)
@refuses(DeelnameNietGevonden)
def get_deelname(work: InWork, kijk: InKijk, id: Id, response: Response) -> Deelname:
    """Eén deelname, met de aanvaarde voorwaarden, vanaf wanneer zij kan eindigen, en haar stappen."""
    deelname = service.get_deelname(work, kijk, id)
    response.headers["ETag"] = etag(deelname.versie)
    return deelname


@deelnames.patch(
    "/{id}",
    summary="Deelname wijzigen",
    response_description="De deelname zoals zij is geworden.",
    responses=WITH_ETAG,
    dependencies=[roles(*DEELNEMENDE)],
)
@refuses(DeelnameNietGevonden, AndereOrganisatie, NietNamensDezeGemeente, Changed, VersionNeeded)
def update_deelname(
    work: InWork, voor: InBelang, id: Id, wijziging: Deelnamewijziging, response: Response, if_match: IfMatch = None
) -> Deelname:
    """Wijzigt wie de deelname ziet, of de grond waarop is ingekocht."""
    deelname = service.wijzigen(work, voor, id, if_match, wijziging)
    response.headers["ETag"] = etag(deelname.versie)
    return deelname


@deelnames.post(
    "/{id}/overgangen",
    summary="Stap van een deelname zetten",
    response_description="De deelname zoals zij is geworden.",
    responses=WITH_ETAG,
    dependencies=[roles(*DEELNEMENDE)],
)
@refuses(
    DeelnameNietGevonden,
    AndereOrganisatie,
    NietNamensDezeGemeente,
    OvergangPastNiet,
    AndereVoorwaarden,
    DeelnamePastNiet,
    OpzeggenPastNiet,
    TooFarAhead,
)
def create_overgang(work: InWork, voor: InBelang, id: Id, nieuw: NieuweOvergang, response: Response) -> Deelname:
    """Meldt aan na belangstelling, begint de implementatie of het gebruik, of zegt op. Een stap wijzigt niet meer. Bij opzeggen
    geldt de termijn van de aanvaarde voorwaarden, behalve als de voorziening `vrij` is."""
    deelname = service.overgaan(work, voor, id, nieuw)
    response.headers["ETag"] = etag(deelname.versie)
    return deelname


@deelnames_van_voorziening.get("/deelnames", **listing("deelnames aan een voorziening", public()))
@refuses(VoorzieningNietGevonden)
def list_deelnames_van_voorziening(
    work: InWork, zicht: InZicht, kijk: InKijk, code: Code, wens: Annotated[Deelnamekeuze, Query()], pages: InPages
) -> DeelnamesVanVoorzieningPagina:
    """Welke gemeenten aan een voorziening deelnemen, voor zover de aanroeper dat mag zien."""
    return pages.make(DeelnamesVanVoorzieningPagina, wens, *service.list_van_voorziening(work, zicht, kijk, code, wens))


@deelnames_van_gemeente.get("/deelnames", **listing("deelnames van een gemeente", public()))
@refuses(GemeenteNietGevonden)
def list_deelnames_van_gemeente(
    work: InWork, kijk: InKijk, code: Gemeentecode, wens: Annotated[Deelnamekeuze, Query()], pages: InPages
) -> DeelnamesVanGemeentePagina:
    """Waaraan een gemeente deelneemt, voor zover de aanroeper dat mag zien."""
    return pages.make(DeelnamesVanGemeentePagina, wens, *service.list_van_gemeente(work, kijk, code, wens))


@deelnames_van_voorziening.get("/deelnamevoorwaarden", **listing("deelnamevoorwaarden", public()))
@refuses(VoorzieningNietGevonden)
def list_deelnamevoorwaarden(
    work: InWork, zicht: InZicht, code: Code, wens: Annotated[VoorwaardenFilter, Query()], pages: InPages
) -> DeelnamevoorwaardenPagina:
    """Wat deelname kost en hoe een gemeente eruit gaat, nieuwste versie eerst; met `op` alleen wat op die dag geldt."""
    return pages.make(DeelnamevoorwaardenPagina, wens, *voorwaarden.list_voorwaarden(work, zicht, code, wens))


@deelnames_van_voorziening.post(
    "/deelnamevoorwaarden", **creating("Deelnamevoorwaarden vastleggen", "De versie die is vastgelegd.", roles(BEHEER))
)
@refuses(VoorzieningNietGevonden, VoorwaardenPassenNiet, TooFarAhead)
def create_deelnamevoorwaarden(work: InWork, code: Code, invoer: VoorwaardenInvoer, response: Response) -> Deelnamevoorwaarden:
    """Legt de volgende versie van de voorwaarden vast, of het einde van deelname. Wie al deelneemt, houdt de versie die is
    aanvaard."""
    gemaakt = voorwaarden.vastleggen(work, code, invoer)
    located(response, voorwaarden.pad(code, gemaakt.versie))
    return gemaakt


@deelnames_van_voorziening.get(
    "/deelnamevoorwaarden/{versie}",
    summary="Versie van deelnamevoorwaarden opvragen",
    response_description="De voorwaarden.",
    dependencies=[public()],
)
@refuses(VoorwaardenNietGevonden)
def get_deelnamevoorwaarden(work: InWork, code: Code, versie: Versie) -> Deelnamevoorwaarden:
    """Eén versie van de voorwaarden."""
    return voorwaarden.get_voorwaarden(work, code, versie)
