"""Who calls, on whose behalf, and what it may see: concepts are for catalogusbeheer, what is published for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from gemeengoed_kit.errors import Forbidden
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.route import ByCaller
from gemeengoed_kit.sight import EVERYTHING, Sight, grant_text

BEHEER = "catalogusbeheer"
GEMEENTE = "gemeente"
SAMENWERKINGSVERBAND = "samenwerkingsverband"
LEVERANCIER = "leverancier"
NAMENS_GEMEENTEN = (GEMEENTE, SAMENWERKINGSVERBAND, LEVERANCIER)
"""Roles that act for one gemeente, or for several."""
TASKFORCE, COLLEGE, BESTUUR, LEDENVERGADERING = "taskforce", "college", "bestuur", "ledenvergadering"
GREMIA = (TASKFORCE, COLLEGE, BESTUUR, LEDENVERGADERING)
"""Roles of who decides: each records its own besluiten."""
AANGESLOTEN = frozenset({BEHEER, *NAMENS_GEMEENTEN, *GREMIA})
"""Who sees what gemeenten share among themselves."""
GEPUBLICEERD = Sight({"publicatiestatus": ["gepubliceerd"]})
_GEMEENTECODE, _VERBAND = "GM[0-9]{4}", "[a-z0-9-]{1,60}"


async def _zicht(request: Request) -> Sight:
    caller: Caller | None = request.state.caller
    return EVERYTHING if caller is not None and caller.role == BEHEER else GEPUBLICEERD


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see, with a token or without."""


@dataclass(frozen=True)
class Partij:
    """For whom a caller acts: one gemeente, one samenwerkingsverband, or the beheer of the catalogus (neither)."""

    gemeentecode: str | None = None
    samenwerkingsverband: str | None = None


async def _namens(caller: ByCaller) -> Partij:
    if caller.role == SAMENWERKINGSVERBAND:
        return Partij(samenwerkingsverband=grant_text(caller, "samenwerkingsverband", _VERBAND, "drechtsteden"))
    if caller.role not in NAMENS_GEMEENTEN:
        return Partij()
    if caller.role == LEVERANCIER and caller.delegator_id is None:
        raise Forbidden("Een leverancier handelt hier alleen namens een gemeente, met een gedelegeerd contract van die gemeente.")
    return Partij(gemeentecode=grant_text(caller, "gemeentecode", _GEMEENTECODE, "GM0344"))


Namens = Annotated[Partij, Depends(_namens)]
"""For whom the caller acts. Raises Forbidden: its contract does not say so."""


@dataclass(frozen=True)
class Kijker:
    """Who looks at what gemeenten share.

    Attributes:
        beheer: sees everything.
        aangesloten: sees what is shared among who is connected.
        partij: sees what is its own; None for who acts for nobody.
    """

    beheer: bool = False
    aangesloten: bool = False
    partij: Partij | None = None


async def _kijker(request: Request) -> Kijker:
    caller: Caller | None = request.state.caller
    if caller is None or caller.role not in AANGESLOTEN:
        return Kijker()
    try:
        partij = await _namens(caller) if caller.role in NAMENS_GEMEENTEN else None
    except Forbidden:  # reading asks no more than the role
        partij = None
    return Kijker(caller.role == BEHEER, True, partij)


InKijker = Annotated[Kijker, Depends(_kijker)]
"""Who looks, with a token or without."""
