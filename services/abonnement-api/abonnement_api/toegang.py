"""What a caller may see: a gemeente its own data, the administratie everything."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from gemeengoed_kit.route import ByCaller, InWork
from gemeengoed_kit.sight import EVERYTHING, Sight, grant_text

from abonnement_api.afnemer.service import eisen_zelf

ADMINISTRATIE = "administratie"
GEMEENTE = "gemeente"
GEMEENTECODE = "GM[0-9]{4}"


async def _zicht(work: InWork, caller: ByCaller) -> Sight:
    if caller.role == ADMINISTRATIE:
        return EVERYTHING
    code = grant_text(caller, "gemeentecode", GEMEENTECODE, "GM0344")
    eisen_zelf(work, caller, code)
    return Sight({"gemeentecode": [code]})


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see: the administratie everything, every other role the data of its own gemeente.

Raises Forbidden: the contract names no gemeente; AndereAfnemer: that gemeente is registered as another peer.
"""
