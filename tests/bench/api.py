"""`make bench-api`: what our edge costs, against bare FastAPI + psycopg + pydantic, in one run on this machine.

Both in turn, in many short rounds, so that whatever else the machine does hits both; medians over the rounds. Measured for one
resource, a list of 3, a list of 100 and a booking: calls per second (closed loop) with latencies, and CPU per call. With 400
connections ours takes turns with itself at 32: does it keep answering, and what is left of its throughput?
Exit status 1 when a floor of the project is missed; every miss has its line.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
from dataclasses import dataclass
from typing import Any

from tests.bench.figures import Series, standard_error
from tests.bench.sources import SUBJECTS, Sources, Subject, running

RATIO, THROUGHPUT_LEFT = 0.50, 0.80
PAUSE_SECONDS = 0.2
"""How long a client waits after a 503 before it asks again on that connection."""


@dataclass(frozen=True)
class Plan:
    """How long and how often; seconds per turn. With `crowd` connections a few long turns: can it stand that at all?"""

    rounds: int
    seconds: float
    connections: tuple[int, ...]
    base: int
    crowd: int
    crowd_rounds: int
    crowd_seconds: float
    checked: bool


FULL = Plan(rounds=12, seconds=1.0, connections=(1, 32), base=32, crowd=400, crowd_rounds=4, crowd_seconds=5.0, checked=True)
QUICK = Plan(rounds=2, seconds=0.1, connections=(1, 4), base=4, crowd=20, crowd_rounds=1, crowd_seconds=0.2, checked=False)


class Bench:
    """One run: what was measured, and what is wrong with it, in words."""

    def __init__(self, sources: Sources, plan: Plan) -> None:
        self.sources, self.plan = sources, plan
        self.faults = list[str]()
        self.rows = list[str]()
        self.crowd_rows = list[str]()

    def run(self, subjects: list[Subject], connections: list[int]) -> None:
        """Measure these subjects at these numbers of connections."""
        for subject in subjects:
            self.sources.check(subject)
            for number in connections:
                if number == self.plan.crowd:
                    self.crowd(subject)
                else:
                    self.compare(subject, number)
        found = self.sources.entries()
        print(f"ledger: {found} entries, {self.sources.booked} answers 201")
        if found != self.sources.booked:
            self.faults.append(f"{found} entries in the ledger for {self.sources.booked} answers 201")

    def compare(self, subject: Subject, connections: int) -> None:
        """Bare and ours in turn; the first round warms up and does not count."""
        series = Series(f"{subject.title}, {connections} connections", {"ours": [], "bare": []})
        for number in range(self.plan.rounds + 1):
            for side in list(series.sides) if number % 2 else reversed(series.sides):
                result = self.sources.measure(subject, side, connections, self.plan.seconds)
                if number:
                    series.sides[side].append(result)
                if result["failed"]:
                    self.faults.append(f"{series.name}, {side}: {result['failed']} calls went wrong: {result['wrong']}")
        error = 2 * standard_error(series.ratios) * series.ratio
        print(f"{series.name}: ratio {series.ratio:.2f} ± {error:.2f} ({min(series.ratios):.2f}-{max(series.ratios):.2f})")
        self._show(series, subject, connections, f"{series.ratio:.2f} ± {error:.2f}")
        if self.plan.checked and series.ratio < RATIO:
            self.faults.append(f"{series.name}: ratio {series.ratio:.2f} ± {error:.2f}, required {RATIO:.2f}")

    def crowd(self, subject: Subject) -> None:
        """Many connections, which wait a moment after a 503; ours with few in between, to compare with, and bare for the ratio."""
        plan, name = self.plan, f"{subject.title}, {self.plan.crowd} connections"
        series = Series(name, {"few": [], "ours": [], "bare": []})
        for number in range(plan.crowd_rounds):
            for side in list(series.sides) if number % 2 else reversed(series.sides):
                connections = plan.base if side == "few" else plan.crowd
                pause = PAUSE_SECONDS if side == "ours" else 0.0
                series.sides[side].append(
                    self.sources.measure(subject, "bare" if side == "bare" else "ours", connections, plan.crowd_seconds, pause)
                )
        ours = series.sides["ours"]
        seconds = [answers for result in ours for answers in result["per_second"]]
        statuses = _sum(result["statuses"] for result in ours)
        left = statistics.median(series.quotients("ours", "few"))
        longest = max(result["longest"] for result in ours)
        print(f"{name}: {left:.2f} of the throughput at {plan.base}; statuses {statuses}; longest {longest:.2f} s")
        print(f"  answers in each second: {' '.join(map(str, seconds))}")
        self._show(series, subject, plan.crowd, f"{series.ratio:.2f}")
        self.crowd_rows.append(
            f"| {subject.title} | {left:.2f} | {min(seconds, default=0)} / {statistics.median(seconds or [0]):.0f} "
            f"| {', '.join(f'{status}: {count}' for status, count in sorted(statuses.items()))} | {longest:.2f} |"
        )
        for result in ours:
            if result["failed"]:
                self.faults.append(f"{name}: {result['failed']} calls went wrong: {result['wrong']}")
        strange = set(statuses) - {str(subject.status), "503"}
        if strange:
            self.faults.append(f"{name}: statuses {', '.join(sorted(strange))}; only {subject.status} and 503 are right")
        if plan.checked and 0 in seconds:
            self.faults.append(f"{name}: {seconds.count(0)} of {len(seconds)} seconds without answers")
        if plan.checked and left < THROUGHPUT_LEFT:
            self.faults.append(f"{name}: {left:.2f} of the throughput at {plan.base}, required {THROUGHPUT_LEFT:.2f}")

    def _show(self, series: Series, subject: Subject, connections: int, ratio: str) -> None:
        for side in series.sides:
            rate, p50, p99 = (series.median(side, key) for key in ("rate", "p50", "p99"))
            print(
                f"  {side} {rate:6.0f} calls/s  p50 {p50 * 1e3:7.2f} ms  p99 {p99 * 1e3:7.2f} ms  "
                f"CPU µs/call: {series.cpu(side)}",
                flush=True,
            )

        def pair(key: str, scale: float = 1.0, digits: int = 0) -> str:
            return " / ".join(f"{series.median(side, key) * scale:.{digits}f}" for side in ("ours", "bare"))

        def cpu(kind: str) -> str:
            medians = [statistics.median(r["cpu"][kind] for r in series.sides[side]) for side in ("ours", "bare")]
            return " / ".join(f"{micros:.0f}" for micros in medians)

        self.rows.append(
            f"| {subject.title} | {connections} | {pair('rate')} | {ratio} | {pair('p50', 1e3, 1)} | {pair('p99', 1e3, 1)} "
            f"| {cpu('server')} | {cpu('postgres')} |"
        )

    def table(self) -> str:
        """All figures in Markdown."""
        lines = [
            "| ours / bare | connections | answers/s | ratio | p50 ms | p99 ms | CPU µs | PostgreSQL µs |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
            *self.rows,
        ]
        if self.crowd_rows:
            head = f"| ours at {self.plan.crowd} | of the answers/s at {self.plan.base} | answers in a second, least / median "
            lines += ["", head + "| statuses | longest s |", "| --- | --- | --- | --- | --- |", *self.crowd_rows]
        return "\n".join(lines)


def _sum(counts: Any) -> dict[str, int]:
    total: dict[str, int] = {}
    for count in counts:
        for status, number in count.items():
            total[status] = total.get(status, 0) + number
    return total


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench-api", description=__doc__)
    names = [subject.name for subject in SUBJECTS]
    parser.add_argument("--quick", action="store_true", help="a few hundred calls, no floors: does the bench itself work?")
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="what to measure")
    parser.add_argument("--connections", nargs="+", type=int, help="how many, in turn; 400 means the crowd")
    parser.add_argument("--rounds", type=int, help="turns of each side, below 400 connections")
    parser.add_argument("--seconds", type=float, help="of a turn, below 400 connections")
    given = parser.parse_args()
    plan = QUICK if given.quick else FULL
    changed = {key: value for key in ("rounds", "seconds") if (value := getattr(given, key)) is not None}
    plan = Plan(**{**plan.__dict__, **changed})
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start", flush=True)
    with running() as sources:
        bench = Bench(sources, plan)
        bench.run(
            [subject for subject in SUBJECTS if subject.name in given.only], given.connections or [*plan.connections, plan.crowd]
        )
    print(f"\n{bench.table()}\n")
    for line in bench.faults:
        print(f"MISSED: {line}")
    raise SystemExit(1 if bench.faults else 0)


if __name__ == "__main__":
    main()
