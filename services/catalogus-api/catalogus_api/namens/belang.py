"""For whom a caller acts or looks, as its contract says and the register allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.errors import Forbidden
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.route import ByCaller, InWork
from gemeengoed_kit.sight import Sight

from catalogus_api.namens import service
from catalogus_api.samenwerkingsverband.service import leden_op
from catalogus_api.toegang import AANGESLOTEN, BEHEER, GEMEENTE, Kijker, Partij, kringen_van


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
        Forbidden, AndereOrganisatie: as `service.partij`.
    """
    partij = service.partij(work, caller)
    if partij.samenwerkingsverband is not None:
        return Belang(caller.role, leden_op(work, partij.samenwerkingsverband, today(work.clock)), als_gemeente=True)
    if partij.gemeentecode is not None:
        return Belang(caller.role, frozenset({partij.gemeentecode}), als_gemeente=caller.role == GEMEENTE)
    return Belang(caller.role, alle=caller.role == BEHEER)


def kijker(work: Work, caller: Caller | None) -> Kijker:
    """Who looks; one whose contract does not hold against the register acts for nobody."""
    if caller is None or caller.role not in AANGESLOTEN:
        return Kijker()
    try:
        partij = service.partij(work, caller)
    except Forbidden:
        partij = Partij()
    return Kijker(caller.role == BEHEER, True, None if partij == Partij() else partij)


async def _namens(work: InWork, caller: ByCaller) -> Partij:
    return service.partij(work, caller)


async def _kijker(work: InWork, request: Request) -> Kijker:
    return kijker(work, request.state.caller)


async def _kringen(work: InWork, request: Request) -> Sight:
    return kringen_van(kijker(work, request.state.caller))


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


Namens = Annotated[Partij, Depends(_namens)]
"""For whom the caller acts. Raises Forbidden and AndereOrganisatie as `service.partij`."""
InKijker = Annotated[Kijker, Depends(_kijker)]
"""Who looks, with a token or without."""
InKringen = Annotated[Sight, Depends(_kringen)]
"""Which events the caller may see, with a token or without."""
InBelang = Annotated[Belang, Depends(_belang)]
"""For whom the caller acts. Raises Forbidden as `belang`."""
InKijk = Annotated[Belang, Depends(_belang_of_geen)]
"""For whom the caller looks; who stands for nobody, sees what everybody sees."""
