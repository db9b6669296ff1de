"""What one process counts. Plain numbers without locks, since every call uses them: each name is counted by one thread at
a time."""

from __future__ import annotations

import os
import time
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
Labels = tuple[str, ...]
_STATUS = Path("/proc/self/status")


class Histogram:
    """Observations in buckets; the last bucket has no upper bound."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self.bounds, self.counts, self.total = bounds, [0] * (len(bounds) + 1), 0.0

    def add(self, value: float) -> None:
        """Count one observation."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class Meter:
    """Counters, histograms and gauges of this process, by name and label values.

    Every name begins with the `family` (gateway, service); a `Catalogue` says which are shown.
    """

    def __init__(self, family: str) -> None:
        self._family = family
        self._counters: dict[tuple[str, Labels], float] = {}
        self._histograms: dict[tuple[str, Labels], Histogram] = {}
        self._gauges: dict[tuple[str, Labels], Callable[[], float | None]] = {}
        self._started = time.time()

    def count(self, name: str, *labels: str) -> None:
        """Add one to a counter."""
        key = (name, labels)
        self._counters[key] = self._counters.get(key, 0) + 1

    def observe(self, name: str, value: float, *labels: str, bounds: tuple[float, ...] = SECONDS) -> None:
        """Add an observation to a histogram: a duration in seconds (or in the unit of `bounds`)."""
        key = (name, labels)
        histogram = self._histograms.get(key)
        if histogram is None:
            histogram = self._histograms[key] = Histogram(bounds)
        histogram.add(value)

    def gauge(self, name: str, read: Callable[[], float | None], *labels: str) -> None:
        """Add a gauge, whose value is read when the metrics are asked for; None is not shown."""
        self._gauges[name, labels] = read

    def told(self) -> dict[str, Any]:
        """All numbers, ready for JSON."""
        gauges = [(name, labels, read()) for (name, labels), read in self._gauges.items()]
        plain = {**{name: value for name, labels, value in gauges if not labels}, **self._process()}
        return {
            "counters": [[name, labels, value] for (name, labels), value in list(self._counters.items())],
            "histograms": [
                [name, labels, one.bounds, one.counts, one.total] for (name, labels), one in list(self._histograms.items())
            ],
            "gauges": {name: value for name, value in plain.items() if value is not None},
            "labelled": [[name, labels, value] for name, labels, value in gauges if labels and value is not None],
        }

    def _process(self) -> dict[str, float]:
        used = os.times()
        resident = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmRSS"))
        return {
            f"{self._family}_process_cpu_seconds": used.user + used.system,
            f"{self._family}_process_resident_bytes": int(resident.split()[1]) * 1024,
            f"{self._family}_process_open_files": len(os.listdir("/proc/self/fd")),
            f"{self._family}_process_start_time_seconds": self._started,
        }
