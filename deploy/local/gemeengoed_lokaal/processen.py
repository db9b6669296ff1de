"""Child processes of the stack: each has its own log, they stop in reverse order, and no other process is touched."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

STOP_SECONDS = 20  # an orderly end takes at most 15, see supervise.py


class ProcesGestopt(RuntimeError):
    """A process that should run has ended; the message has the end of its log."""


@dataclass
class Proces:
    naam: str
    opdracht: list[str]
    omgeving: dict[str, str] = field(repr=False)
    log: Path
    kind: subprocess.Popen[bytes] = field(repr=False)

    @property
    def pid(self) -> int:
        return self.kind.pid

    def leeft(self) -> bool:
        return self.kind.poll() is None

    def einde_van_log(self) -> str:
        return self.log.read_text(errors="replace")[-1500:]

    def beeindig(self, signaal: int = signal.SIGTERM) -> None:
        """Stop the process (by its own pid) and wait; SIGKILL when it does not react."""
        if not self.leeft():
            return
        self.kind.send_signal(signaal)
        try:
            self.kind.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kind.kill()
            self.kind.wait(5)


class Processen:
    """The running processes by name."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.lopend: dict[str, Proces] = {}
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, naam: str, opdracht: list[str], omgeving: dict[str, str]) -> Proces:
        """Start a process in its own session, so that Ctrl-C reaches only us and we stop the processes in order."""
        pad = self.logs / f"{naam}.log"
        volledig = {**_basis(), **omgeving}
        with open(pad, "ab") as log:
            kind = subprocess.Popen(
                opdracht, env=volledig, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )
        self.lopend[naam] = Proces(naam, opdracht, omgeving, pad, kind)
        return self.lopend[naam]

    def opnieuw(self, naam: str) -> Proces:
        """Start a process again with the same command and environment."""
        vorige = self.lopend[naam]
        return self.start(naam, vorige.opdracht, vorige.omgeving)

    def wacht(self, naam: str, klaar: Callable[[], bool], *, seconden: float = 30) -> None:
        """Wait until the process reports that it is ready.

        Raises:
            ProcesGestopt: it ended, or was not ready in time.
        """
        proces, einde = self.lopend[naam], time.monotonic() + seconden
        while not klaar():
            if not proces.leeft() or time.monotonic() > einde:
                raise ProcesGestopt(f"{naam} did not become ready:\n{proces.einde_van_log()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop everything: signal all at once, then wait for each, last started first."""
        for proces in self.lopend.values():
            if proces.leeft():
                proces.kind.terminate()
        for naam in reversed(list(self.lopend)):
            self.lopend.pop(naam).beeindig()


@contextmanager
def ongestoord() -> Iterator[None]:
    """Ignore further Ctrl-C during a stop, so that it is not left half done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    vorige = {nummer: signal.signal(nummer, signal.SIG_IGN) for nummer in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for nummer, handler in vorige.items():
            signal.signal(nummer, handler)


def uitvoeren(opdracht: list[str], omgeving: dict[str, str]) -> None:
    """Run a command and wait until it ends.

    Raises:
        RuntimeError: it failed; the message has its output.
    """
    uitkomst = subprocess.run(opdracht, env={**_basis(), **omgeving}, capture_output=True, text=True, timeout=120)
    if uitkomst.returncode:
        raise RuntimeError(f"{' '.join(opdracht)} failed:\n{(uitkomst.stdout + uitkomst.stderr)[-2000:]}")


def _basis() -> dict[str, str]:
    """A small part of our own environment; each process gets its other variables explicitly."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": os.environ.get("HOME", "/tmp"),
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
    }
