"""`make bench-abonnement` runs, on little."""

from __future__ import annotations

import subprocess
import sys

from tests.bench.abonnement import GROWTH, MEMORY_MIB, Bench, Plan, Scale


def test_bench_draait_en_noemt_elke_grens():
    command = [sys.executable, "-m", "tests.bench.abonnement", "--quick", "--only", "scale"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "60 bank lines matched against 60 open invoices" in done.stdout.splitlines()[-1]
    assert "MISSED" not in done.stdout and f"required <= {GROWTH}" in done.stdout


def test_wat_duurder_wordt_of_groeit_is_gemist():
    bench = Bench(Plan((1, 2), 1), judged=True)
    scale = Scale.__new__(Scale)
    scale.bench, scale.gathered = bench, [(10, 1.0, 1.0, 100.0), (100, GROWTH + 0.1, 1.0, 100.0 + MEMORY_MIB + 1)]
    scale.judge()
    assert [floor.held for floor in bench.floors] == [False, False]
