"""Bodies and answers pass while they are being made: a gigabyte in constant memory, events one by one, WebSocket."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from tests.gateway.backend import answer, length_of, read_head
from tests.gateway.lab import until

GIB = 1 << 30
MIB = 1 << 20
BLOCK = memoryview(bytes(range(256)) * 4096)


@contextmanager
def calling(lab, request: str) -> Iterator[socket.socket]:
    with socket.create_connection(lab.outway_at("afnemer"), 10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(30)
        connection.sendall(request.replace("\n", "\r\n").encode())
        yield connection


def workers(lab) -> list[psutil.Process]:
    """nginx and its present workers."""
    main = psutil.Process(lab.processes["nginx"].pid)
    return [main, *main.children()]


def usage(process: psutil.Process) -> tuple[int, int] | None:
    """RSS and bytes written to disk; None for a worker of an earlier configuration that is just ending."""
    try:
        return process.memory_info().rss, process.io_counters().write_bytes
    except (psutil.AccessDenied, psutil.NoSuchProcess):
        return None


class Watched:
    """Memory (RSS, bytes) and disk use of nginx during a block: the most, above what it was."""

    def __init__(self, lab) -> None:
        self._lab, self._stop = lab, threading.Event()
        self.memory = self.written = 0

    def __enter__(self) -> Watched:
        self._before = {process.pid: used for process in workers(self._lab) if (used := usage(process))}
        assert len(self._before) >= 2, "neither nginx nor a worker can be measured"
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.05):
            for process in workers(self._lab):
                before, now = self._before.get(process.pid), usage(process)
                if before and now:
                    self.memory, self.written = max(self.memory, now[0] - before[0]), max(self.written, now[1] - before[1])


def send(connection: socket.socket, size: int) -> None:
    for _ in range(size // len(BLOCK)):
        connection.sendall(BLOCK)


def receive(connection: socket.socket, size: int, had: int) -> int:
    """Read until `size` bytes came, `had` of them before; how many came, each compared with what was sent there."""
    room, got = bytearray(MIB), had
    while got < size and (count := connection.recv_into(room)):
        at, done = got % MIB, 0
        while done < count:
            step = min(count - done, MIB - at)
            assert room[done : done + step] == BLOCK[at : at + step]
            done, at = done + step, 0
        got += count
    return got


def test_upload_of_a_gibibyte_takes_no_memory(lab, backend) -> None:
    got = []

    def take(connection, head: bytes) -> None:
        first = connection.recv(MIB)
        assert first == BLOCK[: len(first)]
        got.append(receive(connection, length_of(head), len(first)))
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    backend.handler = take
    with (
        Watched(lab) as seen,
        calling(lab, f"PUT / HTTP/1.1\nHost: vrij\nContent-Length: {GIB}\nConnection: close\n\n") as client,
    ):
        send(client, GIB)
        assert client.recv(65536).startswith(b"HTTP/1.1 200")
    assert got == [GIB]
    assert seen.memory < 32 * MIB and seen.written < MIB, (seen.memory, seen.written)


def test_download_of_a_gibibyte_takes_no_memory(lab, backend) -> None:
    def give(connection, head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % GIB)
        send(connection, GIB)

    backend.handler = give
    with Watched(lab) as seen, calling(lab, "GET / HTTP/1.1\nHost: vrij\nConnection: close\n\n") as client:
        head, rest = read_head(client)
        assert head.startswith(b"HTTP/1.1 200") and length_of(head) == GIB
        assert rest == BLOCK[: len(rest)]
        assert receive(client, GIB, len(rest)) == GIB
    assert seen.memory < 32 * MIB and seen.written < MIB, (seen.memory, seen.written)


def test_slow_client_does_not_make_nginx_hold_the_answer(lab, backend) -> None:
    sent = [0]

    def give(connection, head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (256 * MIB))
        for _ in range(256):
            connection.sendall(BLOCK)
            sent[0] += MIB

    backend.handler = give
    with Watched(lab) as seen, calling(lab, "GET / HTTP/1.1\nHost: vrij\nConnection: close\n\n") as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        last = [-1, 0.0]

        def stalled() -> bool:
            if sent[0] != last[0]:
                last[:] = [sent[0], time.monotonic()]
            return sent[0] > 0 and time.monotonic() - last[1] > 0.5

        until(stalled, what="the service waits for the client")
        assert sent[0] < 64 * MIB  # what fits in the sockets between, and no more
    assert seen.memory < 32 * MIB


def test_event_arrives_before_the_next_is_made(lab, backend) -> None:
    seen = threading.Semaphore(0)

    def give(connection, head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        for number in range(5):
            event = b"data: %d\n\n" % number
            connection.sendall(b"%x\r\n%b\r\n" % (len(event), event))
            assert seen.acquire(timeout=10)
        connection.sendall(b"0\r\n\r\n")

    backend.handler = give
    with calling(lab, "GET / HTTP/1.1\nHost: vrij\nAccept: text/event-stream\nConnection: close\n\n") as client:
        got = b""
        for number in range(5):
            while b"data: %d\n\n" % number not in got:
                got += client.recv(65536)
            seen.release()
        while part := client.recv(65536):
            got += part
        assert got.endswith(b"0\r\n\r\n")


def test_upload_reaches_the_service_before_it_is_complete(lab, backend) -> None:
    arrived: list[bytes] = []

    def take(connection, head: bytes) -> None:
        while b"0\r\n\r\n" not in b"".join(arrived):
            arrived.append(connection.recv(65536))
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    backend.handler = take
    with calling(lab, "POST / HTTP/1.1\nHost: vrij\nTransfer-Encoding: chunked\nConnection: close\n\n") as client:
        for number in range(3):
            client.sendall(b"5\r\ndeel%d\r\n" % number)
            until(lambda number=number: b"deel%d" % number in b"".join(arrived), what="the part is at the service")
        client.sendall(b"0\r\n\r\n")
        assert client.recv(65536).startswith(b"HTTP/1.1 200")


def test_websocket_passes_both_ways(lab, backend) -> None:
    def switch(connection, head: bytes) -> None:
        assert b"upgrade: websocket" in head.lower() and b"sec-websocket-key: abc" in head.lower()
        connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
        while part := connection.recv(65536):
            connection.sendall(part[::-1])

    backend.handler = switch
    ask = "GET /ws HTTP/1.1\nHost: vrij\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Key: abc\n\n"
    with calling(lab, ask) as client:
        head, _ = read_head(client)
        assert head.startswith(b"HTTP/1.1 101") and b"upgrade: websocket" in head.lower()
        for message in (b"hallo", b"\x00\xff\x81", b"GET / HTTP/1.1\r\n\r\n"):
            client.sendall(message)
            assert client.recv(65536) == message[::-1]


def test_client_that_expects_100_continue_is_told_so(lab, backend) -> None:
    backend.handler = answer(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    with calling(lab, "POST / HTTP/1.1\nHost: vrij\nContent-Length: 5\nExpect: 100-continue\nConnection: close\n\n") as client:
        assert read_head(client)[0].startswith(b"HTTP/1.1 100")
        client.sendall(b"hallo")
        assert read_head(client)[0].startswith(b"HTTP/1.1 200")


def test_client_that_expects_100_continue_need_not_send_what_is_refused(lab, backend) -> None:
    with calling(
        lab, "POST / HTTP/1.1\nHost: onbekend\nContent-Length: 5\nExpect: 100-continue\nConnection: close\n\n"
    ) as client:
        got = b""
        while b"ERROR_CODE_GRANT_HASH_MISSING" not in got:
            got += client.recv(65536)
        assert b"HTTP/1.1 400" in got


def test_service_that_stops_halfway_is_noticed_by_the_client(lab, backend) -> None:
    backend.handler = answer(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    with calling(lab, "GET / HTTP/1.1\nHost: vrij\nConnection: close\n\n") as client:
        got = b""
        while part := client.recv(65536):
            got += part
        head, _, body = got.partition(b"\r\n\r\n")
        assert length_of(head) == 100 and body == b"half"


def test_client_that_leaves_is_noticed_by_the_service(lab, backend) -> None:
    gone = threading.Event()

    def give(connection, head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n")
        if not connection.recv(1):
            gone.set()

    backend.handler = give
    with calling(lab, "GET / HTTP/1.1\nHost: vrij\n\n") as client:
        while b"data: 1" not in client.recv(65536):
            pass
    assert gone.wait(10)


def test_service_that_answers_before_the_body_is_heard(lab, backend) -> None:
    backend.handler = answer(b"HTTP/1.1 413 Te groot\r\nContent-Length: 3\r\nConnection: close\r\n\r\nnee")
    with calling(lab, f"PUT / HTTP/1.1\nHost: vrij\nContent-Length: {GIB}\nConnection: close\n\n") as client:
        head, rest = read_head(client)
        assert head.startswith(b"HTTP/1.1 413 Te groot") and rest == b"nee"
