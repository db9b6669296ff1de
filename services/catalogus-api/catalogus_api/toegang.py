"""What a caller may see: who keeps the catalogus everything, everybody else what is published."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from gemeengoed_kit.route import ByAnyone
from gemeengoed_kit.sight import EVERYTHING, Sight

BEHEER = "catalogusbeheer"
CONCEPT, GEPUBLICEERD = "concept", "gepubliceerd"


async def _zicht(caller: ByAnyone) -> Sight:
    if caller is not None and caller.role == BEHEER:
        return EVERYTHING
    return Sight({"zichtbaarheid": [GEPUBLICEERD]})


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see, with or without a token."""
