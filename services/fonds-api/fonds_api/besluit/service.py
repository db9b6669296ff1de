"""What other features need of decisions."""

from __future__ import annotations

from collections.abc import Collection

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work

from fonds_api.besluit import rules
from fonds_api.besluit.rules import BESTUUR_EN_LEDEN, LEDEN
from fonds_api.besluit.schemas import BronBesluit, BronGrondslag

__all__ = ["BESTUUR_EN_LEDEN", "LEDEN", "eisen_draagt", "grond"]


def eisen_draagt(work: Work, besluit: BronBesluit, gremia: Collection[str]) -> None:
    """Refuse a decision that does not carry what is to rest on it. Raises BesluitDraagtNiet; see `rules.eisen_draagt`."""
    rules.eisen_draagt(besluit, gremia, today(work.clock))


def grond(grondslag: BronGrondslag) -> str:
    """Path of the weightiest decision that permits a commitment. Raises GeenGrondslag; see `rules.eisen_toegestaan`."""
    paden = [besluit.pad for besluit in grondslag.besluiten]
    rules.eisen_toegestaan(grondslag.toegestaan, grondslag.uitleg, paden)
    return paden[0]
