"""Rules of proposals. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

GELDIG = timedelta(days=30)
"""How long a proposal waits before it expires."""
OPEN, BEVESTIGD, AFGEWEZEN, VERLOPEN = "open", "bevestigd", "afgewezen", "verlopen"


@dataclass(frozen=True)
class Wie:
    """Who acts, as far as a contract tells: the organisation, its role, and which contract (the hash of its grant)."""

    peer_id: str
    rol: str
    contract: str


def zijn_anderen(een: Wie, ander: Wie) -> bool:
    """Whether two are other eyes: another contract, and not the same role of the same organisation. A second contract for the
    same role does not make somebody else of an organisation."""
    return een.contract != ander.contract and (een.peer_id, een.rol) != (ander.peer_id, ander.rol)


def status(uitkomst: str | None, verloopt_op: datetime, nu: datetime) -> str:
    """Where a proposal stands."""
    return uitkomst or (VERLOPEN if nu >= verloopt_op else OPEN)
