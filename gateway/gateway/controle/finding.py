"""A finding of the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How serious it is: calls or contracts fail now, they will fail, or nothing is wrong."""

    FAULT = "fout"
    WARNING = "waarschuwing"
    FINE = "in orde"


@dataclass(frozen=True)
class Finding:
    """One finding, in Dutch: the component and its hosted peer, what was expected, what was found, what to do."""

    severity: Severity
    component: str
    peer_id: str | None
    expected: str
    found: str
    advice: str


def fault(component: str, peer_id: str | None, *, expected: str, found: str, advice: str) -> Finding:
    """A finding: something does not work now."""
    return Finding(Severity.FAULT, component, peer_id, expected, found, advice)


def warning(component: str, peer_id: str | None, *, expected: str, found: str, advice: str) -> Finding:
    """A finding: something will stop working, or does not do what was intended."""
    return Finding(Severity.WARNING, component, peer_id, expected, found, advice)


def unexamined(component: str, peer_id: str | None, problem: Exception) -> Finding:
    """A finding: something is so damaged that it could not be examined."""
    return fault(
        component,
        peer_id,
        expected="gegevens die te lezen zijn",
        found=f"niet te onderzoeken: {type(problem).__name__}: {problem}",
        advice="vergelijk de regel in de database met een reservekopie; het log van control zegt meer",
    )


def fine(component: str, found: str) -> Finding:
    """A finding: this whole check found nothing wrong."""
    return Finding(Severity.FINE, component, None, found, found, "niets")
