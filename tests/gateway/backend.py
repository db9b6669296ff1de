"""A service whose conduct each test writes itself, on the bare socket."""

from __future__ import annotations

import socket
from collections.abc import Callable

from tests.gateway.listener import Listener

Handler = Callable[[socket.socket, bytes], None]


class Backend(Listener):
    """Hands each connection, with the head of its first request, to `handler`; afterwards the connection closes."""

    def __init__(self, address: str, port: int) -> None:
        self.handler: Handler = answer(b"HTTP/1.1 204 No Content\r\n\r\n")
        self.heads: list[bytes] = []
        super().__init__(address, port)

    def serve(self, connection: socket.socket) -> None:
        with connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.settimeout(30)
            try:
                head, rest = read_head(connection)
                if not head:
                    return
                self.heads.append(head)
                self.handler(Ahead(connection, rest), head)  # type: ignore[arg-type]
            except OSError:
                return


class Ahead:
    """A socket of which some bytes were read already."""

    def __init__(self, connection: socket.socket, ahead: bytes) -> None:
        self._connection, self._ahead = connection, ahead

    def recv(self, size: int) -> bytes:
        if self._ahead:
            part, self._ahead = self._ahead[:size], self._ahead[size:]
            return part
        return self._connection.recv(size)

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)


def read_head(connection: socket.socket) -> tuple[bytes, bytes]:
    """Head of a request or answer (without its empty line), and what came with it."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return b"", b""
        data += part
    head, _, rest = data.partition(b"\r\n\r\n")
    return head, rest


def answer(raw: bytes) -> Handler:
    """Always these bytes."""
    return lambda connection, head: connection.sendall(raw)


def length_of(head: bytes) -> int:
    """The Content-Length of a head; 0 without one."""
    lines = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return int(lines[0].partition(b":")[2]) if lines else 0
