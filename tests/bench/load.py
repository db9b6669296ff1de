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
from collections import Counter, deque
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
_LENGTHS = (b"\r\nContent-Length: ", b"\r\ncontent-length: ")
# A worker of nginx that makes way for one with a new configuration says that it closes.
_CLOSINGS, _HEAD = (b"\r\nConnection: close", b"\r\nconnection: close"), 1024


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
    """Latencies in seconds, of right answers.

    Attributes:
        done: how many answers were right; `in_time` of them came within the seconds of the job, the others after.
        wrong: the first that was neither right nor a refusal, if any.
        statuses: how often each came, or CUT.
        per_second: right answers in each whole second.
    """

    done: int = 0
    in_time: int = 0
    failed: int = 0
    wrong: str = ""
    seconds: float = 0.0
    p50: float = 0.0
    p99: float = 0.0
    longest: float = 0.0
    statuses: dict[str, int] = field(default_factory=dict)
    per_second: list[int] = field(default_factory=list)


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
        self.calling = False
        self.socket = socket.create_connection(self.target, _SILENCE_SECONDS)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.poll.register(self.socket, select.EPOLLIN)

    def call(self, now: float) -> None:
        """Send the next call."""
        self.calling, self.began, self.needed = True, now, 0
        if self.parts:
            self.parts = []
        request = self.pieces[0] if len(self.pieces) == 1 else (b"%012d" % next(_serials)).join(self.pieces)
        try:
            sent = self.socket.send(request)
        except ConnectionError:  # cut, which reading will tell
            return
        if sent < len(request):
            self.rest = memoryview(request)[sent:]
            self.poll.modify(self.socket, select.EPOLLIN | select.EPOLLOUT)

    def writable(self) -> None:
        self.rest = self.rest[self.socket.send(self.rest) :]
        if not self.rest:
            self.poll.modify(self.socket, select.EPOLLIN)

    def readable(self) -> bytes | None:
        """The whole answer, once it is there; empty when the connection was cut before."""
        try:
            data = self.socket.recv(1 << 18)
        except ConnectionError:
            return b""
        if not data:
            return b""
        if self.parts:
            self.parts.append(data)
            self.size += len(data)
            if self.size < self.needed:
                return None
            data = b"".join(self.parts)
        needed = self.needed or _needed(data)
        if 0 < needed <= len(data):
            return data
        self.parts, self.size, self.needed = [data], len(data), needed
        return None


def _needed(answer: bytes) -> int:
    """How long an answer is to become; 0 while its head is not complete."""
    head = answer.find(b"\r\n\r\n")
    if head < 0:
        return 0
    for name in _LENGTHS:
        start = answer.find(name, 0, head)
        if start >= 0:
            start += len(name)
            return head + 4 + int(answer[start : answer.index(b"\r\n", start)])
    return head + 4


def _shown(answer: bytes) -> str:
    """How a wrong answer begins and ends, for people."""
    if not answer:
        return "the connection was cut"
    return repr(answer if len(answer) < 400 else answer[:100] + b" ... " + answer[-300:])


class Run:
    """One job under way."""

    def __init__(self, job: Job) -> None:
        self.job, self.poll, self.result = job, select.epoll(), Result()
        self.statuses: dict[bytes, int] = {}
        self.latencies, self.moments = array("d"), array("d")
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
            events = self.poll.poll(self.patience())
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
        return self.finish(time.perf_counter() - self.started)

    def patience(self) -> float:
        """How long to wait for answers: until the first that rests may call, or need not any more."""
        if not self.resting:
            return _SILENCE_SECONDS
        return max(0.0, min(self.resting[0][0], self.ends) - time.perf_counter())

    def finish(self, seconds: float) -> Result:
        """What came out of it."""
        result, ordered = self.result, sorted(self.latencies)
        if ordered:
            result.p50, result.p99 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
            result.longest = ordered[-1]
        result.done, result.seconds = len(ordered), seconds
        result.in_time = sum(moment < self.job.seconds for moment in self.moments)
        result.statuses = {status.decode("latin-1") or CUT: count for status, count in self.statuses.items()}
        by_second = Counter(map(int, self.moments))
        result.per_second = [by_second[second] for second in range(int(min(self.job.seconds, seconds)))]
        return result

    def happened(self, caller: Caller, event: int) -> None:
        """Read or write what can be; judge an answer that is whole."""
        if event & select.EPOLLOUT and caller.rest:
            caller.writable()
        if not event & ~select.EPOLLOUT:
            return
        if not caller.calling:  # closed while it rested
            self.reconnect(caller)
            return
        whole = caller.readable()
        if whole is None:
            return
        self.clock, caller.calling = time.perf_counter(), False
        status = whole[9:12]
        self.statuses[status] = self.statuses.get(status, 0) + 1
        right = whole.startswith(caller.start) and whole.endswith(caller.expected)
        if right:
            self.latencies.append(self.clock - caller.began)
            self.moments.append(self.clock - self.started)
        refused = not right and status == b"503" and self.job.pause > 0
        if not right and not refused:
            self.result.failed += 1
            self.result.wrong = self.result.wrong or _shown(whole)
        head = whole[:_HEAD]
        if not (right or refused) or _CLOSINGS[0] in head or _CLOSINGS[1] in head:
            self.reconnect(caller)
        if refused and self.clock < self.ends:
            self.resting.append((self.clock + self.job.pause, caller))
        else:
            self.next(caller)

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
        print(json.dumps(asdict(Run(Job(**json.loads(line))).go())), flush=True)
