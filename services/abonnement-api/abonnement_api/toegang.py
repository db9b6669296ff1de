"""What a caller may see: a gemeente its own, the administratie everything."""

from __future__ import annotations

from gemeengoed_kit.errors import Forbidden
from gemeengoed_kit.identity import Caller

ADMINISTRATIE = "administratie"
GEMEENTE = "gemeente"


def eigen_gemeente(caller: Caller) -> str | None:
    """The gemeentecode to which everything this caller gets is limited; None for the administratie.

    Raises:
        Forbidden: role gemeente, but the contract names no gemeente.
    """
    if caller.role == ADMINISTRATIE:
        return None
    code = caller.grant_property("gemeentecode")
    if not isinstance(code, str) or not code:
        raise Forbidden("Uw contract noemt geen gemeente (eigenschap gemeentecode); daardoor is niet te bepalen wat van u is.")
    return code
