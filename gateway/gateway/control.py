"""The control process: Manager, management API, distribution, and nginx's configuration."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import uvicorn
from starlette.types import ASGIApp

from gateway.beheer.app import build as build_beheer
from gateway.contract.delivery import Distributor
from gateway.db import CHANGED, notify
from gateway.deployment import Deployment
from gateway.manager.app import build as build_manager
from gateway.nginx.render import Renderer
from gateway.peer import repository as peers
from gateway.peer.errors import NoKeys
from gateway.peer.service import record_certificates
from gateway.pki.certificate import CertificateInvalid
from gateway.pki.keypair import COMPONENTS
from gateway.settings import split_listen

log = logging.getLogger("gateway.control")
_RENDER_SECONDS = 30.0
_GATHER_SECONDS = 0.05  # changes that come together make one reload
_LISTEN_SECONDS = 1.0


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: two servers share this process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def run(deployment: Deployment) -> None:
    """Serve until SIGTERM or SIGINT."""
    settings = deployment.settings
    settings.run_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    take_up_certificates(deployment, {})
    loops: list[Callable[[], None]] = [Distributor(deployment).run, lambda: _render(deployment), lambda: _listen(deployment)]
    threads = [threading.Thread(target=loop, daemon=True) for loop in loops]
    for thread in threads:
        thread.start()
    try:
        asyncio.run(_serve(deployment))
    finally:
        deployment.wake.stop()
        for thread in threads:
            thread.join(15)


def take_up_certificates(deployment: Deployment, seen: dict[str, tuple[str, ...]]) -> None:
    """Keep the public part of certificates that were renewed on disk; `seen` remembers what was there before."""
    with deployment.transaction() as session:
        for peer in peers.all_hosted(session):
            try:
                present = tuple(deployment.keys.pair(peer.peer_id, component).certificate.thumbprint for component in COMPONENTS)
                if seen.get(peer.peer_id) != present and record_certificates(deployment, session, peer):
                    notify(session)
                seen[peer.peer_id] = present
            except (OSError, CertificateInvalid, NoKeys) as problem:
                log.error("certificates of peer %s are not usable: %s", peer.peer_id, problem)


async def _serve(deployment: Deployment) -> None:
    host, port = split_listen(deployment.settings.beheer_listen)
    path = deployment.settings.manager_socket
    path.unlink(missing_ok=True)
    servers = [_server(build_manager(deployment), uds=str(path)), _server(build_beheer(deployment), host=host, port=port)]

    def stop() -> None:
        for server in servers:
            server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    await asyncio.gather(*(server.serve() for server in servers))


def _server(app: ASGIApp, **where: Any) -> uvicorn.Server:
    quiet: dict[str, Any] = {"log_config": None, "access_log": False, "server_header": False, "date_header": False}
    return _Server(uvicorn.Config(app, timeout_graceful_shutdown=10, **quiet, **where))


def _render(deployment: Deployment) -> None:
    """Keep nginx's configuration equal to the database; names are resolved again every half minute."""
    renderer, wake = Renderer(deployment), deployment.wake
    seen: dict[str, tuple[str, ...]] = {}
    while not wake.stopping.is_set():
        wake.stopping.wait(_GATHER_SECONDS)
        wake.render.clear()
        try:
            take_up_certificates(deployment, seen)
            if renderer.apply():
                log.info("nginx has a new configuration")
        except Exception:  # the database away, or nginx refusing: the old configuration serves on
            log.exception("nginx configuration not renewed")
        wake.render.wait(_RENDER_SECONDS)


def _listen(deployment: Deployment) -> None:
    """Wake the loops whenever any process changes something."""
    wake = deployment.wake
    while not wake.stopping.is_set():
        try:
            with psycopg.connect(
                deployment.settings.database_url, autocommit=True, application_name="gateway-control", connect_timeout=5
            ) as connection:
                connection.execute(f"LISTEN {CHANGED}")
                _wake(deployment)
                while not wake.stopping.is_set():
                    for _ in connection.notifies(timeout=_LISTEN_SECONDS, stop_after=1):
                        _wake(deployment)
        except psycopg.Error as problem:
            log.warning("database is away: %s", problem)
            wake.stopping.wait(0.5)


def _wake(deployment: Deployment) -> None:
    deployment.wake.deliver.set()
    deployment.wake.render.set()
