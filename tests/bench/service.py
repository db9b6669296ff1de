"""The service behind the Inway: `python -m tests.bench.service <address> <port>`. One process, raw sockets, epoll.

GET /klein and GET /groot answer a fixed body; POST /groot compares what it got with what was sent.
"""

from __future__ import annotations

import select
import socket
import sys

from tests.bench.bodies import DAMAGED, LARGE, RECEIVED, SMALL


def answer(body: bytes) -> bytes:
    """A whole 200 answer."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


SMALL_ANSWER, LARGE_ANSWER = answer(SMALL), answer(LARGE)


class Connection:
    """One connection of a gateway: one request at a time."""

    def __init__(self, accepted: socket.socket, poll: select.epoll) -> None:
        self.socket, self.poll = accepted, poll
        self.got, self.rest = bytearray(), memoryview(b"")

    def readable(self) -> bool:
        """Read what there is; False when the other side is gone."""
        data = self.socket.recv(1 << 18)
        if not self.got and data.startswith(b"GET /klein") and data.endswith(b"\r\n\r\n"):
            self.socket.send(SMALL_ANSWER)
            return True
        self.got += data
        head = self.got.find(b"\r\n\r\n") + 4
        if head > 3 and self.got.startswith(b"GET /groot"):
            self.send(LARGE_ANSWER)
        elif head > 3 and len(self.got) >= head + len(LARGE):
            self.send(answer(RECEIVED if self.got[head:] == LARGE else DAMAGED))
        return bool(data)

    def send(self, data: bytes) -> None:
        self.got, self.rest = bytearray(), memoryview(data)
        self.writable()

    def writable(self) -> None:
        """Send as much as fits; the rest when there is room."""
        try:
            self.rest = self.rest[self.socket.send(self.rest) :]
        except BlockingIOError:
            pass
        self.poll.modify(self.socket, select.EPOLLIN | (select.EPOLLOUT if self.rest else 0))


def serve(address: str, port: int) -> None:
    """Serve for ever."""
    listener = socket.create_server((address, port), backlog=1024)
    listener.setblocking(False)
    poll = select.epoll()
    poll.register(listener, select.EPOLLIN)
    connections: dict[int, Connection] = {}
    while True:
        for number, event in poll.poll():
            connection = connections.get(number)
            if connection is None:
                accepted, _ = listener.accept()
                accepted.setblocking(False)
                accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connections[accepted.fileno()] = Connection(accepted, poll)
                poll.register(accepted, select.EPOLLIN)
                continue
            try:
                if event & select.EPOLLOUT:
                    connection.writable()
                alive = not event & ~select.EPOLLOUT or connection.readable()
            except OSError:
                alive = False
            if not alive:
                del connections[number]
                connection.socket.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
