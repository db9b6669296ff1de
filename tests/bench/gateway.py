"""`make bench-gateway`: what the gateway costs, against a bare nginx → mTLS → nginx, in one run on this machine.

Both in turn, in many short rounds, so that whatever else the machine does hits both; medians over the rounds. One is measured as
calls per second (closed loop) with its latencies, and as CPU per call by kind of process. What peers cost is measured against a
second gateway of ours that keeps one peer: the quotient of the two with 500 peers beside that of before, when both had one. (The
ratio to bare cannot tell: on a quicker machine bare gains more, since it waits for no disk.)
Exit status 1 when a limit of the project is missed: the ratio at 32 connections, its p99, or a slow-down from 1 to 500 peers
beyond two standard errors.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import statistics
import threading
from dataclasses import dataclass
from typing import Any

import httpx

from tests.bench.figures import Floor, Series, standard_error, verdict
from tests.bench.load import Job
from tests.bench.stand import FIRST_OUTWAY, Stand, seconds_until, standing

RATIO, P99_SECONDS = 0.30, 0.040
Targets = list[tuple[str, int]]


@dataclass(frozen=True)
class Plan:
    """How long and how often; seconds per turn."""

    rounds: int
    seconds: float
    connections: tuple[int, ...]
    peers: tuple[int, ...]
    checked: bool


FULL = Plan(rounds=24, seconds=1.0, connections=(1, 32, 128), peers=(1, 50, 500), checked=True)
QUICK = Plan(rounds=2, seconds=0.1, connections=(1, 32), peers=(1, 3), checked=False)


class Bench:
    """One run: measures, and counts the calls that must be in the logs. `stand` gets more peers, `one` keeps one."""

    def __init__(self, stand: Stand, one: Stand, plan: Plan) -> None:
        self.stand, self.one, self.plan = stand, one, plan
        self.faults = list[str]()

    def compare(
        self, name: str, kind: str, connections: int, targets: Targets | None = None, *, beside_one: bool = False
    ) -> Series:
        """Bare and ours in turn, and the gateway with one peer; the first round warms up and does not count."""
        turns = {"bare": (self.stand, self.stand.bare), "ours": (self.stand, targets or self.stand.ours[:1])}
        if beside_one:
            turns["one"] = (self.one, self.one.ours[:1])
        series = Series(name, {side: [] for side in turns})
        for number in range(self.plan.rounds + 1):
            for side in list(turns) if number % 2 else reversed(turns):
                stand, where = turns[side]
                result = self._measure(Job(kind, where, connections, self.plan.seconds), stand, logged=side != "bare")
                if number:
                    series.sides[side].append(result)
        series.show()
        return series

    def _measure(self, job: Job, stand: Stand, *, logged: bool) -> dict[str, Any]:
        before = stand.cpu()
        result = stand.load(job)
        after = stand.cpu()
        calls = max(1, result["done"])
        result["rate"] = result["done"] / result["seconds"]
        result["cpu"] = {kind: (after[kind] - before[kind]) / calls * 1e6 for kind in after}
        if result["failed"]:
            self.faults.append(f"{result['failed']} of {calls} calls went wrong ({job.kind}): {result['wrong']}")
        if logged:
            stand.recorded += result["done"]
        return result

    def grow(self, peers: int) -> None:
        """More hosted peers, each with a contract and a first call."""
        more = peers - self.stand.consumers
        took = seconds_until(lambda: self.stand.add_consumers(peers) or True, limit=3600)
        memory = ", ".join(f"{kind} {self.stand.memory(kind) / 2**20:.0f} MiB" for kind in ("decide", "control", "nginx"))
        print(f"{peers} peers: {took:.0f} s to add {more}; memory {memory}", flush=True)

    def one_more(self) -> None:
        """Add one peer under load: when does its Outway answer, and what do the calls of others notice?"""
        results: list[dict[str, Any]] = []
        job = Job("small", self.stand.ours[:1], 32, self.plan.seconds * 2)
        running = threading.Thread(target=lambda: results.append(self._measure(job, self.stand, logged=True)))
        running.start()
        number = 2 + self.stand.consumers
        took = seconds_until(lambda: self.stand.host(number) or True) + seconds_until(lambda: self._answers(number))
        running.join()
        print(
            f"  one peer more under load: its Outway answers after {took:.1f} s; meanwhile p99 "
            f"{results[0]['p99'] * 1e3:.1f} ms, longest {results[0]['longest'] * 1e3:.0f} ms"
        )

    def _answers(self, number: int) -> bool:
        try:
            answer = httpx.get(
                f"http://{self.stand.lab.address}:{FIRST_OUTWAY + number}/", headers={"Host": "x"}, trust_env=False
            )
        except httpx.TransportError:
            return False
        return answer.headers.get("Fsc-Error-Code") == "ERROR_CODE_GRANT_HASH_MISSING"

    def count_logs(self) -> None:
        """Each call has exactly one record on each side."""
        for stand in (self.stand, self.one):
            for side, outgoing in (("outgoing", True), ("incoming", False)):
                found = stand.lab.count_records("outgoing = %s", outgoing)
                print(f"  log: {found} {side} records, {stand.recorded} calls")
                if found != stand.recorded:
                    self.faults.append(f"{found} {side} records for {stand.recorded} calls")


def run(stand: Stand, one: Stand, plan: Plan) -> tuple[list[Floor], list[str]]:
    """Measure everything; (what is required with what was seen, what went wrong)."""
    bench = Bench(stand, one, plan)
    small = {n: bench.compare(f"small, {n} connections", "small", n, beside_one=n == 32) for n in plan.connections}
    for kind, name in (("up", "1 MiB up, 8 connections"), ("down", "1 MiB down, 8 connections")):
        bench.compare(name, kind, 8)
    crowd = {1: small[32]}
    for peers in plan.peers[1:]:
        bench.grow(peers)
        crowd[peers] = bench.compare(f"{peers} peers, calls of one", "small", 32, beside_one=True)
        bench.compare(f"{peers} peers, calls of {min(peers, 128)}", "small", min(peers, 128), stand.ours[:128])
    bench.one_more()
    bench.count_logs()
    return _floors(small[32], crowd), bench.faults


def _floors(base: Series, crowd: dict[int, Series]) -> list[Floor]:
    p99 = base.median("ours", "p99")
    found = [
        Floor(f"{base.name}: ratio", f"{base.ratio:.2f} ± {base.margin:.2f}", f"{RATIO:.2f}", base.ratio >= RATIO),
        Floor(f"{base.name}: p99", f"{p99 * 1e3:.1f} ms", f"below {P99_SECONDS * 1e3:.0f} ms", p99 < P99_SECONDS),
    ]
    before = base.quotients("ours", "one")
    for peers, series in list(crowd.items())[1:]:
        after = series.quotients("ours", "one")
        left = statistics.median(after) / statistics.median(before)
        noise = 2 * math.hypot(standard_error(before), standard_error(after)) * left
        name = f"1 → {peers} peers: of the calls per second"
        found.append(Floor(name, f"{left:.3f}", f"1 within two standard errors, ± {noise:.3f}", left >= 1 - noise))
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench-gateway", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few hundred calls, no limits: does the bench itself work?")
    parser.add_argument("--workers", type=int, default=1, help="nginx workers, of both")
    given = parser.parse_args()
    cores = os.cpu_count()
    print(f"{platform.machine()}, {cores} cores, {given.workers} nginx worker(s), load {os.getloadavg()[0]:.1f} before the start")
    with standing(given.workers) as stand, standing(given.workers) as one:
        plan = QUICK if given.quick else FULL
        floors, faults = run(stand, one, plan)
    raise SystemExit(verdict(floors, faults, judged=plan.checked))


if __name__ == "__main__":
    main()
