"""HTTP route for health: whether calls can pass, and if not, which part prevents it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from gemeengoed_kit import VERSION
from gemeengoed_kit.errors import Unavailable
from gemeengoed_kit.observe.health import Part
from gemeengoed_kit.route import public, router
from gemeengoed_kit.schema import Output
from pydantic import ConfigDict, Field

from gateway.beheer.access import Place
from gateway.observe.health import parts

health = router("/health", "dienst")
_ASKING = ThreadPoolExecutor(2, thread_name_prefix="health")


class Onderdeel(Output):
    """Iets waarvan aanroepen afhangen."""

    naam: str = Field(
        description="`database`, `transactielog`, `decide`, `nginx` of `nginxconfiguratie`.", examples=["transactielog"]
    )
    werkt: bool = Field(description="Of aanroepen er nu op kunnen rekenen.", examples=[True])
    uitleg: str = Field(description="Wat er is gezien.", examples=["Het transactielog heeft plaats."])


class GatewayHealth(Output):
    """De gateway laat aanroepen door."""

    model_config = ConfigDict(title="Gezondheid")

    status: str = Field(description="Altijd `ok`; anders volgt een foutmelding.", examples=["ok"])
    versie: str = Field(description="Versie van Gemeengoed, en dus van deze API.", examples=[VERSION])
    onderdelen: list[Onderdeel] = Field(description="Alles waarvan aanroepen afhangen.")


@health.get(
    "",
    summary="Gezondheid opvragen",
    response_description="De gateway laat aanroepen door.",
    dependencies=[public()],
    responses={503: {}},
)
async def get_health(place: Place) -> GatewayHealth:
    """Kijkt of aanroepen nu doorgaan. Zo niet, dan volgt 503 met in `onderdelen` ieder onderdeel en wat eraan schort."""
    # In threads of its own: health must answer even when all request threads are in use.
    seen = await asyncio.get_running_loop().run_in_executor(_ASKING, parts, place)
    if not all(part.works for part in seen):
        wrong = " ".join(part.explanation for part in seen if not part.works)
        shown = [_shown(part).model_dump(by_alias=True) for part in seen]
        raise Unavailable(wrong, headers={"Retry-After": "5"}, onderdelen=shown)
    return GatewayHealth.make(status="ok", versie=VERSION, onderdelen=[_shown(part) for part in seen])


def _shown(part: Part) -> Onderdeel:
    return Onderdeel.make(naam=part.name, werkt=part.works, uitleg=part.explanation)
