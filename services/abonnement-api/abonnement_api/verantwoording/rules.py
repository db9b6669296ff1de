"""The sum that always holds."""

from __future__ import annotations


def klopt(*, ontvangen_cent: int, verdeeld_cent: int, nog_te_verdelen_cent: int, niet_gekoppeld_cent: int) -> bool:
    """Received = distributed + still to distribute + not matched."""
    return ontvangen_cent == verdeeld_cent + nog_te_verdelen_cent + niet_gekoppeld_cent
