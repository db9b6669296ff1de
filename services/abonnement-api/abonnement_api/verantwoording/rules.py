"""The control figure that must be zero."""

from __future__ import annotations


def verschil(*, volgens_bank_cent: int, verdeeld_cent: int, nog_te_verdelen_cent: int, niet_gekoppeld_cent: int) -> int:
    """Cents received by the bank's figures minus cents recorded here, over all years. It is zero unless money is missing."""
    return volgens_bank_cent - verdeeld_cent - nog_te_verdelen_cent - niet_gekoppeld_cent
