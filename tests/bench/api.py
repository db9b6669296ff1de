"""`make bench-api`: what our edge costs, against bare FastAPI + psycopg + pydantic, in one run on this machine.

Both in turn, in many short rounds, so that whatever else the machine does hits both; medians over the rounds. Measured for one
resource, a list of 3, a list of 100 and a booking: calls per second (closed loop) with latencies, and CPU per call. With 400
connections ours takes turns with itself at 32: does it keep answering, and what is left of its throughput?
Exit status 1 when a floor of the project is missed, or a call goes wrong; every miss has its line.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import platform
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench import figures
from tests.bench.figures import Floor, Series, verdict
from tests.bench.sources import SUBJECTS, Sources, Subject, running

RATIO, THROUGHPUT_LEFT = 0.50, 0.80
PAUSE_SECONDS = 0.2
"""How long a client waits after a 503 before it asks again on that connection."""


@dataclass(frozen=True)
class Plan:
    """How long and how often; seconds per turn. With `crowd` connections there are fewer and longer turns, compared with turns
    of `base` connections."""

    rounds: int
    seconds: float
    connections: tuple[int, ...]
    base: int
    crowd: int
    crowd_rounds: int
    crowd_seconds: float


FULL = Plan(rounds=12, seconds=1.0, connections=(1, 32, 400), base=32, crowd=400, crowd_rounds=4, crowd_seconds=5.0)
QUICK = Plan(rounds=2, seconds=0.1, connections=(4, 20), base=4, crowd=20, crowd_rounds=1, crowd_seconds=1.0)


@dataclass(frozen=True)
class Measured:
    """One subject at one number of connections. Sides: `ours` and `bare`, and in a crowd `few`, which is ours with few."""

    subject: Subject
    connections: int
    series: Series

    @property
    def ours(self) -> list[dict[str, Any]]:
        return self.series.sides["ours"]

    @property
    def statuses(self) -> Counter[str]:
        """How often ours answered what."""
        return sum((Counter(result["statuses"]) for result in self.ours), Counter[str]())

    @property
    def per_second(self) -> list[int]:
        """Right answers of ours in each second of its turns."""
        return [answers for result in self.ours for answers in result["per_second"]]

    @property
    def left(self) -> float | None:
        """Of the throughput of ours with few connections; None when that was not measured."""
        return statistics.median(self.series.quotients("ours", "few")) if "few" in self.series.sides else None


class Bench:
    """One run: what was measured, and which calls went wrong, by measurement and side."""

    def __init__(self, sources: Sources, plan: Plan) -> None:
        self.sources, self.plan = sources, plan
        self.measured = list[Measured]()
        self.failed = dict[tuple[str, str], tuple[int, str]]()
        self.entries = 0

    def run(self, subjects: Sequence[Subject]) -> None:
        """Measure these subjects, then count the ledger."""
        for subject in subjects:
            subject = self.sources.found(subject)
            self.sources.check(subject)
            for connections in self.plan.connections:
                measure = self._crowd if connections == self.plan.crowd else self._compare
                self.measured.append(Measured(subject, connections, measure(subject, connections)))
                self.measured[-1].series.show()
        self.entries = self.sources.entries()
        print(f"ledger: {self.entries} entries, {self.sources.booked} answers 201")

    def _compare(self, subject: Subject, connections: int) -> Series:
        """Bare and ours in turn; the first round warms up and does not count."""
        series = Series(f"{subject.title}, {connections} connections", {"ours": [], "bare": []})
        for number in range(self.plan.rounds + 1):
            for side in list(series.sides) if number % 2 else reversed(series.sides):
                result = self._turn(series.name, subject, side, connections, self.plan.seconds)
                if number:
                    series.sides[side].append(result)
        return series

    def _crowd(self, subject: Subject, connections: int) -> Series:
        """Ours with many and with few connections in turn, and bare with many; a short round warms up and does not count."""
        series = Series(f"{subject.title}, {connections} connections", {"few": [], "ours": [], "bare": []})
        for number in range(self.plan.crowd_rounds + 1):
            seconds = self.plan.crowd_seconds if number else self.plan.seconds
            for side in list(series.sides) if number % 2 else reversed(series.sides):
                many = connections if side != "few" else self.plan.base
                result = self._turn(series.name, subject, side, many, seconds, PAUSE_SECONDS if side == "ours" else 0.0)
                if number:
                    series.sides[side].append(result)
        return series

    def _turn(
        self, name: str, subject: Subject, side: str, connections: int, seconds: float, pause: float = 0.0
    ) -> dict[str, Any]:
        result = self.sources.measure(subject, "bare" if side == "bare" else "ours", connections, seconds, pause)
        if result["failed"]:
            so_far, first = self.failed.get((name, side), (0, result["wrong"]))
            self.failed[name, side] = (so_far + result["failed"], first)
        return result

    @property
    def faults(self) -> list[str]:
        """What went wrong in this run, whatever the floors are; in words."""
        found = [f"{name}, {side}: {count} calls went wrong: {first}" for (name, side), (count, first) in self.failed.items()]
        if self.entries != self.sources.booked:
            found.append(f"{self.entries} entries in the ledger for {self.sources.booked} answers 201")
        return found


def floors(measured: Measured) -> list[Floor]:
    """What the project requires of a measurement, with what was seen."""
    series = measured.series
    if measured.left is None:
        seen = f"{series.ratio:.2f} ± {series.margin:.2f}"
        return [Floor(f"{series.name}: ratio", seen, f"{RATIO:.2f}", series.ratio >= RATIO)]
    silent, allowed = measured.per_second.count(0), {str(measured.subject.status), "503"}
    return [
        Floor(f"{series.name}: seconds without answers", f"{silent} of {len(measured.per_second)}", "0", not silent),
        Floor(f"{series.name}: statuses", _all(measured.statuses), _all(allowed), measured.statuses.keys() <= allowed),
        Floor(
            f"{series.name}: of the throughput with few",
            f"{measured.left:.2f}",
            f"{THROUGHPUT_LEFT:.2f}",
            measured.left >= THROUGHPUT_LEFT,
        ),
    ]


def _all(statuses: Iterable[str]) -> str:
    return ", ".join(sorted(statuses))


def table(all_measured: Sequence[Measured]) -> str:
    """All figures, in Markdown."""
    lines = figures.table((measured.subject.title, measured.connections, measured.series) for measured in all_measured)
    crowds = [measured for measured in all_measured if measured.left is not None]
    if crowds:
        lines += [
            "",
            "| ours in a crowd | connections | of answers/s with few | in a second, least / median | statuses | longest s |",
            "| --- | --: | --: | --: | --- | --: |",
        ]
    for measured in crowds:
        seconds = measured.per_second
        statuses = ", ".join(f"{status}: {count}" for status, count in sorted(measured.statuses.items()))
        longest = max(result["longest"] for result in measured.ours)
        cells = [f"{measured.left:.2f}", f"{min(seconds)} / {statistics.median(seconds):.0f}", statuses, f"{longest:.2f}"]
        lines.append(figures.row(measured.subject.title, measured.connections, *cells))
    return "\n".join(lines)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench-api", description=__doc__)
    names = [subject.name for subject in SUBJECTS]
    parser.add_argument("--quick", action="store_true", help="a few hundred calls, no floors: does the bench itself work?")
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="what to measure")
    parser.add_argument("--connections", nargs="+", type=int, help="how many, one after the other")
    parser.add_argument("--rounds", type=int, help="turns of each side")
    parser.add_argument("--seconds", type=float, help="of a turn")
    parser.add_argument("--crowd-rounds", type=int, help="turns of each side with 400 connections")
    parser.add_argument("--crowd-seconds", type=float, help="of a turn with 400 connections, at least 1")
    given = vars(parser.parse_args())
    quick, only = given.pop("quick"), given.pop("only")
    plan = dataclasses.replace(QUICK if quick else FULL, **{key: value for key, value in given.items() if value is not None})
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start", flush=True)
    with running() as sources:
        bench = Bench(sources, plan)
        bench.run([subject for subject in SUBJECTS if subject.name in only])
    print(f"\n{table(bench.measured)}\n")
    raise SystemExit(
        verdict([floor for measured in bench.measured for floor in floors(measured)], bench.faults, judged=not quick)
    )


if __name__ == "__main__":
    main()
