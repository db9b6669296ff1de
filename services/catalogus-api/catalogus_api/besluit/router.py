"""HTTP of besluiten. Reading is public, for what may be seen; who decides records, or catalogusbeheer on its behalf."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, public, roles, router
from gemeengoed_kit.schema import GivenUuid

from catalogus_api.besluit import service
from catalogus_api.besluit.errors import (
    AlOpgevolgd,
    AnderGremium,
    BesluitKloptNiet,
    BesluitNietGevonden,
    OnbekendBesluit,
    OnbekendeVoorzieningInBesluit,
)
from catalogus_api.besluit.rules import tabel_bevoegd, tabel_gronden
from catalogus_api.besluit.schemas import (
    CODE,
    ID,
    Besluit,
    BesluitenFilter,
    BesluitenPagina,
    BesluitenVan,
    Grondslag,
    NieuwBesluit,
    VoorzieningBesluitenPagina,
    Vraag,
)
from catalogus_api.toegang import BEHEER, GREMIA, InZicht
from catalogus_api.voorziening.errors import VoorzieningNietGevonden

besluiten = router("/besluiten", "besluiten")
van_voorziening = router("/voorzieningen", "besluiten")
Id = Annotated[GivenUuid, Path(description="Identificatie van het besluit.", examples=[ID])]
Code = Annotated[str, Path(pattern=CODE, description="Code van de voorziening.", examples=["govroam"])]
_VASTLEGGEN = f"""Legt een genomen besluit vast, voorgoed: het wordt niet gewijzigd, alleen opgevolgd door een ander (`volgtOp`).
Een gremium legt zijn eigen besluiten vast, het bestuur ook die van zijn commissies; `catalogusbeheer` die van elk gremium, zoals
uit stukken van vroeger.

{tabel_bevoegd()}

- Aan een positief bestuursbesluit over opschaling, standaardverklaring of in beheer nemen gaat een advies van het College vooraf
  (`advies`), dat over dezelfde soort besluit en dezelfde voorzieningen gaat; `adviesGevolgd` zegt of het is gevolgd.
- Een opschaling, en het advies daarover, gaat in op uitrol, tijdpad, mate van binding, samenwerkingsvorm en uitvoeringsstructuur.
- Alle gemeenten binden (`algemeen bindend`) doen alleen de leden.
- Een besluit volgt er een op van dezelfde soort of een beëindiging, van hetzelfde of een lager gremium, over ten minste een van
  dezelfde voorzieningen en niet van een latere dag; per voorziening heeft een besluit één opvolger."""
_GRONDSLAG = f"""Of een besluit dat aan het eind van de dag van kracht is, iets toestaat, en welk.

{tabel_gronden()}

Van een reeks besluiten die elkaar opvolgen, is het laatste van kracht dat ja of nee zegt; een aangehouden besluit, of een waarvan
de uitkomst niet bekend is, verandert niets. Een beëindiging haalt de grond weg onder wat hetzelfde of een lager gremium eerder
besloot. De mate van binding is die van het zwaarste besluit waarop deelname rust: van het hoogste gremium, en daarvan het
laatste."""


@besluiten.get("", **listing("besluiten", public()))
def list_besluiten(work: InWork, zicht: InZicht, wens: Annotated[BesluitenFilter, Query()], pages: InPages) -> BesluitenPagina:
    """Wat er over voorzieningen is besloten, geadviseerd of voorgesteld. Een besluit ziet wie een van zijn voorzieningen ziet."""
    return pages.make(BesluitenPagina, wens, *service.list_besluiten(work, zicht, wens))


@besluiten.post(
    "",
    description=_VASTLEGGEN,
    **creating("Besluit vastleggen", "Het vastgelegde besluit.", roles(BEHEER, *GREMIA)),
)
@refuses(AnderGremium, OnbekendeVoorzieningInBesluit, OnbekendBesluit, BesluitKloptNiet, AlOpgevolgd)
def create_besluit(work: InWork, zicht: InZicht, caller: ByCaller, nieuw: NieuwBesluit, response: Response) -> Besluit:
    besluit = service.vastleggen(work, zicht, caller.role or "", nieuw)
    located(response, besluit.pad)
    return besluit


@besluiten.get("/{id}", summary="Besluit opvragen", response_description="Het besluit.", dependencies=[public()])
@refuses(BesluitNietGevonden)
def get_besluit(work: InWork, zicht: InZicht, id: Id) -> Besluit:
    """Eén besluit, met wat ervoor in de plaats kwam."""
    return service.get_besluit(work, zicht, id)


@van_voorziening.get("/{code}/besluiten", **listing("besluiten over een voorziening", public()))
@refuses(VoorzieningNietGevonden)
def list_besluiten_van_voorziening(
    work: InWork, zicht: InZicht, code: Code, wens: Annotated[BesluitenVan, Query()], pages: InPages
) -> VoorzieningBesluitenPagina:
    """Wat er over één voorziening is besloten, geadviseerd of voorgesteld."""
    return pages.make(VoorzieningBesluitenPagina, wens, *service.list_van_voorziening(work, zicht, code, wens))


@van_voorziening.get(
    "/{code}/grondslag",
    summary="Grondslag opvragen",
    description=_GRONDSLAG,
    response_description="De grondslag.",
    dependencies=[public()],
)
@refuses(VoorzieningNietGevonden)
def get_grondslag(work: InWork, zicht: InZicht, code: Code, vraag: Annotated[Vraag, Query()]) -> Grondslag:
    return service.get_grondslag(work, zicht, code, vraag)
