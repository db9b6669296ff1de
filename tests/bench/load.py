"""The load generator: one process, raw sockets, epoll; about ten microseconds of CPU per small call.

`python -m tests.bench.load` reads jobs, one JSON object per line, and answers each with a line. Closed loop: every
connection sends its next call when the answer to the last one is complete and right.
"""

from __future__ import annotations

import json
import select
import socket
import sys
import time
from array import array
from dataclasses import asdict, dataclass, field

from tests.bench.bodies import LARGE, RECEIVED, SMALL

PATHS = {"small": b"GET /klein", "down": b"GET /groot", "up": b"POST /groot"}
EXPECTED = {"small": SMALL, "down": LARGE, "up": RECEIVED}
_SILENCE_SECONDS = 10.0
_CLOSING, _HEAD = b"\r\nConnection: close", 1024  # a worker that makes way for one with a new configuration says so


@dataclass(frozen=True)
class Job:
    """Calls of one `kind` for `seconds` (or until `calls` are done); connection i goes to target i modulo their number."""

    kind: str
    targets: list[tuple[str, int]]
    connections: int
    seconds: float = 60.0
    calls: int = 0


@dataclass
class Result:
    """Latencies in seconds. `wrong`: the first answer that was not the right one, if any; `done` counts only right ones."""

    done: int = 0
    failed: int = 0
    wrong: str = ""
    seconds: float = 0.0
    p50: float = 0.0
    p99: float = 0.0
    longest: float = 0.0
    latencies: array[float] = field(default_factory=lambda: array("d"))

    def finish(self, seconds: float) -> dict[str, object]:
        """The result as the parent process reads it."""
        ordered = sorted(self.latencies)
        if ordered:
            self.p50, self.p99 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
            self.longest = ordered[-1]
        self.done, self.seconds, self.latencies = len(ordered), seconds, array("d")
        return {key: value for key, value in asdict(self).items() if key != "latencies"}


class Caller:
    """One kept connection with at most one call under way."""

    def __init__(self, job: Job, target: tuple[str, int], poll: select.epoll) -> None:
        self.target, self.poll = target, poll
        body = LARGE if job.kind == "up" else b""
        length = b"Content-Length: %d\r\n" % len(body) if body else b""
        self.request = b"%b HTTP/1.1\r\nHost: bench\r\n%b\r\n%b" % (PATHS[job.kind], length, body)
        self.expected = EXPECTED[job.kind]
        self.parts: list[bytes] = []
        self.size, self.began = 0, 0.0
        self.rest = memoryview(b"")
        self.connect()

    def connect(self) -> None:
        self.socket = socket.create_connection(self.target, _SILENCE_SECONDS)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.poll.register(self.socket, select.EPOLLIN)

    def reconnect(self) -> None:
        self.socket.close()
        self.connect()

    def call(self, now: float) -> None:
        """Send the next call."""
        self.parts, self.size, self.began = [], 0, now
        sent = self.socket.send(self.request)
        if sent < len(self.request):
            self.rest = memoryview(self.request)[sent:]
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
        if data and self.size < len(self.expected):
            return None
        whole = data if len(self.parts) == 1 else b"".join(self.parts)
        head = whole.find(b"\r\n\r\n") + 4
        if not data or head < 4:
            return whole
        return whole if len(whole) >= head + _length(whole[:head]) else None

    def right(self, whole: bytes) -> bool:
        return whole.startswith(b"HTTP/1.1 200 ") and whole.endswith(self.expected)


def _length(head: bytes) -> int:
    name = b"\r\nContent-Length: "
    start = head.find(name)
    return int(head[start + len(name) : head.index(b"\r\n", start + 2)]) if start >= 0 else 0


def run(job: Job) -> dict[str, object]:
    """Do one job."""
    poll, result = select.epoll(), Result()
    callers = [Caller(job, job.targets[i % len(job.targets)], poll) for i in range(job.connections)]
    by_number = {caller.socket.fileno(): caller for caller in callers}
    started = clock = time.perf_counter()
    begun, ends = len(callers), started + job.seconds
    for caller in callers:
        caller.call(started)
    busy = len(callers)
    while busy:
        events = poll.poll(_SILENCE_SECONDS)
        if not events:
            result.failed += busy
            result.wrong = result.wrong or f"{busy} calls without an answer in {_SILENCE_SECONDS:.0f} s"
            break
        for number, event in events:
            caller = by_number[number]
            if event & select.EPOLLOUT and caller.rest:
                caller.writable()
            if not event & ~select.EPOLLOUT:
                continue
            whole = caller.readable()
            if whole is None:
                continue
            clock = time.perf_counter()
            right = caller.right(whole)
            if right:
                result.latencies.append(clock - caller.began)
            else:
                result.failed += 1
                result.wrong = result.wrong or repr(whole[:400])
            if not right or _CLOSING in whole[:_HEAD]:
                del by_number[number]
                caller.reconnect()
                by_number[caller.socket.fileno()] = caller
            if clock < ends and (not job.calls or begun < job.calls):
                begun += 1
                caller.call(clock)
            else:
                busy -= 1
    for caller in callers:
        caller.socket.close()
    return result.finish(time.perf_counter() - started)


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(Job(**json.loads(line)))), flush=True)
