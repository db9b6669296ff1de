"""The roles that this service knows, from the signed grant properties of a contract, and what a caller with each may see."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.route import ByCaller
from gemeengoed_kit.sight import EVERYTHING, Sight, grant_text

from fonds_api.begroting.service import vastgestelde
from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.fonds.service import fondsen_van

FONDSBEHEERDER = "fondsbeheerder"
ADMINISTRATIE = "administratie"
GEMEENTE = "gemeente"
BESTUUR = "bestuur"
ACCOUNTANT = "accountant"

BOEKERS = (FONDSBEHEERDER, ADMINISTRATIE)
"""The roles that may book at all; each fonds says which of them may book in it."""
BEGROTINGLEZERS = (FONDSBEHEERDER, BESTUUR, ADMINISTRATIE, GEMEENTE)
INKOOPLEZERS = (FONDSBEHEERDER, GEMEENTE, ACCOUNTANT)
INDEXLEZERS = (FONDSBEHEERDER, BESTUUR, ADMINISTRATIE, GEMEENTE, ACCOUNTANT)


async def _zicht(caller: ByCaller) -> Sight:
    if caller.role != GEMEENTE:
        return Sight({"fonds": fondsen_van(caller.role)})
    return Sight({"gemeentecode": [_gemeentecode(caller)]})


async def _begrotingzicht(caller: ByCaller) -> Sight:
    if caller.role == BESTUUR:
        return EVERYTHING
    if caller.role == FONDSBEHEERDER:
        return Sight({"fonds": fondsen_van(caller.role)})
    if caller.role == GEMEENTE:
        _gemeentecode(caller)
    return Sight({"vastgesteld": vastgestelde()})


async def _inkoopzicht(caller: ByCaller) -> Sight:
    return Sight({"gemeente": [f"/v1/gemeenten/{_gemeentecode(caller)}"]}) if caller.role == GEMEENTE else EVERYTHING


async def _genoemd(caller: ByCaller) -> None:
    if caller.role == GEMEENTE:
        _gemeentecode(caller)


def _gemeentecode(caller: Caller) -> str:
    return grant_text(caller, "gemeentecode", "GM[0-9]{4}", "GM0344", GeenGemeentecode)


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see: a gemeente its own data, every other role the fondsen in which it may book.

Raises GeenGemeentecode: the caller is a gemeente, but its contract does not say which one.
"""

InBegrotingzicht = Annotated[Sight, Depends(_begrotingzicht)]
"""Which begrotingen the caller may see: the bestuur all, the fondsbeheerder those of its fondsen, others the adopted ones.

Raises GeenGemeentecode: as for InZicht.
"""

GENOEMD = Depends(_genoemd)
"""For what every reader may see: a gemeente must still say which one it is. Raises GeenGemeentecode."""

InInkoopzicht = Annotated[Sight, Depends(_inkoopzicht)]
"""What the caller may see of inkooptrajecten: a gemeente what is its own, by its path in catalogus; who keeps or audits all.

Raises GeenGemeentecode: as for InZicht.
"""
