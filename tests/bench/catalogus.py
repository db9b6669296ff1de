"""`make bench-catalogus`: lists, search, facets and coverage over 5.000 voorzieningen and 100.000 deelnames, against a bare route
with the same SQL in one run.

Ours is measured twice: as an operator runs it, so that it keeps answers, while the catalogue changes a few times a second; and
without keeping any. All in turn, in many short rounds, at 16 connections; medians over the rounds. Exit status 1 when a floor of
the project is missed, or a call goes wrong. The figures come last, each with its floor.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import os
import platform
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from catalogus_api.app import service
from catalogus_api.settings import Settings
from gemeengoed_kit.clock import SystemClock
from gemeengoed_kit.testing import make_client, make_test_context
from gemeengoed_lokaal.databases import ServiceDatabase
from sqlalchemy import Engine, event

from tests.bench import verzonnen
from tests.bench.bare_catalogus import VARIABLE
from tests.bench.figures import Floor, Series, table, verdict
from tests.bench.sources import PROVIDER, Sources, Subject, running

P99_SECONDS, RATIO = 0.050, 0.50


@dataclass(frozen=True)
class Plan:
    """How much and how long; seconds per turn."""

    entries: int
    deelnames: int
    connections: int
    processes: int
    rounds: int
    seconds: float
    changes: float


FULL = Plan(entries=5000, deelnames=100_000, connections=16, processes=2, rounds=8, seconds=1.0, changes=5)
QUICK = Plan(entries=60, deelnames=500, connections=4, processes=1, rounds=1, seconds=0.1, changes=20)
ANEW = ", made anew"
"""After the title of what ours answers without keeping it."""
CHANGE = "UPDATE voorziening SET bronvermelding = 'Verzonnen, ' || now() WHERE code = 'verzonnen-00050'"
"""Of a concept, so that no answer differs by it; yet all that is kept has to be made again."""


def _subject(name: str, title: str, query: str) -> Subject:
    return Subject(name, title, "catalogus", f"/v1/voorzieningen{query}")


SUBJECTS = (
    _subject("list20", "a list of 20", "?pageSize=20"),
    _subject("list100", "a list of 100", ""),
    _subject("filter", "a list of 20, by a filter", "?domein=generiek&pageSize=20"),
    _subject("search", "a search for a rare word", "?zoek=parkeervergunning&pageSize=20"),
    _subject("common", "a search for a word of one entry in four", "?zoek=digitale&pageSize=20"),
    _subject("words", "a search for two words", "?zoek=digitale+parkeervergunning&pageSize=20"),
    _subject("typo", "a search with a spelling error", "?zoek=parkervergunnig&pageSize=20"),
    _subject("facets", "facets", "/facetten"),
    _subject("facets-filter", "facets by a filter", "/facetten?domein=generiek"),
    _subject("facets-search", "facets of a search", "/facetten?zoek=parkeervergunning"),
    _subject("facets-common", "facets of a search for a common word", "/facetten?zoek=digitale"),
    Subject("coverage", "coverage per domein", "catalogus", "/v1/dekking"),
    Subject("coverage-province", "coverage per province", "catalogus", "/v1/dekking?per=provincie"),
    Subject("coverage-list", "coverage of 100 voorzieningen", "catalogus", "/v1/dekking/voorzieningen"),
    _subject("coverage-one", "coverage of one voorziening", "/verzonnen-00001/dekking"),
)


def record(url: str, peer_id: str, paths: Iterable[str], folder: Path) -> dict[str, str]:
    """Let ours answer each path once, in this process, and write down which statements it carries out.

    Returns:
        the environment of bare.
    """
    settings = Settings(database_url=url, peer_id=peer_id, jwks_url="http://nergens.test/jwks")
    context, _ = make_test_context(service, settings, SystemClock())
    done = list[tuple[str, Any]]()

    def note(connection: Any, cursor: Any, statement: str, values: Any, execution: Any, many: bool) -> None:
        if "FROM stand" not in statement:
            done.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        by_path = dict[str, tuple[list[tuple[str, Any]], Any]]()
        for path in paths:
            done.clear()
            answer = make_client(service, context).get(path)
            assert answer.status_code == 200, f"{path}: {answer.text}"
            by_path[path] = list(done), answer.json()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        context.close()
    file = folder / "sql.json"
    file.write_text(json.dumps(by_path, default=str), "utf-8")
    return {VARIABLE: str(file)}


@contextlib.contextmanager
def changing(url: str, per_second: float) -> Iterator[None]:
    """The catalogue changes so many times a second, evenly; 0: not at all."""
    ended = threading.Event()

    def change() -> None:
        with psycopg.connect(url, autocommit=True) as database:
            while not ended.wait(1 / per_second):
                database.execute(CHANGE)

    thread = threading.Thread(target=change) if per_second else None
    if thread is not None:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        if thread is not None:
            thread.join()


class Bench:
    """One run: what was measured, and which calls went wrong."""

    def __init__(self, sources: Sources, plan: Plan) -> None:
        self.sources, self.plan = sources, plan
        self.series = list[Series]()
        self.faults = list[str]()

    def run(self, subjects: Sequence[Subject]) -> None:
        """All sides in turn for each of these; the first round warms up and does not count."""
        for subject in subjects:
            self.sources.check(subject)
            results: dict[str, list[dict[str, Any]]] = {side: [] for side in self.sources.sides}
            for number in range(self.plan.rounds + 1):
                for side in list(results) if number % 2 else reversed(results):
                    with changing(self.sources.databases["catalogus"].url, self.plan.changes if side == "ours" else 0):
                        result = self.sources.measure(subject, side, self.plan.connections, self.plan.seconds)
                    if result["failed"]:
                        self.faults.append(f"{subject.title}, {side}: {result['failed']} calls went wrong: {result['wrong']}")
                    if number:
                        results[side].append(result)
            for title, side in ((subject.title, "ours"), (subject.title + ANEW, "anew")):
                self.series.append(Series(title, {"ours": results[side], "bare": results["bare"]}))
                self.series[-1].show()


def floors(series: Series) -> list[Floor]:
    """What is required of one of the subjects, and what was seen; no p99 is required of what is made anew for every call."""
    p99 = series.median("ours", "p99")
    quick = Floor(f"{series.name}: p99", f"{p99 * 1e3:.1f} ms", f"< {P99_SECONDS * 1e3:.0f} ms", p99 < P99_SECONDS)
    seen = f"{series.ratio:.2f} ± {series.margin:.2f}"
    ratio = Floor(f"{series.name}: of bare", seen, f">= {RATIO:.2f}", series.ratio >= RATIO)
    return [ratio] if series.name.endswith(ANEW) else [quick, ratio]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench-catalogus", description=__doc__)
    names = [subject.name for subject in SUBJECTS]
    parser.add_argument("--quick", action="store_true", help="a few calls, no floors: does the bench itself work?")
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="what to measure")
    parser.add_argument("--entries", type=int, help="generated voorzieningen")
    parser.add_argument("--deelnames", type=int, help="generated deelnames")
    parser.add_argument("--connections", type=int)
    parser.add_argument("--processes", type=int, help="of ours, and as many of bare")
    parser.add_argument("--rounds", type=int, help="turns of each side")
    parser.add_argument("--seconds", type=float, help="of a turn")
    parser.add_argument("--changes", type=float, help="how often the catalogue changes in a second, while ours keeps answers")
    given = vars(parser.parse_args())
    quick, only = given.pop("quick"), given.pop("only")
    plan = dataclasses.replace(QUICK if quick else FULL, **{key: value for key, value in given.items() if value is not None})
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start; {plan}", flush=True)
    chosen = [subject for subject in SUBJECTS if subject.name in only]

    def fill(database: ServiceDatabase, folder: Path) -> dict[str, str]:
        verzonnen.vul(database.owner_url, plan.entries, plan.deelnames)
        return record(database.url, PROVIDER, [subject.path for subject in chosen], folder)

    with running(["catalogus"], bare="tests.bench.bare_catalogus", processes=plan.processes, fill=fill, anew=True) as sources:
        bench = Bench(sources, plan)
        bench.run(chosen)
    lines = "\n".join(table((series.name, plan.connections, series) for series in bench.series))
    print(f"\n{lines}\n")
    seen = [floor for series in bench.series for floor in floors(series)]
    raise SystemExit(verdict(seen, bench.faults, judged=not quick))


if __name__ == "__main__":
    main()
