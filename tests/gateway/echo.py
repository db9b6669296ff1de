"""A service that remembers each request as it came over the wire, and answers with it."""

from __future__ import annotations

import socket
from collections.abc import Callable

from tests.gateway.listener import Listener


class Request:
    """A raw HTTP/1.1 request."""

    def __init__(self, head: bytes, body: bytes) -> None:
        self.head, self.body = head, body
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, _ = lines[0].split(" ")
        self.headers: dict[str, list[str]] = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.headers.setdefault(name.lower(), []).append(value.strip())

    def header(self, name: str) -> str | None:
        values = self.headers.get(name.lower())
        return values[0] if values else None


class Recorder:
    """`seen` holds all requests, `during` runs while one is being handled, `answer` is the answer to each."""

    def __init__(self) -> None:
        self.seen: list[Request] = []
        self.during: Callable[[Request], None] | None = None
        self.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\nX-Service: echo\r\n\r\nok"

    def serve(self, connection: socket.socket) -> None:
        """Answer the requests of one connection until it closes."""
        with connection, connection.makefile("rb") as stream:
            while True:
                head = b""
                while not head.endswith(b"\r\n\r\n"):
                    line = stream.readline()
                    if not line:
                        return
                    head += line
                request = Request(head[:-4], b"")
                request.body = self._body(request, stream)
                self.seen.append(request)
                if self.during is not None:
                    self.during(request)
                connection.sendall(self.answer)

    @staticmethod
    def _body(request: Request, stream) -> bytes:
        if request.header("transfer-encoding") == "chunked":
            parts = []
            while size := int(stream.readline().split(b";")[0], 16):
                parts.append(stream.read(size))
                stream.readline()
            stream.readline()
            return b"".join(parts)
        return stream.read(int(request.header("content-length") or 0))


class Echo(Recorder, Listener):
    """A service on one port."""

    def __init__(self, address: str, port: int) -> None:
        Recorder.__init__(self)
        Listener.__init__(self, address, port)
