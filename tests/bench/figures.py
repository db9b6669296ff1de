"""What all benchmarks reckon with: CPU of processes, how sure a median is, and floors."""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psutil


def family(pids: Iterable[int]) -> list[psutil.Process]:
    """Processes with all that they started."""
    roots = [psutil.Process(pid) for pid in pids]
    return [*roots, *(child for root in roots for child in root.children(recursive=True))]


def cpu_seconds(pids: Iterable[int]) -> float:
    """CPU seconds of processes and all that they started, children that have ended since included."""
    return sum(map(_seconds, family(pids)))


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return times.user + times.system + times.children_user + times.children_system


def standard_error(quotients: Sequence[float]) -> float:
    """Standard error of their median, as a part of it, from the quartiles; at least a two-hundredth."""
    if len(quotients) < 2:
        return math.inf
    low, middle, high = statistics.quantiles(quotients, n=4)
    return max(0.93 * (high - low) / middle / math.sqrt(len(quotients)), 1 / 200)


@dataclass
class Series:
    """The rounds of one measurement: results of each side, round by round. `bare` and `ours` are sides of every benchmark."""

    name: str
    sides: dict[str, list[dict[str, Any]]]

    def quotients(self, above: str, below: str) -> list[float]:
        """Calls per second of one side to those of another, per round; 0 where the other made none."""
        return [a["rate"] / b["rate"] if b["rate"] else 0.0 for a, b in zip(self.sides[above], self.sides[below], strict=True)]

    @property
    def ratios(self) -> list[float]:
        return self.quotients("ours", "bare")

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    @property
    def margin(self) -> float:
        """Two standard errors of the ratio."""
        return 2 * standard_error(self.ratios) * self.ratio if self.ratio else 0.0

    def median(self, side: str, key: str) -> float:
        return statistics.median(result[key] for result in self.sides[side])

    def cpu(self, side: str) -> dict[str, float]:
        """Median CPU microseconds per call, by kind of process."""
        results = self.sides[side]
        return {kind: statistics.median(result["cpu"][kind] for result in results) for kind in results[0]["cpu"]}

    def show(self) -> None:
        """Print what was measured."""
        print(f"{self.name}: ratio {self.ratio:.2f} ± {self.margin:.2f} ({min(self.ratios):.2f}-{max(self.ratios):.2f})")
        for side in self.sides:
            rate, p50, p99 = (self.median(side, key) for key in ("rate", "p50", "p99"))
            cpu = " ".join(f"{kind} {micros:.0f}" for kind, micros in self.cpu(side).items() if micros >= 1)
            print(f"  {side} {rate:7.0f} calls/s  p50 {p50 * 1e3:6.2f} ms  p99 {p99 * 1e3:6.2f} ms  CPU µs/call: {cpu}")
        sys.stdout.flush()


def table(rows: Iterable[tuple[str, int, Series]]) -> list[str]:
    """Both sides of what was measured, in Markdown: of each its name, number of connections and rounds."""
    lines = [
        "| ours / bare | connections | answers/s | ratio | p50 ms | p99 ms | CPU µs | PostgreSQL µs |",
        "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for name, connections, series in rows:
        rate, p50, p99 = ([series.median(side, key) for side in ("ours", "bare")] for key in ("rate", "p50", "p99"))
        server, postgres = ([series.cpu(side)[kind] for side in ("ours", "bare")] for kind in ("server", "postgres"))
        ratio = f"{series.ratio:.2f} ± {series.margin:.2f}"
        cells = [_pair(rate), ratio, _pair(p50, 1e3, 1), _pair(p99, 1e3, 1), _pair(server), _pair(postgres)]
        lines.append(row(name, connections, *cells))
    return lines


def _pair(values: Sequence[float], scale: float = 1.0, digits: int = 0) -> str:
    return " / ".join(f"{value * scale:.{digits}f}" for value in values)


def row(*cells: object) -> str:
    """A row of a table in Markdown."""
    return f"| {' | '.join(map(str, cells))} |"


@dataclass(frozen=True)
class Floor:
    """One thing that the project requires, with what was seen of it, in words."""

    what: str
    seen: str
    required: str
    held: bool


def verdict(floors: Sequence[Floor], faults: Sequence[str], *, judged: bool = True) -> int:
    """Print every figure with its floor, and then a line for all that went wrong or was missed: the last that a benchmark prints.

    Args:
        faults: what went wrong whatever the floors are.
        judged: whether a missed floor counts; a quick run measures nothing.

    Returns:
        exit status.
    """
    missed = [floor for floor in floors if judged and not floor.held]
    for floor in floors:
        state = "" if not judged else "  held" if floor.held else "  MISSED"
        print(f"{floor.what}: {floor.seen}, required {floor.required}{state}")
    for line in [*faults, *(f"{floor.what} {floor.seen}, required {floor.required}" for floor in missed)]:
        print(f"MISSED: {line}")
    return 1 if faults or missed else 0
