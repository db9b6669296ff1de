"""What a caller may see, and on whose behalf it may act."""

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
DEELNEMENDE = (BEHEER, GEMEENTE, SAMENWERKINGSVERBAND, LEVERANCIER)
"""Roles that can take part in voorzieningen, for themselves or for others."""
TASKFORCE, COLLEGE, BESTUUR, LEDENVERGADERING = "taskforce", "college", "bestuur", "ledenvergadering"
GREMIA = (TASKFORCE, COLLEGE, BESTUUR, LEDENVERGADERING)
"""Roles of who decides: each records its own besluiten."""
GEPUBLICEERD = Sight({"publicatiestatus": ["gepubliceerd"]})


async def _zicht(request: Request) -> Sight:
    caller: Caller | None = request.state.caller
    return EVERYTHING if caller is not None and caller.role == BEHEER else GEPUBLICEERD


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see, with a token or without."""


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
    """What a contract says of whom its holder stands for.

    Raises:
        Forbidden: it does not say so, or a supplier acts without delegation.
    """
    if caller.role == BEHEER:
        return Belang(BEHEER, alle=True)
    if caller.role == SAMENWERKINGSVERBAND:
        code = grant_text(caller, "samenwerkingsverband", "[a-z0-9-]{1,60}", "drechtsteden")
        return Belang(caller.role, leden_op(work, code, today(work.clock)), als_gemeente=True)
    if caller.role == LEVERANCIER and caller.delegator_id is None:
        raise Forbidden("Een leverancier handelt alleen namens een gemeente: met een FSC-contract waarin zij delegeert.")
    if caller.role in (GEMEENTE, LEVERANCIER):
        code = grant_text(caller, "gemeentecode", "GM[0-9]{4}", "GM0344")
        return Belang(caller.role, frozenset({code}), als_gemeente=caller.role == GEMEENTE)
    return Belang(caller.role)


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
