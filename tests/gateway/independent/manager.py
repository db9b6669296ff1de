"""A Manager of a peer that is not the gateway's, as FSC Core describes it."""

from __future__ import annotations

import http.server
import json
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.gateway.independent import official
from tests.gateway.independent.identity import Identity
from tests.gateway.independent.outside import Outside

EXTENSIONS = {"EXTENSION_DELEGATION": "1.0.0", "EXTENSION_TRANSACTION_LOGGING": "1.0.0"}


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection to a FakeManager."""

    protocol_version = "HTTP/1.1"
    manager: FakeManager

    def answer(self, status: int, body: Any = None) -> None:
        data = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _handle(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path, manager = urlsplit(self.path).path, self.manager
        official.check_request(manager.line, self.command, self.path, dict(self.headers), raw)
        manager.requests.append((self.command, self.path))
        if path in manager.instead:
            manager.instead[path](self)
        elif path == "/v1/token":
            manager.token_forms.append(dict(parse_qsl(raw.decode())))
            self.answer(200 if "access_token" in manager.token else 400, manager.token)
        elif self.command == "GET":
            self._handle_get(path)
        else:
            manager.received.append((self.command, self.path, dict(self.headers), json.loads(raw or b"null")))
            self.answer(manager.status or (200 if path == "/v1/announce" else 201))

    def _handle_get(self, path: str) -> None:
        if path.endswith("/jwks.json"):
            self.answer(200, {"keys": [key.jwk() for key in self.manager.keys]})
        elif path == "/v1/peers":
            self.answer(200, {"peers": self.manager.peers, "pagination": {"next_cursor": ""}})
        else:
            about = {"peer_id": self.manager.oin, "peer_name": "Onafhankelijk", "fsc_version": "1.0.0"}
            self.answer(200, {**about, "enabled_extensions": EXTENSIONS})

    do_GET = do_PUT = do_POST = _handle

    def log_message(self, format: str, *args: Any) -> None:
        pass


class FakeManager:
    """Serves a JWKS, /peer and /peers, remembers what it is told, and hands out `token`.

    `line`: of FSC Core, in which it hears others. `status`: of its answers to contracts and signatures. `instead`: other
    behaviour for a path.
    """

    def __init__(
        self, address: str, host: str, oin: str, identity: Identity, keys: list[Identity], root: Path, *, line: str = "2025-10"
    ) -> None:
        self.url, self.oin, self.keys, self.line = f"https://{host}:8443", oin, keys, line
        self.received: list[tuple[str, str, dict[str, str], Any]] = []
        self.requests: list[tuple[str, str]] = []
        self.token_forms: list[dict[str, str]] = []
        self.status: int | None = None
        self.token: Any = {"error": "invalid_grant"}
        self.peers: list[dict[str, str]] = []
        self.instead: dict[str, Callable[[Handler], None]] = {}
        self._host, self._outside = host, Outside.at(address, root)
        self._outside.add(host, identity, self._serve)

    def told(self, content_hash: str, kind: str) -> list[tuple[dict[str, str], Any]]:
        """Headers and body of each time a signature of this kind came in."""
        path = f"/v1/contracts/{content_hash}/{kind}"
        return [(headers, body) for _, asked, headers, body in self.received if asked == path]

    def close(self) -> None:
        self._outside.remove(self._host)

    def _serve(self, connection: ssl.SSLSocket) -> None:
        type("Handler", (Handler,), {"manager": self})(connection, connection.getpeername(), None)  # type: ignore[arg-type]
