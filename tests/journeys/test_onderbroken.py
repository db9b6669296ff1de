"""A demo that is broken off leaves nothing behind, and a second one in the same folder leaves the first alone."""

from __future__ import annotations

import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import psutil
import pytest
from gemeengoed_lokaal.gateway_beheer import wacht_tot

DEMO = [sys.executable, "-m", "gemeengoed_lokaal", "demo"]
DIENSTEN = {"catalogus_api", "fonds_api", "abonnement_api"}


def nakomelingen(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


def diensten(pid: int) -> set[str]:
    """The services that run under a process."""
    gevonden = set()
    for kind in nakomelingen(pid):
        try:
            gevonden |= {*kind.cmdline()} & DIENSTEN if "serve" in kind.cmdline() else set()
        except psutil.NoSuchProcess:
            continue
    return gevonden


def datamap(processen: list[psutil.Process]) -> Path:
    """Of the demo's PostgreSQL."""
    opdracht = next(p.cmdline() for p in processen if "-D" in p.cmdline())
    return Path(opdracht[opdracht.index("-D") + 1])


@pytest.mark.parametrize("signaal", [signal.SIGINT, signal.SIGHUP], ids=lambda s: s.name)
def test_onderbroken_demo_laat_niets_achter(tmp_path, signaal):
    # As from a terminal: what a shell starts in the background, perhaps this test, would not hear SIGINT.
    hoort = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with open(tmp_path / "uit", "wb") as uit:
        demo = subprocess.Popen(DEMO, cwd=tmp_path, stdout=uit, stderr=uit, start_new_session=True, preexec_fn=hoort)
    try:
        wacht_tot(lambda: diensten(demo.pid) == DIENSTEN, "the services run", seconden=60)
        tweede = subprocess.run(DEMO, cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert tweede.returncode == 1 and "Hier draait al een demo" in tweede.stdout
        processen = nakomelingen(demo.pid)
        map_ = datamap(processen)
        demo.send_signal(signaal)
        assert demo.wait(60) == 128 + signaal
    finally:
        demo.terminate()
        demo.wait(60)
    assert [p for p in processen if p.is_running()] == [] and not map_.exists()
