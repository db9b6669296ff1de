"""The control processes: they serve the Manager and the management API, and run the background loops of `loops`."""

from __future__ import annotations

import asyncio
import socket

from gemeengoed_kit.observe.told import tell
from gemeengoed_kit.serving import STOP_SECONDS, Server, listen, until_told
from gemeengoed_kit.settings import split_listen
from gemeengoed_kit.supervise import Beat, supervise

from gateway import loops
from gateway.beheer.app import build as build_beheer
from gateway.deployment import Deployment
from gateway.manager.app import build as build_manager
from gateway.observe.page import beside
from gateway.observe.requests import Requests


def run(deployment: Deployment) -> None:
    """Serve until SIGTERM or SIGINT, with as many processes as the settings say."""
    settings = deployment.settings
    with listen(*split_listen(settings.beheer_listen)) as listener:

        def work(number: int, beat: Beat) -> None:
            with deployment.as_process(f"control-{number}"), loops.running(deployment):
                asyncio.run(_serve(deployment, number, listener, beat))

        supervise("control", settings.control_processes, settings.run_dir, work, on_stop=listener.close)


async def _serve(deployment: Deployment, number: int, listener: socket.socket, beat: Beat) -> None:
    path = deployment.settings.manager_sockets[number - 1]
    path.unlink(missing_ok=True)
    manager = Server(Requests(build_manager(deployment), deployment, "manager"), stop_seconds=STOP_SECONDS, uds=str(path))
    beheer = Server(
        Requests(beside(deployment, build_beheer(deployment)), deployment, "beheer"),
        stop_seconds=STOP_SECONDS,
        listeners=[listener],
    )
    telling = await tell(deployment.settings.run_dir, deployment.process, deployment.meter)
    await until_told(beat, manager.run_until, beheer.run_until)
    telling.close()
