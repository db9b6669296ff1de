"""The HTTP servers of one supervised process: they start together, and stop without losing a request."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gemeengoed_kit.supervise import Beat

log = logging.getLogger("gemeengoed.serving")
KEEP_ALIVE_SECONDS = 75
"""How long an idle connection stays open. This must be longer than clients keep it (httpx 5 s, which is also uvicorn's
default). If the server closed first, a request sent at that moment would be lost."""
STOP_SECONDS = 10.0
"""How long running requests may take when a process is told to stop."""
BACKLOG = 1024
_BEAT_SECONDS = 1.0
_LEAVE_SECONDS = 1.0
_LOOK_SECONDS = 0.05
T = TypeVar("T")


class Server(uvicorn.Server):
    """uvicorn without its own signal handlers, since several servers share a process, and with a stop in two steps.

    A client with a kept connection may be sending its next request while we close it. So first every answer says that it is the
    last on its connection; only connections that were silent for a second are closed.
    """

    def __init__(self, app: ASGIApp, *, listeners: list[socket.socket] | None = None, stop_seconds: float, **where: Any) -> None:
        self._listeners, self._leaving = listeners, False
        super().__init__(
            uvicorn.Config(
                self._last_on_its_connection(app),
                log_config=None,
                access_log=False,
                server_header=False,
                lifespan="off",
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=max(1, round(stop_seconds - _LEAVE_SECONDS)),
                backlog=BACKLOG,
                **where,
            )
        )

    def _last_on_its_connection(self, app: ASGIApp) -> ASGIApp:
        async def answering(scope: Scope, receive: Receive, send: Send) -> None:
            async def last(message: Message) -> None:
                if self._leaving and message["type"] == "http.response.start":
                    message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
                await send(message)

            await app(scope, receive, last)

        return answering

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def run_until(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then stop in two steps."""
        serving = asyncio.create_task(self.serve(sockets=self._listeners))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if self.started and not serving.done():
            await self._leave()
        self.should_exit = True
        stopping.cancel()
        await serving

    async def _leave(self) -> None:
        self._leaving = True
        for server in self.servers:
            server.close()
        for listener in self._listeners or []:
            listener.close()
        deadline = asyncio.get_running_loop().time() + _LEAVE_SECONDS
        while self.server_state.connections and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(_LOOK_SECONDS)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket for all processes of a command: when one dies, another accepts the connections that wait."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


async def until_told(beat: Beat, *works: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run all `works` concurrently and call `beat` meanwhile. The event that tells them to stop is set by SIGTERM or SIGINT, or
    when one of them ends."""
    stop = asyncio.Event()

    def told() -> None:
        log.info("stopping")
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told)
    beating = asyncio.create_task(_beat(beat))

    async def to_its_end(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
        try:
            await work(stop)
        finally:
            stop.set()

    ended = await asyncio.gather(*map(to_its_end, works), return_exceptions=True)
    beating.cancel()
    for outcome in ended:
        if outcome is not None:
            raise outcome


def run(main: Coroutine[Any, Any, T]) -> T:
    """The result of `main` on uvicorn's event loop. It cleans nothing up, since the process ends: cleaning up would wait for a
    thread that hangs on a silent database."""
    make = uvicorn.Config("", log_config=None).get_loop_factory() or asyncio.new_event_loop
    return make().run_until_complete(main)


async def _beat(beat: Beat) -> None:
    while True:
        beat()
        await asyncio.sleep(_BEAT_SECONDS)
