"""Every change of the catalogue as an event."""
