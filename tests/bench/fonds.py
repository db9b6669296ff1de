"""`make bench-fonds`: the ledger over HTTP, in one run on this machine: balances and statements at 100.000, 1 and 5 million
lines, single bookings against a bare transaction with the same INSERTs, bulk, and the folding that follows them.

The lines of the three sizes are put in by the owner with the triggers off, as they would stand after folding. Bookings then
come on top of five million lines, with the same hot accounts in each. Exit status 1 when a floor of the project is missed, or a
call goes wrong. The figures come last, each with its floor.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.bench import pgledger
from tests.bench.figures import Floor, Series, table, verdict
from tests.bench.load import SERIAL
from tests.bench.sources import BOOKING, SUBJECTS, Sources, Subject, running
from tests.invariants.fonds import INVARIANTEN

P99_SECONDS, SLOWER, RATIO, LINES_PER_SECOND, BEHIND_SECONDS = 0.010, 1.5, 0.50, 20_000, 10.0
DAYS = 1800
"""Days over which the lines that are put in are spread, from 1 January 2013."""
HOT = (("1300", 900), ("2310", -500), ("2320", -400))


@dataclass(frozen=True)
class Plan:
    """How much and how long; seconds per turn."""

    lines: tuple[int, ...]
    reading_seconds: float
    connections: int
    processes: int
    rounds: int
    seconds: float
    bulk: int
    bulk_rounds: int
    bulk_seconds: float
    pgledger: Path = pgledger.FILE


FULL = Plan(
    lines=(100_000, 1_000_000, 5_000_000),
    reading_seconds=3.0,
    connections=32,
    processes=2,
    rounds=10,
    seconds=1.5,
    bulk=2000,
    bulk_rounds=4,
    bulk_seconds=5.0,
)
QUICK = Plan((3000, 9000), 0.2, 4, 1, 1, 0.3, 50, 1, 0.5)

STATEMENT = "/v1/fondsen/derdengelden/rekeningen/1300/afschrift"
READS = {
    "balances of a fonds on a day": "/v1/fondsen/derdengelden/saldibalans?datum=2016-11-30",
    "accounts with their balance": "/v1/rekeningen?datum=2016-11-30",
    "statement, first page": f"{STATEMENT}?vanaf=2013-01-01&tot=2018-01-01",
    "statement, a page half-way": f"{STATEMENT}?vanaf=2013-01-01&tot=2018-01-01&page={{half}}",
    "statement of a month": f"{STATEMENT}?vanaf=2016-11-01&tot=2016-12-01",
}


def fill(url: str, start: int, entries: int) -> None:
    """Put in entries numbered from `start` + 1 up to `entries`, of three lines each, folded."""
    day = f"date '2013-01-01' + CAST((n - 1) % {DAYS} AS integer)"
    numbers = f"generate_series({start + 1}, {entries}) AS n"
    hot = ", ".join(f"({number}, '{account}', {cent})" for number, (account, cent) in enumerate(HOT, 1))
    lines = f"(VALUES {hot}) AS r (nr, rekening, cent)"
    id, on_day = "CAST(md5('bench ' || n) AS uuid)", f"(n - 1) / {DAYS} + 1"
    steps = (
        "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) "
        f"SELECT {id}, 'derdengelden', {day}, now(), 'Factuur ' || n, 'abonnement', '/v1/bench/' || n, 3 FROM {numbers}",
        f"INSERT INTO boekingsregel SELECT {id}, nr, 'derdengelden', rekening, cent FROM {numbers}, {lines}",
        f"INSERT INTO rekeningregel SELECT 'derdengelden', rekening, {day}, {on_day}, {id}, nr, cent, cent * ({on_day}) "
        f"FROM {lines}, {numbers}",
        "DELETE FROM rekeningstand",
        "DELETE FROM fondsstand",
        "DELETE FROM rekeningteller",
        "INSERT INTO fondsstand SELECT 'derdengelden', k, d, count(*) FROM boeking CROSS JOIN LATERAL (VALUES "
        "('dag', boekdatum), ('maand', CAST(date_trunc('month', CAST(boekdatum AS timestamp)) AS date)), "
        "('jaar', CAST(date_trunc('year', CAST(boekdatum AS timestamp)) AS date))) AS korrel (k, d) GROUP BY k, d",
        "INSERT INTO rekeningstand SELECT 'derdengelden', rekening, korrel, vanaf, aantal_boekingen * greatest(cent, 0), "
        f"aantal_boekingen * greatest(-cent, 0), aantal_boekingen FROM fondsstand, {lines}",
        f"INSERT INTO rekeningteller SELECT 'derdengelden', rekening, 0, CAST(cent AS numeric) * {entries} FROM {lines}",
    )
    tables = ("boeking", "boekingsregel")
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("SET synchronous_commit = off")
        for name in tables:
            owner.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER".encode())
        for step in steps:
            owner.execute(step.encode())
        for name in tables:
            owner.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER".encode())
        owner.execute(
            "VACUUM ANALYZE boeking, boekingsregel, rekeningregel, rekeningstand, fondsstand, rekeningteller, onverzegeld"
        )


def bulk(entries: int) -> dict[str, Any]:
    """The body of a bulk, whose every call has other documents."""
    return {
        "boekingen": [
            {**BOOKING, "bron": {"bron": "abonnement", "pad": f"/v1/bulk/{SERIAL}-{number}"}} for number in range(entries)
        ]
    }


class Bench:
    """One run: what was measured, its floors, and which calls went wrong."""

    def __init__(self, sources: Sources, plan: Plan) -> None:
        self.sources, self.plan = sources, plan
        self.url = sources.databases["fonds"].owner_url
        self.floors, self.faults, self.series = list[Floor](), list[str](), list[Series]()

    def run(self) -> None:
        done, medians = 0, dict[str, list[float]]()
        for lines in self.plan.lines:
            entries, began = lines // len(HOT), time.monotonic()
            fill(self.url, done, entries)
            done = entries
            print(f"{lines} lines, put in in {time.monotonic() - began:.0f} s", flush=True)
            if lines == self.plan.lines[0]:
                self.check()
            for name, path in READS.items():
                half = max(1, entries // 200)
                subject = Subject(name, name, "fonds", path.format(half=half))
                result = self.measure(subject, "ours", 1, self.plan.reading_seconds)
                medians.setdefault(name, []).append(result["p50"])
                p99, cpu = result["p99"], " ".join(f"{kind} {micros:.0f}" for kind, micros in result["cpu"].items())
                print(
                    f"{lines:9d} lines: {name}: p50 {result['p50'] * 1e3:.1f} ms, p99 {p99 * 1e3:.1f} ms; CPU µs: {cpu}",
                    flush=True,
                )
                seen = f"{p99 * 1e3:.1f} ms"
                self.floors.append(
                    Floor(f"{name} at {lines} lines: p99", seen, f"< {P99_SECONDS * 1e3:.0f} ms", p99 < P99_SECONDS)
                )
        for name, values in medians.items():
            slower = values[-1] / values[0]
            self.floors.append(Floor(f"{name}: p50 of most lines to fewest", f"{slower:.2f}", f"<= {SLOWER}", slower <= SLOWER))
        self.sources.booked += done
        self.bookings()
        self.bulks()
        self.beside(self.plan.pgledger)
        if self.sources.entries() != self.sources.booked:
            self.faults.append(f"{self.sources.entries()} entries in the ledger, {self.sources.booked} expected")

    def measure(self, subject: Subject, side: str, connections: int, seconds: float) -> dict[str, Any]:
        result = self.sources.measure(subject, side, connections, seconds)
        if result["failed"]:
            self.faults.append(f"{subject.title}, {side}: {result['failed']} calls went wrong: {result['wrong']}")
        return result

    def check(self) -> None:
        """What was put in is what folding makes."""
        with psycopg.connect(self.url) as connection:
            for name, query in INVARIANTEN.items():
                if name.startswith("F2") and (wrong := connection.execute(query.encode()).fetchone()):
                    self.faults.append(f"{name}: {wrong}")

    def bookings(self) -> None:
        """Single bookings of ours and bare in turn, and how far the folding is behind."""
        subject = next(subject for subject in SUBJECTS if subject.name == "booking")
        self.sources.check(subject)
        series, behind = Series("a booking", {"ours": [], "bare": []}), list[float]()
        for number in range(self.plan.rounds + 1):
            for side in list(series.sides) if number % 2 else reversed(series.sides):
                result = self.measure(subject, side, self.plan.connections, self.plan.seconds)
                behind.append(self.behind())
                if number:
                    series.sides[side].append(result)
        series.show()
        self.series.append(series)
        seen = f"{series.ratio:.2f} ± {series.margin:.2f}"
        self.floors.append(Floor("a booking: of the bare transaction", seen, f">= {RATIO:.2f}", series.ratio >= RATIO))
        self.folded("bookings", max(behind))

    def bulks(self) -> None:
        """Many entries per call."""
        subject = Subject("bulk", f"a bulk of {self.plan.bulk} entries", "fonds", "/v1/boekingen/bulk", bulk(self.plan.bulk))
        self.measure(subject, "ours", 1, 0.5)
        results = [self.measure(subject, "ours", 2, self.plan.bulk_seconds) for _ in range(self.plan.bulk_rounds)]
        # by the answers themselves: a turn ends with whole calls
        rates = [result["done"] * self.plan.bulk * len(HOT) / result["seconds"] for result in results]
        cpu = results[0]["cpu"]
        print(f"{subject.title}: {', '.join(f'{rate:.0f}' for rate in rates)} lines/s; CPU ms/call {cpu}", flush=True)
        median = statistics.median(rates)
        self.floors.append(Floor("bulk: lines per second", f"{median:.0f}", f">= {LINES_PER_SECOND}", median >= LINES_PER_SECOND))
        self.folded("bulk", self.behind())

    def beside(self, file: Path) -> None:
        """The same entry in pgledger, where it can be had; no floor, since it keeps less."""
        if not file.is_file():
            print(f"no pgledger at {file}: not compared", flush=True)
            return
        url, entry = pgledger.make(self.sources.server.url, file)
        sides, own = {"ours": list[float](), "pgledger": list[float]()}, self.sources.databases["fonds"].url
        for _ in range(self.plan.bulk_rounds):
            sides["ours"].append(pgledger.rate(own, pgledger.ours, self.plan.connections, self.plan.seconds))
            sides["pgledger"].append(pgledger.rate(url, entry, self.plan.connections, self.plan.seconds))
        with psycopg.connect(self.url) as connection:
            row = connection.execute("SELECT count(*) FROM boeking WHERE bron = 'bench'").fetchone()
        self.sources.booked += row[0] if row else 0
        median = {side: statistics.median(rates) for side, rates in sides.items()}
        print(f"entries/s by SQL alone, {self.plan.connections} connections, hot accounts: {median}", flush=True)

    def behind(self) -> float:
        """Seconds since the oldest entry that is not folded was booked."""
        with psycopg.connect(self.url) as connection:
            row = connection.execute(
                "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(vastgelegd_op)), 0) FROM boeking JOIN "
                "(SELECT boeking FROM onverzegeld ORDER BY fonds, volgnummer LIMIT 1) AS o ON boeking = id"
            ).fetchone()
        assert row is not None
        return float(row[0])

    def folded(self, after: str, most: float) -> None:
        """Wait until everything is folded; how far it was behind at most has a floor."""
        began = time.monotonic()
        while (behind := self.behind()) > 0 and time.monotonic() - began < 120:
            most = max(most, behind)
            time.sleep(0.2)
        print(f"after {after}: all folded {time.monotonic() - began:.1f} s later", flush=True)
        self.floors.append(
            Floor(f"{after}: folding behind at most", f"{most:.1f} s", f"<= {BEHIND_SECONDS:.0f} s", most <= BEHIND_SECONDS)
        )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench-fonds", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few calls, no floors: does the bench itself work?")
    parser.add_argument("--lines", nargs="+", type=int, help="how many there are, one after the other")
    numbers: dict[str, Callable[[str], Any]] = {"processes": int, "rounds": int, "seconds": float, "bulk": int, "pgledger": Path}
    for name, kind in numbers.items():
        parser.add_argument(f"--{name}", type=kind)
    given = vars(parser.parse_args())
    quick = given.pop("quick")
    plan = dataclasses.replace(QUICK if quick else FULL, **{key: value for key, value in given.items() if value is not None})
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start; {plan}", flush=True)
    with running(["fonds"], processes=plan.processes, workers=["fonds"]) as sources:
        bench = Bench(sources, plan)
        bench.run()
    lines = "\n".join(table((series.name, plan.connections, series) for series in bench.series))
    print(f"\n{lines}\n")
    raise SystemExit(verdict(bench.floors, bench.faults, judged=not quick))


if __name__ == "__main__":
    main()
