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
LEDENVERGADERING = "ledenvergadering"
ACCOUNTANT = "accountant"

BOEKERS = (FONDSBEHEERDER, ADMINISTRATIE)
"""The roles that may book at all; each fonds says which of them may book in it."""
BEGROTINGLEZERS = (FONDSBEHEERDER, BESTUUR, LEDENVERGADERING, ACCOUNTANT, ADMINISTRATIE, GEMEENTE)
BESTEDINGLEZERS = (FONDSBEHEERDER, BESTUUR, ACCOUNTANT)
"""Who sees commitments and spending one by one, with the names of suppliers. Others see what they come to per begrotingspost."""
JAARLEZERS = (FONDSBEHEERDER, BESTUUR, LEDENVERGADERING, ACCOUNTANT, GEMEENTE)
"""Who sees how a year ended."""
TOEZIEN = (BESTUUR, LEDENVERGADERING, ACCOUNTANT)
"""Who sees what is of any fonds, because it decides about it or checks it."""


async def _zicht(caller: ByCaller) -> Sight:
    if caller.role != GEMEENTE:
        return Sight({"fonds": fondsen_van(caller.role)})
    return Sight({"gemeentecode": [_gemeentecode(caller)]})


async def _begrotingzicht(caller: ByCaller) -> Sight:
    if caller.role == FONDSBEHEERDER or caller.role in TOEZIEN:
        return _fondszicht(caller)
    if caller.role == GEMEENTE:
        _gemeentecode(caller)
    return Sight({"vastgesteld": vastgestelde()})


def _fondszicht(caller: Caller) -> Sight:
    return EVERYTHING if caller.role in TOEZIEN else Sight({"fonds": fondsen_van(caller.role)})


async def _bestedingzicht(caller: ByCaller) -> Sight:
    return _fondszicht(caller)


async def _ruimtezicht(caller: ByCaller) -> Sight:
    if caller.role == GEMEENTE:
        _gemeentecode(caller)
    return _fondszicht(caller) if caller.role == FONDSBEHEERDER else EVERYTHING


async def _uitkeringzicht(caller: ByCaller) -> Sight:
    return Sight({"gemeentecode": [_gemeentecode(caller)]}) if caller.role == GEMEENTE else _fondszicht(caller)


def _gemeentecode(caller: Caller) -> str:
    return grant_text(caller, "gemeentecode", "GM[0-9]{4}", "GM0344", GeenGemeentecode)


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see: a gemeente its own data, every other role the fondsen in which it may book.

Raises GeenGemeentecode: the caller is a gemeente, but its contract does not say which one.
"""

InBestedingzicht = Annotated[Sight, Depends(_bestedingzicht)]
"""Which commitments and spending the caller may see: who watches over it all, the fondsbeheerder those of its fondsen."""

InRuimtezicht = Annotated[Sight, Depends(_ruimtezicht)]
"""Of which fondsen the caller may see what is left of adopted begrotingen: all; the fondsbeheerder of its own.

Raises GeenGemeentecode: as for InZicht.
"""

InUitkeringzicht = Annotated[Sight, Depends(_uitkeringzicht)]
"""What of a resultaat goes to whom: a gemeente sees its own, others as for `InBestedingzicht`.

Raises GeenGemeentecode: as for InZicht.
"""

InBegrotingzicht = Annotated[Sight, Depends(_begrotingzicht)]
"""Which begrotingen the caller may see: bestuur, members and accountant all, the fondsbeheerder those of its fondsen, others the
adopted ones.

Raises GeenGemeentecode: as for InZicht.
"""
