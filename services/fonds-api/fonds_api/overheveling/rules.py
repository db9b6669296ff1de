"""What may be carried over, and how it is booked. Pure; amounts in cents."""

from __future__ import annotations

from typing import Literal, get_args

from fonds_api.boeking.rules import Regel
from fonds_api.overheveling.errors import OverhevelingKloptNiet

Status = Literal["aangevraagd", "vastgesteld", "geweigerd"]
AANGEVRAAGD, VASTGESTELD, GEWEIGERD = get_args(Status)
Post = Literal["structureel", "meerjarig", "kortcyclisch", "btw"]
TOEVOEGING, ONTTREKKING, RESERVE = "4990", "8200", "0510"


def eisen_vorm(van_verplichting: bool, prioriteit: str | None, budgetsoort: str | None, bedrag_cent: int | None) -> None:
    """Refuse what is neither of a post nor of a commitment, or of both.

    Raises:
        OverhevelingKloptNiet: with what it lacks.
    """
    gegeven = [prioriteit is not None, budgetsoort is not None, bedrag_cent is not None]
    if van_verplichting and any(gegeven):
        raise OverhevelingKloptNiet("Bij een verplichting volgen post en bedrag uit wat er openstaat.")
    if not van_verplichting and (not all(gegeven[1:]) or (prioriteit is None) != (budgetsoort == "btw")):
        raise OverhevelingKloptNiet("Er is geen verplichting, en geen post met een bedrag.")


def in_reserve(bedrag_cent: int) -> list[Regel]:
    """On the last day of the year: the money is kept for the next, so that it is not in the resultaat."""
    return [Regel(TOEVOEGING, bedrag_cent), Regel(RESERVE, -bedrag_cent)]


def uit_reserve(bedrag_cent: int) -> list[Regel]:
    """On the first day of the next year: it covers what it was kept for."""
    return [Regel(RESERVE, bedrag_cent), Regel(ONTTREKKING, -bedrag_cent)]
