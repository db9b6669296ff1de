"""When one nota pays another. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import format_euros

from fonds_api.verrekening.errors import NietTeVerrekenen


def eisen_verrekenbaar(van: str, met: str, bedrag_cent: int, open_cent: Mapping[str, int]) -> None:
    """Refuse to pay a nota with what another has to get back.

    Args:
        open_cent: what is open of both, in cents; negative to get back.

    Raises:
        NietTeVerrekenen: one of them has less; names both.
    """
    fouten = []
    if bedrag_cent > (tegoed := max(0, -open_cent[van])):
        fouten.append(InvalidParam("van", "te_veel", f"{van} heeft {format_euros(tegoed)} tegoed"))
    if bedrag_cent > (open_ := max(0, open_cent[met])):
        fouten.append(InvalidParam("met", "te_veel", f"van {met} staat {format_euros(open_)} open"))
    if fouten:
        raise NietTeVerrekenen("Er is niets verrekend.", invalid_params=fouten)
