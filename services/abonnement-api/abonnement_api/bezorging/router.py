"""HTTP of the delivery of documents: the administratie and an access point deliver, a gemeente sees its own."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Path, Query, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.eyes import ByEyes
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import ByCaller, InWork, roles, router
from gemeengoed_kit.sight import Sight

from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.bezorging import service
from abonnement_api.bezorging.errors import BezorgingNietGevonden, BezorgwijzenKloppenNiet, NietTeBezorgen, StapPastNiet
from abonnement_api.bezorging.rules import TOEGANGSPUNT as WIJZE_TOEGANGSPUNT
from abonnement_api.bezorging.schemas import (
    Bezorging,
    BezorgingenFilter,
    BezorgingenPagina,
    BezorgwijzenPagina,
    NieuweAanbieding,
    NieuweBezorgmelding,
    NieuweBezorgwijzen,
    NieuwePoging,
)
from abonnement_api.factuurgegevens.schemas import Vastgelegd
from abonnement_api.factuurstuk.router import InRekening, Ubl
from abonnement_api.toegang import ADMINISTRATIE, GEMEENTE, LEZERS, TOEGANGSPUNT, InZicht, zicht_van

bezorgwijzen = router("/bezorgwijzen", "bezorgingen")
bezorgingen = router("/bezorgingen", "bezorgingen")
Nummer = Annotated[
    str, Path(pattern=r"^[0-9]{4}-[0-9]{6}$", description="Nummer van de factuur of creditnota.", examples=["2018-000001"])
]


class Eml(Response):
    media_type = "message/rfc822"


def inhoud_van(soort: str) -> dict[int | str, dict[str, Any]]:
    """For the specification: an answer of bytes of this media type."""
    return {200: {"content": {soort: {"schema": {"type": "string", "format": "binary"}}}}}


async def _zicht(work: InWork, caller: ByCaller) -> Sight:
    if caller.role == TOEGANGSPUNT:
        return Sight({"wijze": [WIJZE_TOEGANGSPUNT]})
    return zicht_van(work, caller)


InBezorgzicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see: an access point what it must deliver, others as for invoices."""


@bezorgwijzen.get("", **listing("bezorgwijzen", roles(*LEZERS, GEMEENTE)))
@refuses(AndereAfnemer)
def list_bezorgwijzen(work: InWork, zicht: InZicht, wens: Annotated[PageQuery, Query()], pages: InPages) -> BezorgwijzenPagina:
    """Hoe gemeenten hun stukken willen, op gemeentecode, met elke versie. Een gemeente ziet alleen haar eigen."""
    return pages.make(BezorgwijzenPagina, wens, *service.list_wijzen(work, zicht, wens))


@bezorgwijzen.post(
    "",
    summary="Bezorgwijzen vastleggen",
    response_description="Hoeveel er is vastgelegd.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(BezorgwijzenKloppenNiet)
def create_bezorgwijzen(work: InWork, nieuw: NieuweBezorgwijzen) -> Vastgelegd:
    """Legt van elke genoemde gemeente vast hoe zij haar stukken wil, alle of geen. Wat al is aangeboden, verandert niet."""
    return service.leg_wijzen_vast(work, nieuw)


@bezorgingen.get("", **listing("bezorgingen", roles(*LEZERS, GEMEENTE, TOEGANGSPUNT)))
@refuses(AndereAfnemer)
def list_bezorgingen(
    work: InWork, zicht: InBezorgzicht, wens: Annotated[BezorgingenFilter, Query()], pages: InPages, iban: InRekening
) -> BezorgingenPagina:
    """Facturen en creditnota's op nummer, en waar zij zijn op weg naar de gemeente. Een gemeente ziet alleen haar eigen; een
    toegangspunt wat het moet bezorgen."""
    return pages.make(BezorgingenPagina, wens, *service.list_bezorgingen(work, zicht, wens, iban))


@bezorgingen.get(
    "/{nummer}",
    summary="Bezorging opvragen",
    response_description="De bezorging.",
    dependencies=[roles(*LEZERS, GEMEENTE, TOEGANGSPUNT)],
)
@refuses(BezorgingNietGevonden, AndereAfnemer)
def get_bezorging(work: InWork, zicht: InBezorgzicht, nummer: Nummer, iban: InRekening) -> Bezorging:
    """Waar een factuur of creditnota is op weg naar de gemeente, en alles wat ermee gebeurde."""
    return service.get_bezorging(work, zicht, nummer, iban)


@bezorgingen.get(
    "/{nummer}/envelop",
    summary="Stuk in zijn envelop opvragen",
    response_description="De e-factuur in een envelop van Peppol.",
    response_class=Ubl,
    responses=inhoud_van(Ubl.media_type),
    dependencies=[roles(*LEZERS, TOEGANGSPUNT)],
)
@refuses(BezorgingNietGevonden, NietTeBezorgen)
def get_envelop(work: InWork, zicht: InBezorgzicht, nummer: Nummer) -> Response:
    """De e-factuur, byte voor byte, in de envelop (SBDH) waarin een toegangspunt haar bezorgt. Een poging heeft steeds dezelfde
    identificatie."""
    kop = {"Content-Disposition": f'inline; filename="{nummer}-envelop.xml"'}
    return Ubl(service.get_envelop(work, zicht, nummer), 200, kop)


@bezorgingen.get(
    "/{nummer}/email",
    summary="Stuk als e-mailbestand opvragen",
    response_description="Een e-mail met de e-factuur en de PDF.",
    response_class=Eml,
    responses=inhoud_van(Eml.media_type),
    dependencies=[roles(*LEZERS)],
)
@refuses(BezorgingNietGevonden, NietTeBezorgen)
def get_email(work: InWork, zicht: InBezorgzicht, nummer: Nummer) -> Response:
    """Een bestand dat een e-mailprogramma als concept opent, met de e-factuur en de PDF als bijlagen. Meld daarna dat het is
    verstuurd."""
    kop = {"Content-Disposition": f'attachment; filename="{nummer}.eml"'}
    return Eml(service.get_email(work, zicht, nummer), 200, kop)


@bezorgingen.post(
    "/{nummer}/aanbiedingen",
    summary="Melden dat een stuk is verstuurd",
    response_description="De bezorging zoals zij is geworden.",
    dependencies=[roles(ADMINISTRATIE, TOEGANGSPUNT)],
)
@refuses(BezorgingNietGevonden, NietTeBezorgen, StapPastNiet)
def create_aanbieding(
    work: InWork, zicht: InBezorgzicht, wie: ByEyes, nummer: Nummer, nieuw: NieuweAanbieding, iban: InRekening
) -> Bezorging:
    """Legt vast dat een stuk is gemaild, of dat een toegangspunt het verstuurt. Per poging één keer; een herhaling verandert
    niets."""
    service.aanbieden(work, zicht, wie, nummer, nieuw)
    return service.get_bezorging(work, zicht, nummer, iban)


@bezorgingen.post(
    "/{nummer}/bezorgmeldingen",
    summary="Melden wat er van een stuk is geworden",
    response_description="De bezorging zoals zij is geworden.",
    dependencies=[roles(ADMINISTRATIE, TOEGANGSPUNT, GEMEENTE)],
)
@refuses(BezorgingNietGevonden, StapPastNiet, AndereAfnemer)
def create_bezorgmelding(
    work: InWork, zicht: InBezorgzicht, wie: ByEyes, nummer: Nummer, nieuw: NieuweBezorgmelding, iban: InRekening
) -> Bezorging:
    """Legt vast dat een stuk is bezorgd of geweigerd. Ook een gemeente kan dat zeggen van haar eigen stukken. Een herhaling
    verandert niets."""
    service.melden(work, zicht, wie, nummer, nieuw)
    return service.get_bezorging(work, zicht, nummer, iban)


@bezorgingen.post(
    "/{nummer}/pogingen",
    summary="Stuk opnieuw bezorgen",
    response_description="De bezorging zoals zij is geworden.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(BezorgingNietGevonden, StapPastNiet)
def create_poging(
    work: InWork, zicht: InBezorgzicht, wie: ByEyes, nummer: Nummer, nieuw: NieuwePoging, iban: InRekening
) -> Bezorging:
    """Laat een stuk opnieuw bezorgen, zoals de gemeente het nu wil: nadat het is geweigerd, of niet aankwam. Het stuk zelf
    verandert niet."""
    service.opnieuw(work, wie, nummer, nieuw)
    return service.get_bezorging(work, zicht, nummer, iban)
