"""How long a foundation has to answer."""

from __future__ import annotations

from datetime import date, timedelta

TERMIJN_DAGEN = 30
"""A month, as for questions of council members: our own rule, since the papers name none."""
GESTELD, BEANTWOORD, GEPUBLICEERD = "gesteld", "beantwoord", "gepubliceerd"


def uiterlijk(gesteld: date) -> date:
    """Last day to answer."""
    return gesteld + timedelta(days=TERMIJN_DAGEN)


def te_laat(uiterlijk: date, beantwoord: date | None, vandaag: date) -> bool:
    """Whether the answer came after its last day, or has not come and that day has passed."""
    return (beantwoord or vandaag) > uiterlijk
