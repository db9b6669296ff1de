"""The control processes: Manager, management API, and the loops of `loops`."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from gateway import loops
from gateway.beheer.app import build as build_beheer
from gateway.deployment import Deployment
from gateway.manager.app import build as build_manager
from gateway.observe.page import beside
from gateway.observe.requests import Requests
from gateway.observe.told import tell
from gateway.settings import split_listen
from gateway.supervise import Beat, supervise

_BEAT_SECONDS = 1.0
_DRAIN_SECONDS = 10
_KEEP_ALIVE_SECONDS = 75  # longer than clients keep an idle connection: a request that crosses its closing is lost


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: two servers share this process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def run(deployment: Deployment) -> None:
    """Serve until SIGTERM or SIGINT, with as many processes as the settings say."""
    settings = deployment.settings
    # One listening socket for all: what waits in it when a process dies is taken up by another.
    with socket.create_server(split_listen(settings.beheer_listen), backlog=1024) as listener:

        def work(number: int, beat: Beat) -> None:
            with deployment.as_process(f"control-{number}"), loops.running(deployment):
                asyncio.run(_serve(deployment, number, listener, beat))

        supervise("control", settings.control_processes, settings.run_dir, work)


async def _serve(deployment: Deployment, number: int, listener: socket.socket, beat: Beat) -> None:
    path = deployment.settings.manager_sockets[number - 1]
    path.unlink(missing_ok=True)
    manager = _server(Requests(build_manager(deployment), deployment, "manager"), uds=str(path))
    beheer = _server(Requests(beside(deployment, build_beheer(deployment)), deployment, "beheer"))

    def stop() -> None:
        manager.should_exit = beheer.should_exit = True

    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_number, stop)
    beating = asyncio.create_task(_beat(beat))
    telling = await tell(deployment.settings.run_dir, deployment.process, deployment.meter)
    await asyncio.gather(manager.serve(), beheer.serve(sockets=[listener]))
    telling.close()
    beating.cancel()


async def _beat(beat: Beat) -> None:
    while True:
        beat()
        await asyncio.sleep(_BEAT_SECONDS)


def _server(app: ASGIApp, **where: Any) -> uvicorn.Server:
    quiet: dict[str, Any] = {"log_config": None, "access_log": False, "server_header": False}
    waits: dict[str, Any] = {"timeout_graceful_shutdown": _DRAIN_SECONDS, "timeout_keep_alive": _KEEP_ALIVE_SECONDS}
    return _Server(uvicorn.Config(app, **quiet, **waits, **where))
