"""The roles that this service knows, from the signed grant properties of a contract, and what a caller with each may see."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from gemeengoed_kit.route import ByCaller
from gemeengoed_kit.sight import Sight, grant_text

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.fonds.service import fondsen_van

FONDSBEHEERDER = "fondsbeheerder"
ADMINISTRATIE = "administratie"
GEMEENTE = "gemeente"

BOEKERS = (FONDSBEHEERDER, ADMINISTRATIE)
"""The roles that may book at all; each fonds says which of them may book in it."""


async def _zicht(caller: ByCaller) -> Sight:
    if caller.role != GEMEENTE:
        return Sight({"fonds": fondsen_van(caller.role)})
    return Sight({"gemeentecode": [grant_text(caller, "gemeentecode", "GM[0-9]{4}", "GM0344", GeenGemeentecode)]})


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see: a gemeente its own data, every other role the fondsen in which it may book.

Raises GeenGemeentecode: the caller is a gemeente, but its contract does not say which one.
"""
