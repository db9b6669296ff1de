"""The states of a round, and the exact share behind a bijdrage. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from fonds_api.omslag import rules as omslag
from fonds_api.omslag.rules import Regel

AANGEVRAAGD, VASTGESTELD, MISLUKT = "aangevraagd", "vastgesteld", "mislukt"


@dataclass(frozen=True)
class Aandeel:
    """The exact amount behind a bijdrage: whole cents, and a remainder of `rest_teller`/`rest_noemer` cent."""

    heel_cent: int
    rest_teller: int
    rest_noemer: int


def aandeel(regel: Regel, inwoners: int, inwoners_totaal: int) -> Aandeel:
    """The exact amount of a gemeente, before it is rounded or the last cents are divided."""
    if regel.vorm == omslag.OMVANG:
        heel, rest = divmod((regel.bedrag_cent or 0) * inwoners, inwoners_totaal)
        return Aandeel(heel, rest, inwoners_totaal)
    heel, rest = divmod(omslag.millicent(regel, inwoners), omslag.MILLI)
    return Aandeel(heel, rest, omslag.MILLI)
