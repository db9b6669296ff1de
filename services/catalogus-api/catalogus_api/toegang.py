"""What a caller may see: concepts are for catalogusbeheer, what is published for everybody."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Request
from gemeengoed_kit.context import Context
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.sight import EVERYTHING, Sight

BEHEER = "catalogusbeheer"
GEMEENTE = "gemeente"
SAMENWERKINGSVERBAND = "samenwerkingsverband"
GEPUBLICEERD = Sight({"publicatiestatus": ["gepubliceerd"]})

IEDEREEN = "iedereen"
"""Label of a record (`visible_to`) that everybody may see."""
KRINGEN = "kringen"
_VAN_WIE = {
    GEMEENTE: ("gemeentecode", "^GM[0-9]{4}$"),
    SAMENWERKINGSVERBAND: ("samenwerkingsverband", "^[a-z0-9-]{1,60}$"),
}
"""Role to the grant property that says which one it is."""


def kring(soort: str, code: str) -> str:
    """Label of a record that one gemeente or samenwerkingsverband may see: `kring(GEMEENTE, "GM0344")`."""
    return f"{soort}:{code}"


def voor_wie_publicaties_ziet(publicatiestatus: str) -> frozenset[str]:
    """Labels of a record about what is, after the change, concept or gepubliceerd."""
    return frozenset({IEDEREEN} if publicatiestatus == "gepubliceerd" else ())


def kringen_van(caller: Caller | None) -> Sight:
    """Which labels a caller has; catalogusbeheer sees everything."""
    if caller is not None and caller.role == BEHEER:
        return EVERYTHING
    eigen = {IEDEREEN}
    if caller is not None and caller.role in _VAN_WIE:
        naam, patroon = _VAN_WIE[caller.role]
        code = caller.grant_property(naam)
        if isinstance(code, str) and re.fullmatch(patroon, code, re.ASCII):
            eigen.add(kring(caller.role, code))
    return Sight({KRINGEN: eigen})


def zicht_van(caller: Caller | None) -> Sight:
    """Which entries a caller may see."""
    return EVERYTHING if caller is not None and caller.role == BEHEER else GEPUBLICEERD


async def _wie(request: Request) -> Caller | None:
    caller: Caller | None = request.state.caller
    return caller


async def _zicht(request: Request) -> Sight:
    return zicht_van(request.state.caller)


async def _kringen(request: Request) -> Sight:
    return kringen_van(request.state.caller)


async def _aanbieder(request: Request) -> str:
    context: Context = request.app.state.context
    if context.settings is None:
        raise RuntimeError("this process does not know which peer offers the service")
    return context.settings.peer_id


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see, with a token or without."""
InKringen = Annotated[Sight, Depends(_kringen)]
"""Which events the caller may see, with a token or without."""
Aanroeper = Annotated[Caller | None, Depends(_wie)]
"""Who calls, with a token or without."""
VanWie = Annotated[str, Depends(_aanbieder)]
"""OIN of the peer that offers this service."""
