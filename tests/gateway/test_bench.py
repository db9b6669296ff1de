"""The benchmark measures what it says: it runs, its calls are right, and each has a record on both sides."""

from __future__ import annotations

import subprocess
import sys


def test_quick_benchmark_finds_no_wrong_call_and_no_missing_record() -> None:
    done = subprocess.run([sys.executable, "-m", "tests.bench.gateway", "--quick"], capture_output=True, text=True, timeout=120)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "MISSED" not in done.stdout and "ratio" in done.stdout
