"""HTTP of offers: the administratie makes them, a gemeente answers for itself, and the bureau keeps the board."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import ByCaller, InWork, roles, router
from gemeengoed_kit.schema import GivenDay

from abonnement_api.aanbod import bestand, service
from abonnement_api.aanbod.errors import (
    AanbodBestaat,
    AanbodgemeenteNietGevonden,
    AanbodNietGevonden,
    AanbodNietOpen,
    AanbodOndertekend,
    AntwoordPastNiet,
    GemeenteBuitenAanbod,
    OnsamenhangendAanbod,
)
from abonnement_api.aanbod.schemas import (
    AanbiedingenPagina,
    Aanbod,
    AanbodgemeentenFilter,
    AanbodgemeentenPagina,
    AntwoordenFilter,
    AntwoordenPagina,
    Bord,
    GegevenAntwoord,
    NieuwAanbod,
    NieuwAntwoord,
    NieuweRappels,
    Rappelronde,
    RappelsFilter,
    RappelsPagina,
)
from abonnement_api.abonnement.errors import OnbekendPakket, OverlappendAbonnement
from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.looptijd.schemas import Uittreden
from abonnement_api.tarief.schemas import SLUG, Slug
from abonnement_api.toegang import ADMINISTRATIE, GEMEENTE, GEMEENTECODE, LEZERS, InZicht

aanbiedingen = router("/aanbiedingen", "aanbiedingen")
Code = Annotated[str, Path(pattern=SLUG, max_length=60, description="Code van het aanbod.", examples=["jeugd-2018"])]
Op = Annotated[
    GivenDay | None, Query(description="De stand aan het eind van deze dag; weggelaten vandaag.", examples=["2017-06-01"])
]
HERHAALD = (Aanbod, "Hetzelfde aanbod is eerder gedaan; er verandert niets.")
AL_GEMAAKT = (Rappelronde, "Niemand moest dit rappel nu nog krijgen; er verandert niets.")


class Csv(Response):
    media_type = "text/csv"


@aanbiedingen.get("", **listing("aanbiedingen", roles(*LEZERS, GEMEENTE)))
@refuses(AndereAfnemer)
def list_aanbiedingen(work: InWork, zicht: InZicht, wens: Annotated[PageQuery, Query()], pages: InPages) -> AanbiedingenPagina:
    """Wat gemeenten is aangeboden, op begindatum en code."""
    return pages.make(AanbiedingenPagina, wens, *service.list_aanbiedingen(work, wens))


@aanbiedingen.post(
    "", **creating("Abonnement aanbieden", "Het openstellen is begonnen.", roles(ADMINISTRATIE), later=True, again=HERHAALD)
)
@refuses(OnsamenhangendAanbod, OnbekendPakket, AanbodBestaat)
def create_aanbod(work: InWork, nieuw: NieuwAanbod, response: Response) -> Aanbod:
    """Stelt op de achtergrond een aanbod open voor elke gemeente die op de begindatum bestaat. Een aanbod wijzigt niet; nog eens
    hetzelfde vragen verandert niets, en na een mislukking begint het opnieuw."""
    aanbod, begonnen = service.aanbieden(work, nieuw)
    located(response, service.pad(aanbod.code), new=begonnen)
    return aanbod


@aanbiedingen.get(
    "/{code}", summary="Aanbod opvragen", response_description="Het aanbod.", dependencies=[roles(*LEZERS, GEMEENTE)]
)
@refuses(AanbodNietGevonden, AndereAfnemer)
def get_aanbod(work: InWork, zicht: InZicht, code: Code) -> Aanbod:
    """Eén aanbod, met zijn voorwaarden."""
    return service.get_aanbod(work, code)


@aanbiedingen.get("/{code}/antwoorden", **listing("antwoorden", roles(*LEZERS, GEMEENTE)))
@refuses(AanbodNietGevonden, AndereAfnemer)
def list_antwoorden(
    work: InWork, zicht: InZicht, code: Code, wens: Annotated[AntwoordenFilter, Query()], pages: InPages
) -> AntwoordenPagina:
    """Wat gemeenten antwoordden: wie tekende, wanneer en op grond waarvan. Een gemeente ziet alleen haar eigen."""
    return pages.make(AntwoordenPagina, wens, *service.list_antwoorden(work, zicht, code, wens))


@aanbiedingen.post("/{code}/antwoorden", **creating("Aanbod beantwoorden", "Het antwoord.", roles(ADMINISTRATIE, GEMEENTE)))
@refuses(
    AanbodNietGevonden,
    AanbodNietOpen,
    GemeenteBuitenAanbod,
    AntwoordPastNiet,
    AanbodOndertekend,
    OverlappendAbonnement,
    AndereAfnemer,
)
def create_antwoord(
    work: InWork, zicht: InZicht, caller: ByCaller, code: Code, nieuw: NieuwAntwoord, response: Response
) -> GegevenAntwoord:
    """Legt vast dat een gemeente tekent of afwijst. Wie tekent, heeft meteen een abonnement, vanaf de begindatum of, als die
    voorbij is, vanaf de eerste van de maand die volgt; het antwoord zegt ook wat uittreden kost en wanneer het kan."""
    gegeven = service.antwoorden(work, zicht, caller.role or "", code, nieuw)
    located(response, f"{service.pad(code)}/antwoorden?gemeentecode={nieuw.gemeentecode}")
    return gegeven


@aanbiedingen.get("/{code}/gemeenten", **listing("gemeenten in een aanbod", roles(*LEZERS, GEMEENTE)))
@refuses(AanbodNietGevonden, AndereAfnemer)
def list_aanbodgemeenten(
    work: InWork, zicht: InZicht, code: Code, wens: Annotated[AanbodgemeentenFilter, Query()], pages: InPages
) -> AanbodgemeentenPagina:
    """Wie heeft geantwoord en wie niet, op gemeentecode. Een gemeente ziet alleen zichzelf."""
    return pages.make(AanbodgemeentenPagina, wens, *service.list_gemeenten(work, zicht, code, wens))


@aanbiedingen.get("/{code}/bord", summary="Bord opvragen", response_description="Het bord.", dependencies=[roles(*LEZERS)])
@refuses(AanbodNietGevonden)
def get_bord(work: InWork, code: Code, op: Op = None) -> Bord:
    """Hoeveel gemeenten hebben geantwoord en hoeveel niet, met hun deel van alle gemeenten en inwoners, op een dag."""
    return service.get_bord(work, code, op)


@aanbiedingen.get(
    "/{code}/bord.csv",
    summary="Bord als CSV",
    response_description="Een regel per gemeente.",
    dependencies=[roles(*LEZERS)],
    response_class=Csv,
)
@refuses(AanbodNietGevonden)
def get_bord_csv(work: InWork, code: Code, op: Op = None) -> Response:
    """Een regel per gemeente, voor een rekenblad. Een tekst die daarin een formule zou zijn, krijgt een apostrof ervoor."""
    inhoud = bestand.csv_van(service.alle_gemeenten(work, code, op))
    return Csv(inhoud, headers={"Content-Disposition": f'attachment; filename="bord-{code}.csv"'})


@aanbiedingen.get("/{code}/rappels", **listing("rappels", roles(*LEZERS, GEMEENTE)))
@refuses(AanbodNietGevonden, AndereAfnemer)
def list_rappels(
    work: InWork, zicht: InZicht, code: Code, wens: Annotated[RappelsFilter, Query()], pages: InPages
) -> RappelsPagina:
    """Rappels met hun tekst, op gemeentecode en stap. Een gemeente ziet alleen haar eigen."""
    return pages.make(RappelsPagina, wens, *service.list_rappels(work, zicht, code, wens))


@aanbiedingen.post("/{code}/rappels", **creating("Rappels maken", "De rappels.", roles(ADMINISTRATIE), again=AL_GEMAAKT))
@refuses(AanbodNietGevonden, AanbodNietOpen)
def create_rappels(work: InWork, code: Code, nieuw: NieuweRappels, response: Response) -> Rappelronde:
    """Maakt een rappel voor elke gemeente die nog niet heeft geantwoord, met een tekst die te versturen is. Elke gemeente krijgt
    elke stap één keer, en hoogstens één rappel per dag; nog eens vragen verandert niets."""
    ronde = service.rappelleren(work, code, nieuw)
    located(response, ronde.rappels, new=ronde.aantal > 0)
    return ronde


@aanbiedingen.get(
    "/{code}/uittreden",
    summary="Uittreden voor het tekenen opvragen",
    response_description="Wanneer het kan, en wat het kost.",
    dependencies=[roles(*LEZERS, GEMEENTE)],
)
@refuses(AanbodNietGevonden, AanbodgemeenteNietGevonden, AndereAfnemer)
def get_aanbod_uittreden(
    work: InWork,
    zicht: InZicht,
    code: Code,
    gemeentecode: Annotated[str, Query(pattern=f"^{GEMEENTECODE}$", description="Voor welke gemeente.", examples=["GM0344"])],
    pakket: Annotated[
        Slug | None, Query(description="Code van het pakket; weggelaten dat van het aanbod.", examples=["volledig"])
    ] = None,
) -> Uittreden:
    """Wat een gemeente die nu zou tekenen, weet over uittreden: wanneer het kan, tot wanneer daarvoor is op te zeggen, en wat het
    kost."""
    return service.get_uittreden(work, zicht, code, gemeentecode, pakket)
