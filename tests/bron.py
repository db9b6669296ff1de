"""The edge of a service's world: a real HTTP server where its own Outway would be. A test says what it answers."""

from __future__ import annotations

import json
import threading
from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Vraag:
    """One request as it came in; `host` is the alias by which it names its source."""

    methode: str
    host: str
    pad: str
    sleutel: str | None
    inhoud: Any


@dataclass
class Antwoord:
    status: int
    inhoud: Any
    kopregels: dict[str, str] = field(default_factory=dict)


class HttpBron:
    """An HTTP server on a free loopback port; a subclass answers. Its `url` is what a service has as its Outway."""

    def __init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self.antwoord))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @abstractmethod
    def antwoord(self, vraag: Vraag) -> Antwoord:
        """What this request is answered with; called from several threads."""

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _handler(antwoord: Callable[[Vraag], Antwoord]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or each body waits 40 ms for the acknowledgement of its head

        def do_GET(self) -> None:
            lengte = int(self.headers["Content-Length"] or 0)
            inhoud = json.loads(self.rfile.read(lengte)) if lengte else None
            alias = self.headers["Fsc-Grant-Hash"]
            gegeven = antwoord(Vraag(self.command, alias, self.path, self.headers["Idempotency-Key"], inhoud))
            tekst = json.dumps(gegeven.inhoud).encode()
            self.send_response(gegeven.status)
            soort = "application/json" if gegeven.status < 400 else "application/problem+json"
            kop = {"Content-Type": soort, **gegeven.kopregels, "Content-Length": str(len(tekst))}
            for naam, waarde in kop.items():
                self.send_header(naam, waarde)
            with suppress(ConnectionError):  # whoever asked may have been killed
                self.end_headers()
                self.wfile.write(tekst)

        do_POST = do_GET

        def log_message(self, format: str, *args: Any) -> None: ...

    return Handler
