"""The roles that this service knows, as signed in a contract's grant properties, and what a caller with one may see."""

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
"""Who may book at all; in which fondsen is for the fonds to say."""


async def _zicht(caller: ByCaller) -> Sight:
    if caller.role != GEMEENTE:
        return Sight({"fonds": fondsen_van(caller.role)})
    return Sight({"gemeentecode": [grant_text(caller, "gemeentecode", "GM[0-9]{4}", "GM0344", GeenGemeentecode)]})


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see: a gemeente its own, every other role the fondsen where it books.

Raises GeenGemeentecode: a gemeente whose contract does not say which.
"""
