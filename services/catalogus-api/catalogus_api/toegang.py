"""Who calls, on whose behalf, and what it may see: concepts are for catalogusbeheer, what is published for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.errors import Forbidden
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.route import ByCaller, InWork
from gemeengoed_kit.sight import EVERYTHING, Sight, grant_text

from catalogus_api.samenwerkingsverband.service import leden_op

BEHEER = "catalogusbeheer"
GEMEENTE, SAMENWERKINGSVERBAND, LEVERANCIER = "gemeente", "samenwerkingsverband", "leverancier"
NAMENS_GEMEENTEN = (GEMEENTE, SAMENWERKINGSVERBAND, LEVERANCIER)
"""Roles that act for one gemeente, or for several."""
DEELNEMENDE = (BEHEER, *NAMENS_GEMEENTEN)
"""Roles that can take part in voorzieningen, for themselves or for others."""
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


def partij_van(caller: Caller) -> Partij:
    """For whom the holder of a contract acts, as the contract says.

    Raises:
        Forbidden: it does not say so, or a supplier acts without delegation.
    """
    if caller.role == SAMENWERKINGSVERBAND:
        return Partij(samenwerkingsverband=grant_text(caller, "samenwerkingsverband", _VERBAND, "drechtsteden"))
    if caller.role not in NAMENS_GEMEENTEN:
        return Partij()
    if caller.role == LEVERANCIER and caller.delegator_id is None:
        raise Forbidden("Een leverancier handelt hier alleen namens een gemeente, met een gedelegeerd contract van die gemeente.")
    return Partij(gemeentecode=grant_text(caller, "gemeentecode", _GEMEENTECODE, "GM0344"))


async def _namens(caller: ByCaller) -> Partij:
    return partij_van(caller)


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
        partij = partij_van(caller) if caller.role in NAMENS_GEMEENTEN else None
    except Forbidden:  # reading asks no more than the role
        partij = None
    return Kijker(caller.role == BEHEER, True, partij)


InKijker = Annotated[Kijker, Depends(_kijker)]
"""Who looks, with a token or without."""


@dataclass(frozen=True)
class Belang:
    """Which gemeenten a caller stands for.

    Attributes:
        rol: of its contract; None without one.
        gemeenten: codes; those of a samenwerkingsverband are its members of today.
        alle: whether it stands for all of them.
        als_gemeente: whether it is a gemeente, or gemeenten together, and not a supplier that acts for one.
    """

    rol: str | None = None
    gemeenten: frozenset[str] = frozenset()
    alle: bool = False
    als_gemeente: bool = False

    def omvat(self, code: str) -> bool:
        """Whether the caller may act for a gemeente."""
        return self.alle or code in self.gemeenten


def belang(work: Work, caller: Caller) -> Belang:
    """For which gemeenten the holder of a contract acts today.

    Raises:
        Forbidden: as `partij_van`.
    """
    partij = partij_van(caller)
    if partij.samenwerkingsverband is not None:
        return Belang(caller.role, leden_op(work, partij.samenwerkingsverband, today(work.clock)), als_gemeente=True)
    if partij.gemeentecode is not None:
        return Belang(caller.role, frozenset({partij.gemeentecode}), als_gemeente=caller.role == GEMEENTE)
    return Belang(caller.role, alle=caller.role == BEHEER)


async def _belang(work: InWork, caller: ByCaller) -> Belang:
    return belang(work, caller)


async def _belang_of_geen(work: InWork, request: Request) -> Belang:
    caller: Caller | None = request.state.caller
    if caller is None:
        return Belang()
    try:
        return belang(work, caller)
    except Forbidden:
        return Belang(caller.role)


InBelang = Annotated[Belang, Depends(_belang)]
"""For whom the caller acts. Raises Forbidden as `belang`."""
InKijk = Annotated[Belang, Depends(_belang_of_geen)]
"""For whom the caller looks; who stands for nobody, sees what everybody sees."""
