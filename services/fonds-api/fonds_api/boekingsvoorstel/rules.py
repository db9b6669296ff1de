"""Rules of proposals. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

GELDIG = timedelta(days=30)
"""How long a proposal waits before it expires."""
OPEN, BEVESTIGD, AFGEWEZEN, VERLOPEN = "open", "bevestigd", "afgewezen", "verlopen"


def status(uitkomst: str | None, verloopt_op: datetime, nu: datetime) -> str:
    """Where a proposal stands."""
    return uitkomst or (VERLOPEN if nu >= verloopt_op else OPEN)
