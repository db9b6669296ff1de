"""HTTP/1.1 byte for byte, for what a decent client would never send."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path

from tests.gateway.independent import Identity


@dataclass
class Answer:
    """An answer as it came: reason and headers (lower-case names, all values in order) untouched."""

    status: int
    reason: str
    headers: dict[str, list[str]]
    body: bytes
    raw: bytes


def ask(to: tuple[str, int] | socket.socket, request: bytes) -> Answer:
    """Send bytes, read until the other side closes."""
    connection = socket.create_connection(to, 10) if isinstance(to, tuple) else to
    with connection:
        connection.settimeout(10)
        connection.sendall(request)
        raw = b""
        try:
            while part := connection.recv(65536):
                raw += part
                if complete(raw):
                    break
        except ConnectionResetError:
            pass
    return parse(raw)


def parse(raw: bytes) -> Answer:
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    _, status, *reason = first.split(" ", 2)
    headers: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers.setdefault(name.lower(), []).append(value.strip())
    return Answer(int(status), reason[0] if reason else "", headers, body, raw)


def complete(raw: bytes) -> bool:
    """Whether an answer with a Content-Length is all there."""
    if b"\r\n\r\n" not in raw:
        return False
    answer = parse(raw)
    return "content-length" in answer.headers and len(answer.body) >= int(answer.headers["content-length"][0])


def tls(lab, identity: Identity, root: Path, name: str) -> socket.socket:
    """A mTLS connection to the lab's FSC port for one name."""
    plain = socket.create_connection((lab.address, 8443), 10)
    return identity.client_context(root).wrap_socket(plain, server_hostname=name)
