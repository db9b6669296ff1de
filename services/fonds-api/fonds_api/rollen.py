"""The roles that this service knows, as signed in a contract's grant properties."""

FONDSBEHEERDER = "fondsbeheerder"
ADMINISTRATIE = "administratie"
GEMEENTE = "gemeente"

BOEKERS = (FONDSBEHEERDER, ADMINISTRATIE)
"""Who may book at all; in which fondsen is for the fonds to say."""
