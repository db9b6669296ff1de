"""The load generator: one process, raw sockets, epoll; about ten microseconds of CPU per small call.

`python -m tests.bench.load` reads jobs, one JSON object per line, and answers each with a line (`ask` does both). Closed loop:
every connection sends its next call when the answer to the last one is complete and right.
"""

from __future__ import annotations

import itertools
import json
import select
import socket
import subprocess
import sys
import time
from array import array
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.bench.bodies import LARGE, RECEIVED, SMALL

REQUESTS = {"small": b"GET /klein HTTP/1.1\r\nHost: bench\r\n\r\n", "down": b"GET /groot HTTP/1.1\r\nHost: bench\r\n\r\n"}
REQUESTS["up"] = b"POST /groot HTTP/1.1\r\nHost: bench\r\nContent-Length: %d\r\n\r\n%b" % (len(LARGE), LARGE)
ANSWERS = {"small": SMALL, "down": LARGE, "up": RECEIVED}
SERIAL = "{serial}"
"""In a request of one's own: replaced by twelve digits that no other call of this process has."""
CUT = "0"
"""For a status: the connection was cut before one came."""
_SILENCE_SECONDS = 10.0
_CLOSING, _HEAD = b"\r\nconnection: close", 1024  # a worker that makes way for one with a new configuration says so


@dataclass(frozen=True)
class Job:
    """Calls of one `kind` for `seconds` (or until `calls` are done); connection i goes to target i modulo their number.

    Attributes:
        kind: small, down or up, or `own`, whose request is given here.
        request: the whole request of kind `own`, with SERIAL where every call must differ.
        answer: what the body of a right answer to it ends with.
        status: of a right answer.
        pause: a 503 is no fault, and the connection waits so many seconds before its next call; 0: it is a fault.
    """

    kind: str
    targets: list[tuple[str, int]]
    connections: int
    seconds: float = 60.0
    calls: int = 0
    request: str = ""
    answer: str = ""
    status: int = 200
    pause: float = 0.0


@dataclass
class Result:
    """Latencies in seconds, of right answers. `wrong`: the first answer that was not the right one, if any; `done` counts only
    right ones. `statuses`: how often each came, or CUT. `per_second`: right answers in each second.
    """

    done: int = 0
    failed: int = 0
    refused: int = 0
    wrong: str = ""
    seconds: float = 0.0
    p50: float = 0.0
    p99: float = 0.0
    longest: float = 0.0
    statuses: dict[str, int] = field(default_factory=dict)
    per_second: list[int] = field(default_factory=list)
    latencies: array[float] = field(default_factory=lambda: array("d"))

    def finish(self, seconds: float) -> dict[str, object]:
        """The result as the parent process reads it."""
        ordered = sorted(self.latencies)
        if ordered:
            self.p50, self.p99 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
            self.longest = ordered[-1]
        self.done, self.seconds, self.latencies = len(ordered), seconds, array("d")
        return {key: value for key, value in asdict(self).items() if key != "latencies"}


_serials = itertools.count(1)


class Caller:
    """One kept connection with at most one call under way."""

    def __init__(self, job: Job, target: tuple[str, int], poll: select.epoll) -> None:
        self.target, self.poll = target, poll
        own = job.kind == "own"
        self.pieces = job.request.encode().split(SERIAL.encode()) if own else [REQUESTS[job.kind]]
        self.expected = job.answer.encode() if own else ANSWERS[job.kind]
        self.start = b"HTTP/1.1 %d " % job.status
        self.parts: list[bytes] = []
        self.size, self.needed, self.began = 0, 0, 0.0
        self.rest = memoryview(b"")
        self.connect()

    def connect(self) -> None:
        self.cut = self.calling = False
        self.socket = socket.create_connection(self.target, _SILENCE_SECONDS)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.poll.register(self.socket, select.EPOLLIN)

    def call(self, now: float) -> None:
        """Send the next call."""
        self.calling = True
        self.parts, self.size, self.needed, self.began = [], 0, 0, now
        request = self.pieces[0] if len(self.pieces) == 1 else (b"%012d" % next(_serials)).join(self.pieces)
        sent = self.socket.send(request)
        if sent < len(request):
            self.rest = memoryview(request)[sent:]
            self.poll.modify(self.socket, select.EPOLLIN | select.EPOLLOUT)

    def writable(self) -> None:
        self.rest = self.rest[self.socket.send(self.rest) :]
        if not self.rest:
            self.poll.modify(self.socket, select.EPOLLIN)

    def readable(self) -> bytes | None:
        """The whole answer, once it is there; what there is when the connection was closed."""
        try:
            data = self.socket.recv(1 << 18)
        except ConnectionError:
            data = b""
        self.parts.append(data)
        self.size += len(data)
        if data and not self.needed:
            so_far = b"".join(self.parts)
            head = so_far.find(b"\r\n\r\n") + 4
            self.needed = head + _length(so_far[:head]) if head > 3 else 0
        if data and not 0 < self.needed <= self.size:
            return None
        return data if len(self.parts) == 1 else b"".join(self.parts)

    def right(self, whole: bytes) -> bool:
        return whole.startswith(self.start) and whole.endswith(self.expected)


def _length(head: bytes) -> int:
    for name in (b"\r\ncontent-length: ", b"\r\nContent-Length: "):
        start = head.find(name)
        if start >= 0:
            return int(head[start + len(name) : head.index(b"\r\n", start + 2)])
    return 0


class Run:
    """One job under way."""

    def __init__(self, job: Job) -> None:
        self.job, self.poll, self.result = job, select.epoll(), Result(per_second=[0] * int(job.seconds))
        self.callers = [Caller(job, job.targets[i % len(job.targets)], self.poll) for i in range(job.connections)]
        self.by_number = {caller.socket.fileno(): caller for caller in self.callers}
        self.resting: deque[tuple[float, Caller]] = deque()
        """Callers that got a 503, and until when they wait."""
        self.busy, self.begun = len(self.callers), len(self.callers)
        self.started = self.clock = time.perf_counter()
        self.ends = self.started + job.seconds

    def go(self) -> Result:
        """Until every call has its answer, or none comes any more."""
        for caller in self.callers:
            caller.call(self.started)
        while self.busy:
            patience = max(0.0, self.resting[0][0] - time.perf_counter()) if self.resting else _SILENCE_SECONDS
            events = self.poll.poll(patience)
            if not events and not self.resting:
                self.result.failed += self.busy
                self.result.wrong = self.result.wrong or f"{self.busy} calls without an answer in {_SILENCE_SECONDS:.0f} s"
                break
            for number, event in events:
                self.happened(self.by_number[number], event)
            if self.resting:
                self.wake()
        for caller in self.callers:
            caller.socket.close()
        return self.result

    def happened(self, caller: Caller, event: int) -> None:
        if event & select.EPOLLOUT and caller.rest:
            caller.writable()
        if not event & ~select.EPOLLOUT:
            return
        if not caller.calling:  # closed while it waited
            self.reconnect(caller)
            return
        whole = caller.readable()
        if whole is None:
            return
        self.clock = time.perf_counter()
        caller.calling = False
        refused = self.judge(caller, whole)
        if caller.cut or _CLOSING in whole[:_HEAD].lower():
            self.reconnect(caller)
        if refused and self.clock < self.ends:
            self.resting.append((self.clock + self.job.pause, caller))
        else:
            self.next(caller)

    def judge(self, caller: Caller, whole: bytes) -> bool:
        """Count an answer; whether it is a 503 that is no fault."""
        result, status = self.result, whole[9:12].decode("latin-1") or CUT
        result.statuses[status] = result.statuses.get(status, 0) + 1
        if caller.right(whole):
            result.latencies.append(self.clock - caller.began)
            second = int(self.clock - self.started)
            if second < len(result.per_second):
                result.per_second[second] += 1
            return False
        if self.job.pause and status == "503":
            result.refused += 1
            return True
        result.failed += 1
        result.wrong = result.wrong or repr(whole[:400])
        caller.cut = True
        return False

    def next(self, caller: Caller) -> None:
        """The next call of a connection, when there is still to be one."""
        if self.clock < self.ends and (not self.job.calls or self.begun < self.job.calls):
            self.begun += 1
            caller.call(self.clock)
        else:
            self.busy -= 1

    def wake(self) -> None:
        """Let those call that have waited long enough; when the job is over, none."""
        self.clock = time.perf_counter()
        while self.resting and (self.resting[0][0] <= self.clock or self.clock >= self.ends):
            self.next(self.resting.popleft()[1])

    def reconnect(self, caller: Caller) -> None:
        del self.by_number[caller.socket.fileno()]
        caller.socket.close()
        caller.connect()
        self.by_number[caller.socket.fileno()] = caller


def run(job: Job) -> dict[str, object]:
    """Do one job."""
    work = Run(job)
    return work.go().finish(time.perf_counter() - work.started)


def ask(process: subprocess.Popen[str], job: Job) -> dict[str, Any]:
    """Let a load generator do a job."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(json.dumps(asdict(job)) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise RuntimeError("the load generator stopped")
    return json.loads(line)


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(Job(**json.loads(line)))), flush=True)
