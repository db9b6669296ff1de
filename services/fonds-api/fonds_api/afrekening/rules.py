"""What is settled: the amount by definitive figures less what was charged. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from fonds_api.afrekening.errors import InwonersVoorlopig, PeilingPastNiet
from fonds_api.omslag.rules import Inwonertal, termijnen


def eisen_passend(ronde: Sequence[str], gemeenten: Sequence[Inwonertal]) -> None:
    """Refuse figures that a round cannot be settled with.

    Args:
        ronde: the gemeentecodes of the round.

    Raises:
        PeilingPastNiet: other gemeenten contribute than those of the figures.
        InwonersVoorlopig: figures are provisional; names whose.
    """
    if sorted(ronde) != sorted(g.code for g in gemeenten):
        anders = sorted(set(ronde) ^ {g.code for g in gemeenten})
        raise PeilingPastNiet(f"De peiling heeft andere gemeenten dan de ronde: {', '.join(anders)[:500]}.")
    if voorlopig := sorted(g.code for g in gemeenten if g.status == "voorlopig"):
        raise InwonersVoorlopig(
            f"Van {len(voorlopig)} gemeente(n) zijn de inwoners nog voorlopig: {', '.join(voorlopig)[:500]}.",
            gemeentecodes=voorlopig,
        )


def berekend(bedrag_cent: int, promillen: Sequence[int], eerdere_verschillen: Sequence[int]) -> int:
    """What is charged for a bijdrage, in cents: its terms, and what earlier settlements made of it."""
    return sum(termijnen(bedrag_cent, promillen)) + sum(eerdere_verschillen)
