"""The parts that a process depends on, and how a failure of one is reported."""

from __future__ import annotations

from dataclasses import dataclass

from gemeengoed_kit.observe.probe import SECONDS


@dataclass(frozen=True)
class Part:
    """One thing that must work; `explanation` is Dutch, for people."""

    name: str
    works: bool
    explanation: str


def part(name: str, failure: BaseException | None, fine: str, wrong: str) -> Part:
    """The result of a probe: text `fine` without a failure, else `wrong` and why. Only a ValueError's own text is shown."""
    if failure is None:
        return Part(name, True, fine)
    if isinstance(failure, TimeoutError):
        return Part(name, False, f"{wrong} binnen {SECONDS:.0f} seconden.")
    reason = str(failure) if isinstance(failure, ValueError) else type(failure).__name__
    return Part(name, False, f"{wrong}: {reason}.")
