"""Middleware around an application: it watches every request from its beginning to the end of its answer."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass
class Answer:
    """How a request ended; the status is 500 as long as nothing was answered. `seconds` counts from its first byte."""

    status: int = 500
    headers: Sequence[tuple[bytes, bytes]] = field(default_factory=list)
    seconds: float = 0.0


class Watched(ABC):
    """ASGI middleware; a subclass decides what is recorded."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def around(self, scope: Scope, headers: dict[bytes, bytes]) -> AbstractContextManager[Any]:
        """The context manager in which the request runs."""
        return nullcontext()

    @abstractmethod
    def keep(self, scope: Scope, headers: dict[bytes, bytes], answer: Answer, around: Any) -> None:
        """Record the request. Called at its end, still inside `around`, with the value that `around` yielded."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, answer = time.perf_counter(), Answer()

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status, answer.headers = message["status"], message["headers"]
            await send(message)

        headers = dict(scope["headers"])
        with self.around(scope, headers) as found:
            try:
                await self._app(scope, receive, watch)
            finally:
                answer.seconds = time.perf_counter() - started
                self.keep(scope, headers, answer, found)


def method_of(scope: Scope) -> str:
    """The method as a label: a known one, or `other`."""
    return scope["method"] if scope["method"] in _METHODS else "other"
