"""What a caller may see: concepts are for catalogusbeheer, what is published for everybody."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.sight import EVERYTHING, Sight

BEHEER = "catalogusbeheer"
TASKFORCE, COLLEGE, BESTUUR, LEDENVERGADERING = "taskforce", "college", "bestuur", "ledenvergadering"
GREMIA = (TASKFORCE, COLLEGE, BESTUUR, LEDENVERGADERING)
"""Roles of who decides: each records its own besluiten."""
GEPUBLICEERD = Sight({"publicatiestatus": ["gepubliceerd"]})


async def _zicht(request: Request) -> Sight:
    caller: Caller | None = request.state.caller
    return EVERYTHING if caller is not None and caller.role == BEHEER else GEPUBLICEERD


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see, with a token or without."""
