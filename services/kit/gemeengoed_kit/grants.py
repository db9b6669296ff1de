"""Grant properties by which a service limits what a caller sees."""

from __future__ import annotations

import re

from gemeengoed_kit.errors import Forbidden
from gemeengoed_kit.identity import Caller


def grant_text(caller: Caller, name: str, pattern: str, example: str, refusal: type[Forbidden] = Forbidden) -> str:
    """The text of the grant property `gemeengoed.<name>`.

    Raises:
        refusal: the contract has no such property, or in another form than the (whole) pattern.
    """
    value = caller.grant_property(name)
    if isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII):
        return value
    state = "noemt geen" if value is None or value == "" else "geeft een ongeldige"
    raise refusal(
        f"Uw contract {state} {name} (eigenschap gemeengoed.{name}, bijvoorbeeld {example}); "
        "daardoor is niet te bepalen wat van u is."
    )
