"""What a caller may see: a gemeente its own, the administratie everything."""

from __future__ import annotations

from gemeengoed_kit.context import Work
from gemeengoed_kit.grants import grant_text
from gemeengoed_kit.identity import Caller

from abonnement_api.afnemer.service import eisen_zelf

ADMINISTRATIE = "administratie"
GEMEENTE = "gemeente"
GEMEENTECODE = "GM[0-9]{4}"


def eigen_gemeente(work: Work, caller: Caller) -> str | None:
    """The gemeentecode to which everything this caller gets is limited; None for the administratie.

    Raises:
        Forbidden: role gemeente, but the contract names no gemeente.
        AndereAfnemer: that gemeente is known to be another peer.
    """
    if caller.role == ADMINISTRATIE:
        return None
    code = grant_text(caller, "gemeentecode", GEMEENTECODE, "GM0344")
    eisen_zelf(work, caller, code)
    return code
