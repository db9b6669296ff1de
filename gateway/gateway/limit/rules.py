"""What a limit is, and the token bucket that counts calls against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a limit applies to: a service (whoever calls it) or a calling peer (whatever it calls)."""

    SERVICE = "service"
    CALLER = "caller"


@dataclass(frozen=True)
class Limit:
    """Limits of one service or caller; None means no limit. `since`: the first nginx configuration that has it.

    Attributes:
        calls_per_second, burst: the average rate, and how many extra calls may come at once.
        concurrency: number of calls in progress at the same time.
        max_body_bytes: largest body of a request.
        timeout_seconds: how long the service may be silent.
    """

    calls_per_second: int | None = None
    burst: int | None = None
    concurrency: int | None = None
    max_body_bytes: int | None = None
    timeout_seconds: int | None = None
    since: int | None = field(default=None, compare=False)


NONE = Limit()


class Bucket:
    """A token bucket: full at the start, filled at the allowed rate, one token per call."""

    __slots__ = ("_at", "_rate", "_room", "_size")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate, self._size = rate, max(burst, 1.0)
        self._room, self._at = self._size, now

    def missing(self, now: float) -> float:
        """Seconds until there is room for a call; 0 when there is."""
        self._room = min(self._size, self._room + max(0.0, now - self._at) * self._rate)
        self._at = now
        return 0.0 if self._room >= 1 else (1 - self._room) / self._rate

    def take(self) -> None:
        """Count one call."""
        self._room -= 1
