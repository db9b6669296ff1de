"""HTTP of steun, for initiatieven and for voorzieningen. Who sees what is supported, sees its steun."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.schema import GivenUuid

from catalogus_api.gemeente.errors import OnbekendeGemeente
from catalogus_api.gemeente.schemas import GEMEENTECODE
from catalogus_api.initiatief.errors import InitiatiefNietGevonden
from catalogus_api.namens.belang import InKijker, Namens
from catalogus_api.namens.errors import AndereOrganisatie, NietNamensDezeGemeente
from catalogus_api.steun import service
from catalogus_api.steun.errors import SteunKanNiet, SteunNietGevonden
from catalogus_api.steun.schemas import (
    InitiatiefsteunPagina,
    Steunbetuiging,
    SteunFilter,
    SteunInvoer,
    VoorzieningsteunPagina,
)
from catalogus_api.toegang import NAMENS_GEMEENTEN, InZicht
from catalogus_api.voorziening.errors import VoorzieningNietGevonden
from catalogus_api.voorziening.schemas import CODE

van_initiatief = router("/initiatieven/{id}/steun", "initiatieven")
van_voorziening = router("/voorzieningen/{code}/steun", "initiatieven")
Id = Annotated[
    GivenUuid, Path(description="Identificatie van het initiatief.", examples=["0b0e7a58-4b53-4b0e-9a57-6f7b5a2f4c11"])
]
Code = Annotated[str, Path(pattern=CODE, description="Code van de voorziening.", examples=["kindertelefoon"])]
Gemeentecode = Annotated[str, Path(pattern=GEMEENTECODE, description="CBS-gemeentecode.", examples=["GM0344"])]


@van_initiatief.get("", **listing("steun voor een initiatief", public()))
@refuses(InitiatiefNietGevonden)
def list_steun_voor_initiatief(
    work: InWork, kijker: InKijker, id: Id, wens: Annotated[SteunFilter, Query()], pages: InPages
) -> InitiatiefsteunPagina:
    """Welke gemeenten een initiatief steunen of steunden, en hoeveel gemeenten en inwoners dat nu zijn. Wie het initiatief ziet,
    ziet ook dit; wordt het aangenomen, dan wordt het openbaar."""
    count, rijen, telling = service.list_van_initiatief(work, kijker, id, wens)
    return pages.make(InitiatiefsteunPagina, wens, count, rijen, telling)


@van_initiatief.put(
    "/{gemeentecode}",
    summary="Initiatief steunen",
    response_description="De steun.",
    dependencies=[roles(*NAMENS_GEMEENTEN)],
)
@refuses(InitiatiefNietGevonden, AndereOrganisatie, NietNamensDezeGemeente, OnbekendeGemeente, SteunKanNiet)
def put_steun_voor_initiatief(
    work: InWork, kijker: InKijker, partij: Namens, id: Id, gemeentecode: Gemeentecode, invoer: SteunInvoer
) -> Steunbetuiging:
    """Een gemeente steunt een initiatief, één keer; een andere toelichting vervangt de vorige, die bewaard blijft."""
    return service.steun_initiatief(work, kijker, partij, id, gemeentecode, invoer)


@van_initiatief.delete(
    "/{gemeentecode}",
    status_code=204,
    summary="Steun voor een initiatief intrekken",
    response_description="De steun is ingetrokken.",
    dependencies=[roles(*NAMENS_GEMEENTEN)],
)
@refuses(InitiatiefNietGevonden, SteunNietGevonden, AndereOrganisatie, NietNamensDezeGemeente, OnbekendeGemeente)
def delete_steun_voor_initiatief(work: InWork, kijker: InKijker, partij: Namens, id: Id, gemeentecode: Gemeentecode) -> None:
    """Trekt de steun van een gemeente in; dat zij er was, blijft te zien."""
    service.trek_in_van_initiatief(work, kijker, partij, id, gemeentecode)


@van_voorziening.get("", **listing("steun voor een voorziening", public()))
@refuses(VoorzieningNietGevonden)
def list_steun_voor_voorziening(
    work: InWork, zicht: InZicht, code: Code, wens: Annotated[SteunFilter, Query()], pages: InPages
) -> VoorzieningsteunPagina:
    """Welke gemeenten een voorziening steunen of steunden, ook toen zij nog een initiatief was."""
    count, rijen, telling = service.list_van_voorziening(work, zicht, code, wens)
    return pages.make(VoorzieningsteunPagina, wens, count, rijen, telling)


@van_voorziening.put(
    "/{gemeentecode}",
    summary="Voorziening steunen",
    response_description="De steun.",
    dependencies=[roles(*NAMENS_GEMEENTEN)],
)
@refuses(VoorzieningNietGevonden, AndereOrganisatie, NietNamensDezeGemeente, OnbekendeGemeente, SteunKanNiet)
def put_steun_voor_voorziening(
    work: InWork, zicht: InZicht, partij: Namens, code: Code, gemeentecode: Gemeentecode, invoer: SteunInvoer
) -> Steunbetuiging:
    """Een gemeente steunt een voorziening in de fase `initiatief`, één keer; verder als bij een initiatief."""
    return service.steun_voorziening(work, zicht, partij, code, gemeentecode, invoer)


@van_voorziening.delete(
    "/{gemeentecode}",
    status_code=204,
    summary="Steun voor een voorziening intrekken",
    response_description="De steun is ingetrokken.",
    dependencies=[roles(*NAMENS_GEMEENTEN)],
)
@refuses(VoorzieningNietGevonden, SteunNietGevonden, AndereOrganisatie, NietNamensDezeGemeente, OnbekendeGemeente)
def delete_steun_voor_voorziening(work: InWork, zicht: InZicht, partij: Namens, code: Code, gemeentecode: Gemeentecode) -> None:
    """Trekt de steun van een gemeente in; dat zij er was, blijft te zien."""
    service.trek_in_van_voorziening(work, zicht, partij, code, gemeentecode)
