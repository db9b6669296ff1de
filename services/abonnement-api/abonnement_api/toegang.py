"""The roles that this service knows, from the signed grant properties of a contract, and what a caller with each may see."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from gemeengoed_kit.context import Work
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.route import ByCaller, InWork
from gemeengoed_kit.sight import EVERYTHING, Sight, grant_text

from abonnement_api.aanbieder.service import eisen_bekend
from abonnement_api.afnemer.service import eisen_zelf

ADMINISTRATIE = "administratie"
"""Runs it all, but approves nothing of its own."""
FIATTEUR = "fiatteur"
"""The second pair of eyes at the administratiebureau: reads all, approves rounds, distributions and payment orders."""
ACCOUNTANT = "accountant"
"""Reads all, and writes nothing at all."""
AANBIEDER = "aanbieder"
"""Delivers diensten (`gemeengoed.aanbieder` says which foundation): sees the lines and distributions of those."""
COMMISSIE = "commissie"
"""Adopts what foundations account for, or sends it back: reads what they submitted and what it came to per dienst."""
GEMEENTE = "gemeente"
"""Sees its own."""
TOEGANGSPUNT = "toegangspunt"
"""Delivers documents in the network of Peppol: sees those that go that way."""
LEZERS = (ADMINISTRATIE, FIATTEUR, ACCOUNTANT)
"""Read everything."""
STUKLEZERS = (*LEZERS, AANBIEDER, COMMISSIE, GEMEENTE)
"""Read what foundations account for: a foundation its own, a gemeente what was adopted."""
GEMEENTECODE = "GM[0-9]{4}"
_AANBIEDER = "[a-z0-9]+(-[a-z0-9]+)*"


def _gemeentecode(work: Work, caller: Caller) -> str:
    code = grant_text(caller, "gemeentecode", GEMEENTECODE, "GM0344")
    eisen_zelf(work, caller, code)
    return code


def _aanbiedercode(work: Work, caller: Caller) -> str:
    code = grant_text(caller, "aanbieder", _AANBIEDER, "stichting-kindertelefoon")
    eisen_bekend(work, code)
    return code


def zicht_van(work: Work, caller: Caller) -> Sight:
    """What a caller may see: who keeps or audits everything, an aanbieder what is of its diensten, others the data of their
    gemeente.

    Raises:
        Forbidden: the contract names no gemeente or aanbieder.
        AndereAfnemer: that gemeente is registered as another peer.
        ContractNoemtOnbekendeAanbieder: there is no such aanbieder.
    """
    if caller.role in LEZERS:
        return EVERYTHING
    if caller.role == AANBIEDER:
        return Sight({"aanbieder": [_aanbiedercode(work, caller)]})
    return Sight({"gemeentecode": [_gemeentecode(work, caller)]})


async def _zicht(work: InWork, caller: ByCaller) -> Sight:
    return zicht_van(work, caller)


async def _stukzicht(work: InWork, caller: ByCaller) -> Sight:
    return EVERYTHING if caller.role == COMMISSIE else zicht_van(work, caller)


async def _aanbieder(work: InWork, caller: ByCaller) -> str | None:
    return _aanbiedercode(work, caller) if caller.role == AANBIEDER else None


async def _gemeente(work: InWork, caller: ByCaller) -> str:
    return _gemeentecode(work, caller)


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see; see `zicht_van`."""
InStukzicht = Annotated[Sight, Depends(_stukzicht)]
"""The same, for what a commissie judges: it sees all of that."""
InAanbieder = Annotated[str | None, Depends(_aanbieder)]
"""The aanbieder that calls; None for every other role."""
InGemeente = Annotated[str, Depends(_gemeente)]
"""The code of the gemeente that calls."""
