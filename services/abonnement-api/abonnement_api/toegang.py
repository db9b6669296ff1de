"""The roles that this service knows, from the signed grant properties of a contract, and what a caller with each may see."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from gemeengoed_kit.route import ByCaller, InWork
from gemeengoed_kit.sight import EVERYTHING, Sight, grant_text

from abonnement_api.afnemer.service import eisen_zelf

ADMINISTRATIE = "administratie"
"""Runs it all, but approves nothing of its own."""
FIATTEUR = "fiatteur"
"""The second pair of eyes at the administratiebureau: reads all, approves rounds, distributions and payment orders."""
ACCOUNTANT = "accountant"
"""Reads all, and writes nothing at all."""
AANBIEDER = "aanbieder"
"""Delivers diensten (`gemeengoed.aanbieder` says which foundation): sees the lines and distributions of those."""
GEMEENTE = "gemeente"
"""Sees its own."""
LEZERS = (ADMINISTRATIE, FIATTEUR, ACCOUNTANT)
"""Read everything."""
GEMEENTECODE = "GM[0-9]{4}"
AANBIEDERCODE = "[a-z0-9-]{1,60}"


async def _zicht(work: InWork, caller: ByCaller) -> Sight:
    if caller.role in LEZERS:
        return EVERYTHING
    code = grant_text(caller, "gemeentecode", GEMEENTECODE, "GM0344")
    eisen_zelf(work, caller, code)
    return Sight({"gemeentecode": [code]})


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see: who keeps or audits everything, every other role the data of its own gemeente.

Raises Forbidden: the contract names no gemeente; AndereAfnemer: that gemeente is registered as another peer.
"""


async def _zicht_van_aanbieder(caller: ByCaller) -> Sight:
    if caller.role in LEZERS:
        return EVERYTHING
    return Sight({"aanbieder": [grant_text(caller, "aanbieder", AANBIEDERCODE, "stichting-kindertelefoon")]})


InZichtVanAanbieder = Annotated[Sight, Depends(_zicht_van_aanbieder)]
"""What the caller may see of what belongs to aanbieders: who keeps or audits everything, an aanbieder its own.

Raises Forbidden: the contract names no aanbieder.
"""
