"""`make bench-catalogus` judges by its floors, prints each with its figure, and runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.bench.catalogus import ANEW, floors
from tests.bench.figures import Floor, Series, verdict
from tests.bench.verzonnen import voorzieningen


def measured(rate: float, p99: float, name: str = "a list") -> Series:
    return Series(name, {"ours": [{"rate": rate, "p99": p99}] * 4, "bare": [{"rate": 100.0, "p99": 0.001}] * 4})


@pytest.mark.parametrize(
    ("rate", "p99", "held"),
    [(50, 0.0499, [True, True]), (50, 0.05, [False, True]), (49, 0.0499, [True, False]), (49, 0.06, [False, False])],
)
def test_each_figure_has_its_floor(rate, p99, held):
    assert [floor.held for floor in floors(measured(rate, p99))] == held
    assert [floor.held for floor in floors(measured(rate, p99, f"a list{ANEW}"))] == held[1:]


def test_what_is_missed_is_said_last_and_is_a_failure(capsys):
    good, bad = Floor("p99", "40 ms", "< 50 ms", True), Floor("ratio", "0.49", ">= 0.50", False)

    assert (verdict([good], []), verdict([good, bad], []), verdict([good, bad], [], judged=False)) == (0, 1, 0)
    assert verdict([good], ["a list, ours: 3 calls went wrong"]) == 1
    assert verdict([good, bad], []) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-3:] == [
        "p99: 40 ms, required < 50 ms  held",
        "ratio: 0.49, required >= 0.50  MISSED",
        "MISSED: ratio 0.49, required >= 0.50",
    ]


def test_invented_entries_are_the_same_each_time_and_say_that_they_are_invented():
    once, again = list(voorzieningen(60)), list(voorzieningen(60))

    assert [een["naam"] for een in once] == [een["naam"] for een in again]
    assert len({een["code"] for een in once}) == 60
    assert all(een["code"].startswith("verzonnen-") and een["eigenaar"].endswith("(verzonnen)") for een in once)
    assert {een["publicatiestatus"] for een in once} == {"concept", "gepubliceerd"}


def test_quick_benchmark_finds_equal_answers():
    """Of each kind one; both sides must answer the same JSON before they are measured."""
    command = ["-m", "tests.bench.catalogus", "--quick", "--only", "list20", "facets-search", "coverage-list", "coverage"]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, timeout=300)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "MISSED" not in done.stdout
    assert "coverage of 100 voorzieningen: p99: " in done.stdout
