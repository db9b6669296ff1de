"""The way of a document to its gemeente: which step may follow which, and what identifies an attempt."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

OPHALEN, EMAIL, TOEGANGSPUNT = "ophalen", "email", "toegangspunt"
NIET_OPGEMAAKT, TE_BEZORGEN, AANGEBODEN, BEZORGD, GEWEIGERD, OPNIEUW = (
    "niet-opgemaakt",
    "te-bezorgen",
    "aangeboden",
    "bezorgd",
    "geweigerd",
    "opnieuw",
)
WACHTEND = (TE_BEZORGEN, OPNIEUW)


def mag(status: str, stap: str, wijze: str) -> bool:
    """Whether this step may follow a status. Who fetches a document itself needs no offer."""
    if status in WACHTEND:
        return (stap == AANGEBODEN and wijze != OPHALEN) or (stap in (BEZORGD, GEWEIGERD) and wijze == OPHALEN)
    volgt = {AANGEBODEN: (BEZORGD, GEWEIGERD, OPNIEUW), BEZORGD: (GEWEIGERD, OPNIEUW), GEWEIGERD: (OPNIEUW,)}
    return stap in volgt.get(status, ())


def bericht(ubl_sha256: str, na: int) -> uuid.UUID:
    """What identifies an attempt, in the envelope too. The same attempt always has the same, so that sending it again after a
    crash has no second effect.

    Args:
        na: number of steps before this attempt.
    """
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{ubl_sha256}/{na}")


def belemmeringen(wijze: str, email: str | None, fouten: Sequence[str]) -> list[str]:
    """What keeps a document that was made up from being sent, in Dutch; empty when nothing does."""
    gevonden = [f"de controle bij het opmaken vond fouten: {'; '.join(fouten)}"] if fouten else []
    if wijze == EMAIL and email is None:
        gevonden.append("van de gemeente is geen e-mailadres vastgelegd")
    return gevonden
