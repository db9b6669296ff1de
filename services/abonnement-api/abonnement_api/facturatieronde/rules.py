"""How far a round is."""

from __future__ import annotations

from datetime import date

AANGEVRAAGD, GEFACTUREERD, GEBOEKT, MISLUKT = "aangevraagd", "gefactureerd", "geboekt", "mislukt"


def peildatum(jaar: int) -> date:
    """The day that decides: who exists, who has subscribed, how many inhabitants."""
    return date(jaar, 1, 1)


def stand(vastgelegd: str, alle: int, verzonden: int) -> str:
    """The state of a round: stored up to `gefactureerd`; `geboekt` once fonds has every entry."""
    return GEBOEKT if vastgelegd == GEFACTUREERD and verzonden == alle else vastgelegd


def voortgang(status: str, *, abonnementen: int, alle: int, verzonden: int) -> tuple[str, int, int]:
    """(step, done, of how many): first the invoices, all at once, then their entries one by one."""
    if status in (GEFACTUREERD, GEBOEKT):
        return "boeken", verzonden, alle
    return "factureren", 0, abonnementen
