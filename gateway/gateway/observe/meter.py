"""What one process counts. Plain numbers without locks, since every call passes here: each name is counted by one thread."""

from __future__ import annotations

import os
import time
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
RECORDS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0)
_FAILED_SECONDS = 10.0
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
    """Counters, histograms and gauges of this process by name and label values (see `catalogue`)."""

    def __init__(self) -> None:
        self._counters: dict[tuple[str, Labels], float] = {}
        self._histograms: dict[tuple[str, Labels], Histogram] = {}
        self._gauges: dict[str, Callable[[], float | None]] = {}
        self._started = time.time()
        self._log_failed_at: float | None = None

    def count(self, name: str, *labels: str) -> None:
        """One more."""
        key = (name, labels)
        self._counters[key] = self._counters.get(key, 0) + 1

    def observe(self, name: str, value: float, *labels: str, bounds: tuple[float, ...] = SECONDS) -> None:
        """One observation of a duration in seconds (or of what `bounds` counts)."""
        key = (name, labels)
        histogram = self._histograms.get(key)
        if histogram is None:
            histogram = self._histograms[key] = Histogram(bounds)
        histogram.add(value)

    def gauge(self, name: str, read: Callable[[], float | None]) -> None:
        """A value that is read when somebody asks; None is not told."""
        self._gauges[name] = read

    # ---- decisions and log: once per call
    def answered(self, component: str, peer_id: str, code: str, seconds: float) -> None:
        """A question of nginx was answered; `code` is "passed" or the FSC error code."""
        self.count("gateway_calls", peer_id, component, code)
        self.observe("gateway_decision_seconds", seconds, component)

    def wrote(self, records: int, seconds: float, written: bool) -> None:
        """A batch of the transaction log was committed, or refused."""
        self.count("gateway_log_batches", "written" if written else "failed")
        self.observe("gateway_log_write_seconds", seconds)
        self.observe("gateway_log_batch_records", records, bounds=RECORDS)
        self._log_failed_at = None if written else time.monotonic()

    def log_ok(self) -> float:
        """0 while the last batch failed a short while ago; no longer, since without calls nobody would try again."""
        return float(self._log_failed_at is None or time.monotonic() - self._log_failed_at > _FAILED_SECONDS)

    def told(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        gauges = {**{name: read() for name, read in self._gauges.items()}, **self._process()}
        return {
            "counters": [[name, labels, value] for (name, labels), value in list(self._counters.items())],
            "histograms": [
                [name, labels, one.bounds, one.counts, one.total] for (name, labels), one in list(self._histograms.items())
            ],
            "gauges": {name: value for name, value in gauges.items() if value is not None},
        }

    def _process(self) -> dict[str, float]:
        used = os.times()
        resident = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmRSS"))
        return {
            "gateway_process_cpu_seconds": used.user + used.system,
            "gateway_process_resident_bytes": int(resident.split()[1]) * 1024,
            "gateway_process_open_files": len(os.listdir("/proc/self/fd")),
            "gateway_process_start_time_seconds": self._started,
        }
