"""States of an aansluiting, the kinds of difference, and what follows from a page of entries."""

from __future__ import annotations

BRON = "abonnement"
"""The source that our documents have in fonds."""
AANGEVRAAGD, VERGELEKEN, MISLUKT = "aangevraagd", "vergeleken", "mislukt"
ONDERWEG, GEWEIGERD, ONTBREEKT = "onderweg", "geweigerd", "ontbreekt_in_fonds"
DUBBEL, GESTORNEERD, ANDER_BEDRAG, ANDERE_BOEKING, ONBEKEND = (
    "dubbel",
    "gestorneerd",
    "ander_bedrag",
    "andere_boeking",
    "onbekend",
)
SOORTEN = (ONDERWEG, GEWEIGERD, ONTBREEKT, DUBBEL, GESTORNEERD, ANDER_BEDRAG, ANDERE_BOEKING, ONBEKEND)
MEESTE = 10_000
"""Differences that are kept of one aansluiting; all are counted."""
GETOOND = 100
"""Differences that are shown with the aansluiting itself; the rest stand in their own list."""


def volledig(pagina: int, grootte: int, aantal: int, gekregen: int, *, meer: bool) -> bool:
    """Whether a page is what a list of `aantal` entries has there: full when there is more, and no less than what is left.

    Args:
        pagina: its number, from 1.
        grootte: entries on a full page.
        gekregen: entries that it has.
        meer: whether it names a next page.
    """
    return meer == (aantal > pagina * grootte) and gekregen == max(0, min(grootte, aantal - (pagina - 1) * grootte))
