"""HTTP of previews."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.route import InWork, roles, router

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.omslag.errors import OmslagNietGevonden
from fonds_api.omslag.router import OmslagId
from fonds_api.peiling.errors import OnbekendePeiling, PeilingGereedNietGevonden
from fonds_api.toegang import GEMEENTE, OMSLAGLEZERS, InEigen, InGemeente, InOmslagzicht
from fonds_api.vooruitblik import service
from fonds_api.vooruitblik.errors import VooruitblikNietGevonden
from fonds_api.vooruitblik.schemas import Voorbeeld, Voorbeeldvraag, Vooruitblik, Vooruitblikvraag

voorbeelden = router("/omslagen/{id}/voorbeeld", "omslagen")
vooruitblik = router("/vooruitblik", "omslagen")


@voorbeelden.get(
    "",
    summary="Voorbeeld van een omslag opvragen",
    response_description="Wat de omslag zou opleveren.",
    dependencies=[roles(*OMSLAGLEZERS)],
)
@refuses(OmslagNietGevonden, PeilingGereedNietGevonden, OnbekendePeiling, GeenGemeentecode)
def get_voorbeeld(
    work: InWork, zicht: InOmslagzicht, eigen: InEigen, id: OmslagId, vraag: Annotated[Voorbeeldvraag, Query()]
) -> Voorbeeld:
    """Wat een omslag, ook een voorstel, per gemeente en samen oplevert, naast het jaar ervoor en met de redenen van elk verschil.
    Banden worden ook op de andere manier gelezen: als klassen en als schijven. Er verandert niets. Een gemeente ziet alleen
    zichzelf."""
    return service.get_voorbeeld(work, zicht, eigen, id, vraag.peiling)


@vooruitblik.get(
    "", summary="Vooruitblik opvragen", response_description="Wat uw gemeente betaalt.", dependencies=[roles(GEMEENTE)]
)
@refuses(VooruitblikNietGevonden, PeilingGereedNietGevonden, GeenGemeentecode)
def get_vooruitblik(
    work: InWork, zicht: InOmslagzicht, eigen: InGemeente, vraag: Annotated[Vooruitblikvraag, Query()]
) -> Vooruitblik:
    """Wat uw gemeente in een jaar aan een fonds betaalt, en waarom: de omslag die geldt of het laatste voorstel dat u mag zien,
    de inwoners, de berekening, de termijnen, met en zonder btw, en waarom het anders is dan het jaar ervoor."""
    return service.get_vooruitblik(work, zicht, eigen, vraag)
