"""HTTP of gemeenten. Reading is public."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.schema import GivenDay

from catalogus_api.gemeente import service
from catalogus_api.gemeente.errors import GemeenteNietGevonden, IdentificatiePastNiet, IdentificatieVanAnder
from catalogus_api.gemeente.schemas import (
    GEMEENTECODE,
    Gemeente,
    GemeentenFilter,
    GemeentenPagina,
    Geschiedenis,
    Identificatie,
    IdentificatieInvoer,
    Identificaties,
    Indelingsdag,
    Inwonertallen,
    Soort,
)
from catalogus_api.toegang import BEHEER

gemeenten = router("/gemeenten", "gemeenten")
Code = Annotated[str, Path(pattern=GEMEENTECODE, description="CBS-gemeentecode.", examples=["GM0344"])]


@gemeenten.get("", **listing("gemeenten", public()))
def list_gemeenten(work: InWork, wens: Annotated[GemeentenFilter, Query()], pages: InPages) -> GemeentenPagina:
    """Gemeenten op code, naar wens die van één dag en met hun inwoners op een peildatum."""
    return pages.make(GemeentenPagina, wens, *service.list_gemeenten(work, wens))


@gemeenten.get("/{code}", summary="Gemeente opvragen", response_description="De gemeente.", dependencies=[public()])
@refuses(GemeenteNietGevonden)
def get_gemeente(
    work: InWork,
    code: Code,
    peildatum: Annotated[GivenDay | None, Query(description="Geef de inwoners op deze dag.", examples=["2018-01-01"])] = None,
    op: Annotated[
        Indelingsdag | None,
        Query(
            description="Zoals zij op deze dag was: met de naam van toen, en nog zonder wat erna gebeurde.",
            examples=["2018-01-01"],
        ),
    ] = None,
) -> Gemeente:
    """Eén gemeente, ook als zij niet meer bestaat."""
    return service.get_gemeente(work, code, peildatum, op)


@gemeenten.get(
    "/{code}/inwonertallen",
    summary="Inwonertallen van een gemeente opvragen",
    response_description="De inwonertallen.",
    dependencies=[public()],
)
@refuses(GemeenteNietGevonden)
def list_inwonertallen(work: InWork, code: Code) -> Inwonertallen:
    """Alle bekende inwonertallen van een gemeente, met wat er stond voordat zij zijn gecorrigeerd. Bron: CBS."""
    return Inwonertallen.make(results=service.list_inwonertallen(work, code))


@gemeenten.get(
    "/{code}/geschiedenis",
    summary="Geschiedenis van een gemeente opvragen",
    response_description="De geschiedenis.",
    dependencies=[public()],
)
@refuses(GemeenteNietGevonden)
def get_geschiedenis(work: InWork, code: Code) -> Geschiedenis:
    """Haar namen, de herindelingen waaruit zij ontstond en waarin zij opging, en haar inwonertallen, met data en grondslagen."""
    return service.get_geschiedenis(work, code)


@gemeenten.get(
    "/{code}/identificaties",
    summary="Identificaties van een gemeente opvragen",
    response_description="De identificaties.",
    dependencies=[public()],
)
@refuses(GemeenteNietGevonden)
def list_identificaties(work: InWork, code: Code) -> Identificaties:
    """TOOI-URI, RSIN en OIN voor zover bekend, elk met bron en datum."""
    return Identificaties.make(results=service.list_identificaties(work, code))


@gemeenten.put(
    "/{code}/identificaties/{soort}",
    summary="Identificatie van een gemeente vastleggen",
    response_description="De vastgelegde identificatie.",
    dependencies=[roles(BEHEER)],
)
@refuses(GemeenteNietGevonden, IdentificatiePastNiet, IdentificatieVanAnder)
def put_identificatie(
    work: InWork,
    code: Code,
    soort: Annotated[Soort, Path(description="Soort identificatie.", examples=["rsin"])],
    invoer: IdentificatieInvoer,
) -> Identificatie:
    """Legt een identificatie vast in plaats van wat er stond. Wat hier is vastgelegd, laat een volgende uitgave van de bestanden
    staan."""
    return service.put_identificatie(work, code, soort, invoer)
