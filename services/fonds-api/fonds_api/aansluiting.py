"""What reports take from the features that keep it, in one place. Each function says what holds until that feature is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gemeengoed_kit.context import Work


@dataclass(frozen=True, slots=True)
class Vaststelling:
    """The decision of the ledenvergadering that made a jaarrekening final, at the source that keeps it."""

    bron: str
    pad: str
    vastgesteld_op: datetime


def verplicht_per_post(work: Work, fonds: str, jaar: int, op: date) -> Mapping[tuple[str | None, str | None], int]:
    """What is committed and not yet spent at the end of a day, in cents by prioriteit and budgetsoort; (None, "btw") is the BTW
    of it. Until the feature verplichting is there, nothing is committed."""
    return {}


def overgeheveld_per_post(work: Work, fonds: str, jaar: int, op: date) -> Mapping[tuple[str | None, str | None], int]:
    """What earlier years left to the budget of this one (below zero: what this one left to the next), in cents by prioriteit and
    budgetsoort; (None, "btw") as above. Until the feature overheveling is there, nothing is carried over."""
    return {}


def afsluiting(fonds: str, jaar: int) -> str:
    """Path of the document whose entry closes a year: it brings baten and lasten to zero, so reports of the year leave it out."""
    return f"/v1/jaarafsluitingen/{fonds}-{jaar}"


def vaststelling(work: Work, fonds: str, jaar: int) -> Vaststelling | None:
    """With which decision the jaarrekening of a year was adopted; None while it is a concept, and until the feature jaareinde is
    there."""
    return None
