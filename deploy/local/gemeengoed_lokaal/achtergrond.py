"""`make start` and `make stop`: a stack that keeps running after the command ends."""

from __future__ import annotations

import json
import shutil
import signal
from pathlib import Path
from typing import Any

import psutil

WACHT_SECONDEN = 20


def lopende(pad: Path) -> dict[str, psutil.Process]:
    """The processes of stack.json that still run, in order of start; a process that reuses one of these pids is left out."""
    if not pad.exists():
        return {}
    gevonden = {}
    for naam, proces in _lees(pad)["processen"].items():
        try:
            kandidaat = psutil.Process(proces["pid"])
            if abs(kandidaat.create_time() - proces["gestartOp"]) < 1 and kandidaat.status() != psutil.STATUS_ZOMBIE:
                gevonden[naam] = kandidaat
        except psutil.NoSuchProcess:
            continue
    return gevonden


def stop(pad: Path) -> list[str]:
    """Stop only the processes in stack.json, last started first.

    Returns:
        names of the stopped processes.
    """
    processen = lopende(pad)
    for naam, proces in reversed(processen.items()):
        proces.send_signal(signal.SIGINT if naam == "postgres" else signal.SIGTERM)
        try:
            proces.wait(WACHT_SECONDEN)
        except psutil.TimeoutExpired:
            proces.kill()
            proces.wait(5)
    if pad.exists():
        for map_ in _lees(pad)["opruimen"]:
            shutil.rmtree(map_, ignore_errors=True)
        pad.unlink()
    return list(reversed(processen))


def _lees(pad: Path) -> dict[str, Any]:
    return json.loads(pad.read_text(encoding="utf-8"))
