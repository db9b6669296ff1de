"""HTTP of faseovergangen. Who sees a voorziening sees how it came where it is; the beheer takes it further."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.conditional import Changed, IfMatch, VersionNeeded
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.schema import Digits

from catalogus_api.levensloop import service
from catalogus_api.levensloop.errors import FaseovergangKanNiet, FaseovergangNietGevonden
from catalogus_api.levensloop.schemas import Faseovergang, FaseovergangenPagina, NieuweFaseovergang, Vervolg
from catalogus_api.toegang import BEHEER, InZicht
from catalogus_api.voorziening.errors import VoorzieningNietGevonden
from catalogus_api.voorziening.schemas import CODE

vervolgfasen = router("/voorzieningen/{code}/vervolgfasen", "levensloop")
faseovergangen = router("/voorzieningen/{code}/faseovergangen", "levensloop")
Code = Annotated[str, Path(pattern=CODE, description="Code van de voorziening.", examples=["kindertelefoon"])]
Versie = Annotated[Digits, Path(ge=1, le=1_000_000, description="De versie van de voorziening die ermee ontstond.", examples=[1])]


@faseovergangen.get("", **listing("faseovergangen", public()))
@refuses(VoorzieningNietGevonden)
def list_faseovergangen(
    work: InWork, zicht: InZicht, code: Code, wens: Annotated[PageQuery, Query()], pages: InPages
) -> FaseovergangenPagina:
    """Hoe een voorziening in haar fase kwam: elke overgang met het besluit, de pilot, de impactanalyse of de gebeurtenis die haar
    toestond, laatste eerst."""
    return pages.make(FaseovergangenPagina, wens, *service.list_overgangen(work, zicht, code, wens))


@faseovergangen.post(
    "", **creating("Fase wijzigen", "De overgang; de ETag is die van de voorziening.", roles(BEHEER), versioned=True)
)
@refuses(VoorzieningNietGevonden, FaseovergangKanNiet, Changed, VersionNeeded)
def create_faseovergang(
    work: InWork, code: Code, nieuw: NieuweFaseovergang, response: Response, if_match: IfMatch = None
) -> Faseovergang:
    """Brengt een voorziening een fase verder, of een stap verder op weg naar beheer; dat is haar volgende versie, en `If-Match`
    noemt de vorige. Geen impactanalyse zonder afgeronde pilot; geen opschaling zonder positieve impactanalyse en een positief
    besluit, van het bestuur na advies van het College of van de leden; niet in beheer zonder besluit. Stoppen kan altijd, met
    een reden. Wat ontbreekt, wordt in één keer genoemd."""
    overgang = service.overgaan(work, code, if_match, nieuw)
    located(response, service.pad(code, overgang.versie), version=overgang.versie)
    return overgang


@faseovergangen.get(
    "/{versie}",
    summary="Faseovergang opvragen",
    response_description="De overgang.",
    dependencies=[public()],
)
@refuses(VoorzieningNietGevonden, FaseovergangNietGevonden)
def get_faseovergang(work: InWork, zicht: InZicht, code: Code, versie: Versie) -> Faseovergang:
    """De overgang waarmee een versie van een voorziening ontstond."""
    return service.get_overgang(work, zicht, code, versie)


@vervolgfasen.get("", summary="Vervolgfasen opvragen", response_description="De vervolgfasen.", dependencies=[public()])
@refuses(VoorzieningNietGevonden)
def get_vervolgfasen(work: InWork, zicht: InZicht, code: Code) -> Vervolg:
    """Wat er voor elke volgende fase vandaag nog ontbreekt, in dezelfde woorden als de weigering van de overgang. Gezocht is naar
    de beste gronden die er zijn; wat wie overgaat zelf zegt, zoals een gebeurtenis of een reden, ontbreekt niet."""
    return service.get_vervolg(work, zicht, code)
