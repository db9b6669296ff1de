"""HTTP/1.1 of a server process: a request that the parser refuses gets a problem too, with the usual headers."""

from __future__ import annotations

import sys
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from gemeengoed_kit.asgi import security_headers
from gemeengoed_kit.observe.refusals import Refusals
from gemeengoed_kit.problem import problem

LARGEST_HEAD = 65_536
"""Bytes of request line and headers together; nginx in front of it accepts half of that."""

_NO_HTTP = (400, "Dit is geen geldige HTTP-aanvraag.")
_NO_TARGET = (400, "Het adres bevat tekens die er niet in horen; codeer tekens buiten ASCII met procenttekens (UTF-8).")
_NO_METHOD = (501, "Deze methode bestaat niet.")
_TOO_LARGE = (431, f"Adres en kopregels zijn samen te groot; hoogstens {LARGEST_HEAD} bytes.")


def http_protocol(version: str) -> type[HttpToolsProtocol]:
    """The class for uvicorn's option `http`. `version` is the version of the API, for the header of every answer."""

    class Protocol(_Protocol):
        answer_headers = security_headers(version)
        refusals = Refusals()

    return Protocol


class _Protocol(HttpToolsProtocol):
    answer_headers: list[tuple[bytes, bytes]]
    refusals: Refusals
    _in_head = _refused = False
    _waited_bytes = 0
    _fault: tuple[int, str] | None = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.ws_protocol_class = None  # an API has no WebSocket; a client that asks for one gets an HTTP answer

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        waited = self._in_head
        super().data_received(data)
        self._waited_bytes = self._waited_bytes + len(data) if waited and self._in_head else 0
        if self._waited_bytes > LARGEST_HEAD:
            self._refuse(*_TOO_LARGE)

    def on_message_begin(self) -> None:
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > LARGEST_HEAD:
            self._fault = _TOO_LARGE
            raise ValueError("head too large")
        super().on_headers_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """The parser stops at a request for another protocol: that request gets an HTTP answer, then the connection is closed."""
        if self.cycle is not None:
            self.cycle.keep_alive = False

    def send_400_response(self, msg: str) -> None:
        error = sys.exception()
        if isinstance(error, httptools.HttpParserInvalidMethodError):
            self._fault = _NO_METHOD
        elif isinstance(error, httptools.HttpParserInvalidURLError):
            self._fault = _NO_TARGET
        self._refuse(*(self._fault or _NO_HTTP))

    def _refuse(self, status: int, detail: str) -> None:
        """Answer and close. An answer that is still being sent comes first: two answers must never mix."""
        self._refused = True
        self.refusals.note(str(status), status=status)
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            if not cycle.more_body:
                cycle.keep_alive = False
                return
            if cycle.response_started or self.pipeline:
                self.transport.close()
                return
            cycle.disconnected = True
            cycle.message_event.set()
        answer = problem(status, detail)
        headers = [*self.server_state.default_headers, *answer.raw_headers, *self.answer_headers, (b"connection", b"close")]
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
        self.transport.write(STATUS_LINE[status] + lines + b"\r\n" + bytes(answer.body))
        self.transport.close()
