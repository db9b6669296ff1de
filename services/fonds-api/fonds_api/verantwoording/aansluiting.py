"""What a report takes from features that keep it: the one place to connect them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gemeengoed_kit.context import Work

from fonds_api.verantwoording.rules import Plek


def verplicht_per_post(work: Work, fonds: str, jaar: int, op: date) -> Mapping[Plek, int]:
    """What is committed and not yet spent at the end of a day, in cents by prioriteit and budgetsoort.

    Until the feature verplichting is there, nothing is.
    """
    return {}
