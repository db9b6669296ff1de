"""One command, several processes: one that dies or hangs is replaced, and none outlives the command."""

from __future__ import annotations

import ctypes
import fcntl
import logging
import mmap
import os
import resource
import signal
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger("gemeengoed.supervise")
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)
_TICK_SECONDS = 1.0
_DRAIN_SECONDS = 15.0
_BACKOFF_SECONDS = (0.1, 5.0)
_SETTLED_SECONDS = 30.0  # a process that lived this long is restarted with the shortest wait
_DESCRIPTORS = 65536
_PR_SET_PDEATHSIG = 1

Beat = Callable[[], None]
Work = Callable[[int, Beat], None]


@dataclass
class _Child:
    """One slot for a process; empty (`pid` 0) until `due` (monotonic seconds)."""

    number: int
    pid: int = 0
    due: float = 0.0
    started: float = 0.0
    wait: float = _BACKOFF_SECONDS[0]
    seen: int = 0
    silent: int = 0


def supervise(
    name: str,
    count: int,
    run_dir: Path,
    work: Work,
    *,
    silent_seconds: int = 15,
    stop_seconds: float = _DRAIN_SECONDS,
    on_stop: Callable[[], None] = lambda: None,
) -> None:
    """Run `work(number, beat)` for 1 … count, each in a forked process, until SIGTERM or SIGINT.

    `work` must return after SIGTERM. It must call `beat` every second, and is killed after `silent_seconds` without a call.
    A process that ends is restarted after 0.1, 0.2 … 5 s. The caller must not have threads yet. At the end
    `on_stop` is called (also to close the caller's listeners), and a process that needs more than `stop_seconds` is killed.
    """
    run_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    _raise_descriptors()
    with (run_dir / f"{name}.lock").open("w") as lock:
        _wait_for(lock.fileno(), name)
        _Supervisor(name, count, work, silent_seconds, stop_seconds).run(on_stop)


class _Supervisor:
    def __init__(self, name: str, count: int, work: Work, silent_seconds: int, stop_seconds: float) -> None:
        self._name, self._work = name, work
        self._silent_seconds, self._stop_seconds = silent_seconds, stop_seconds
        self._children = [_Child(number) for number in range(1, count + 1)]
        self._next_tick = 0.0
        self._beats = mmap.mmap(-1, 8 * (count + 1))

    def run(self, on_stop: Callable[[], None]) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        while True:
            self._start_due()
            heard = signal.sigtimedwait(_SIGNALS, self._until_next())
            self._reap()
            if heard is not None and heard.si_signo != signal.SIGCHLD:
                break
            if time.monotonic() >= self._next_tick:
                self._next_tick = time.monotonic() + _TICK_SECONDS
                self._end_silent()
        on_stop()
        self._drain()

    def _start_due(self) -> None:
        for child in self._children:
            if not child.pid and child.due <= time.monotonic():
                self._start(child)

    def _start(self, child: _Child) -> None:
        parent, child.started, child.silent = os.getpid(), time.monotonic(), 0
        try:
            child.pid = os.fork()
        except OSError as problem:  # no resources now: the other processes continue
            log.error("%s %s cannot be started: %s", self._name, child.number, problem)
            child.due = time.monotonic() + _BACKOFF_SECONDS[1]
            return
        if child.pid:
            return
        code = 1
        try:
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
            if os.getppid() == parent:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
                self._work(child.number, lambda: self._beat(child.number))
                code = 0
        except BaseException:
            log.exception("%s %s failed", self._name, child.number)
        finally:
            logging.shutdown()
            os._exit(code)

    def _beat(self, number: int) -> None:
        struct.pack_into("<Q", self._beats, 8 * number, self._beats_of(number) + 1)

    def _beats_of(self, number: int) -> int:
        return struct.unpack_from("<Q", self._beats, 8 * number)[0]

    def _until_next(self) -> float:
        waiting = [child.due - time.monotonic() for child in self._children if not child.pid]
        return max(0.0, min([_TICK_SECONDS, *waiting]))

    def _reap(self) -> None:
        for child in self._children:
            ended, status = os.waitpid(child.pid, os.WNOHANG) if child.pid else (0, 0)
            if ended:
                lived = time.monotonic() - child.started
                child.wait = _BACKOFF_SECONDS[0] if lived > _SETTLED_SECONDS else min(child.wait * 2, _BACKOFF_SECONDS[1])
                child.pid, child.due = 0, time.monotonic() + child.wait
                code = os.waitstatus_to_exitcode(status)
                log.error("%s %s ended (%s); starting it again in %.1f s", self._name, child.number, code, child.wait)

    def _end_silent(self) -> None:
        """Kill silent processes. Silence is counted once per tick, so after the machine has slept no live process is killed."""
        for child in self._children:
            beats = self._beats_of(child.number)
            child.silent = child.silent + 1 if beats == child.seen else 0
            child.seen = beats
            if child.pid and child.silent * _TICK_SECONDS >= self._silent_seconds:
                log.error("%s %s does not react any more; killing it", self._name, child.number)
                os.kill(child.pid, signal.SIGKILL)

    def _drain(self) -> None:
        """Tell all processes to stop, wait for running calls, then kill what is left."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            for child in self._children:
                if child.pid:
                    if number == signal.SIGKILL:
                        log.error("%s %s does not end; killing it", self._name, child.number)
                    os.kill(child.pid, number)
            deadline = time.monotonic() + self._stop_seconds
            while any(child.pid for child in self._children) and time.monotonic() < deadline:
                signal.sigtimedwait(_SIGNALS, 0.2)
                for child in self._children:
                    if child.pid and os.waitpid(child.pid, os.WNOHANG)[0]:
                        child.pid = 0


def _wait_for(descriptor: int, name: str) -> None:
    """Allow one `name` per run directory. Children hold the lock too, so it is free only when the last one has gone."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        log.warning("another %s runs in this run directory; waiting until it ends", name)
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _raise_descriptors() -> None:
    """Raise the limit on open files, for a connection per running call: many systems begin at 1024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _DESCRIPTORS)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
