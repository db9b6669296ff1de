"""What must come out as nothing."""

from __future__ import annotations


def verschil(*, volgens_bank_cent: int, verdeeld_cent: int, nog_te_verdelen_cent: int, niet_gekoppeld_cent: int) -> int:
    """What came in by the bank's figures less where we say it is, in cents over all years: nothing, unless money is lost."""
    return volgens_bank_cent - verdeeld_cent - nog_te_verdelen_cent - niet_gekoppeld_cent
