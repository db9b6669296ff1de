"""The background work of a control process: deliver to other Managers, keep nginx configured, listen for changes."""

from __future__ import annotations

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from gemeengoed_kit import retention
from sqlalchemy.exc import OperationalError

from gateway.contract.delivery import Distributor
from gateway.db import CHANGED, notify
from gateway.deployment import Deployment
from gateway.nginx import errors
from gateway.nginx.render import Renderer
from gateway.peer import repository as peers
from gateway.peer.errors import NoKeys
from gateway.peer.service import record_certificates
from gateway.pki.certificate import CertificateInvalid
from gateway.pki.keypair import COMPONENTS
from gateway.txlog import upkeep

log = logging.getLogger("gateway.control")
_RENDER_SECONDS = 30.0
_GATHER_SECONDS = 0.05  # changes within this time share one reload
_LISTEN_SECONDS = 1.0
_JOIN_SECONDS = 10.0
_AGAIN_SECONDS = 1.0


@contextmanager
def running(deployment: Deployment) -> Iterator[None]:
    """Run all loops, each in a thread of its own, until the block ends."""
    loops: dict[str, Callable[[], None]] = {
        "deliver": Distributor(deployment).run,
        "render": lambda: _render(deployment),
        "listen": lambda: _listen(deployment),
        "log": lambda: upkeep.run(deployment),
        "nginx-errors": lambda: _nginx_errors(deployment),
        "retention": lambda: retention.run(lambda: _tidy(deployment), deployment.wake.stopping),
    }
    threads = [threading.Thread(target=_keep, args=(deployment, *named), name=named[0], daemon=True) for named in loops.items()]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        deployment.wake.stop()
        for thread in threads:
            thread.join(_JOIN_SECONDS)


def _keep(deployment: Deployment, name: str, loop: Callable[[], None]) -> None:
    """Run a loop until the deployment stops; when it ends by a fault, say so and start it again."""
    while not deployment.wake.stopping.is_set():
        try:
            loop()
        except Exception:
            log.exception("background work %r ended; it is started again", name)
            deployment.meter.count("gateway_loop_failures", name)
        deployment.wake.stopping.wait(_AGAIN_SECONDS)


def _render(deployment: Deployment) -> None:
    """Keep nginx's configuration equal to the database. Names are resolved again every half minute."""
    renderer, wake, meter = Renderer(deployment), deployment.wake, deployment.meter
    seen: dict[str, tuple[str, ...]] = {}
    configured: float | None = None
    meter.gauge("gateway_nginx_configured", lambda: configured)
    meter.gauge("gateway_nginx_left_out", lambda: renderer.left_out)
    with _one_per_run_dir(deployment, "render.lock"):
        while not wake.stopping.is_set():
            wake.stopping.wait(_GATHER_SECONDS)
            wake.render.clear()
            try:
                _take_up_certificates(deployment, seen)
                if renderer.apply():
                    log.info("nginx has a new configuration")
                    meter.count("gateway_nginx_reloads")
                configured = 1.0
            except OperationalError as problem:
                log.warning("the database is away, nginx keeps its configuration: %s", problem.orig)
            except Exception:  # such as a refusal by nginx: the old configuration stays in use
                log.exception("nginx configuration not renewed")
                meter.count("gateway_nginx_failures")
                configured = 0.0
            wake.render.wait(_RENDER_SECONDS)


def _nginx_errors(deployment: Deployment) -> None:
    """Log nginx's messages, without what clients sent."""
    with _one_per_run_dir(deployment, "errors.lock"):
        errors.collect(deployment.settings.errors_socket, deployment.wake.stopping)


@contextmanager
def _one_per_run_dir(deployment: Deployment, name: str) -> Iterator[None]:
    """Wait until no other control process does this for this nginx. When a process dies, the kernel frees its lock."""
    with (deployment.settings.run_dir / name).open("w") as file:
        while not deployment.wake.stopping.is_set():
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                deployment.wake.stopping.wait(1)
        yield


def _take_up_certificates(deployment: Deployment, seen: dict[str, tuple[str, ...]]) -> None:
    """Store the public part of certificates that were renewed on disk. `seen` holds what the previous round found."""
    with deployment.transaction() as session:
        for peer in peers.all_hosted(session):
            try:
                present = tuple(
                    deployment.keys.needed(peer.peer_id, component).certificate.thumbprint
                    for component in COMPONENTS
                    if deployment.keys.has(peer.peer_id, component)
                )
                if seen.get(peer.peer_id) != present and record_certificates(deployment, session, peer):
                    notify(session)
                seen[peer.peer_id] = present
            except (OSError, CertificateInvalid, NoKeys) as problem:
                log.error("certificates of peer %s are not usable: %s", peer.peer_id, problem)


def _tidy(deployment: Deployment) -> None:
    retention.forget(deployment.transaction, deployment.settings.bewaren_dagen, messages=False)


def _listen(deployment: Deployment) -> None:
    """Wake the loops whenever any process changes something."""
    wake = deployment.wake
    while not wake.stopping.is_set():
        try:
            with psycopg.connect(
                deployment.settings.database_url, autocommit=True, application_name="gateway-control", connect_timeout=5
            ) as connection:
                connection.execute(f"LISTEN {CHANGED}")
                wake.all()
                while not wake.stopping.is_set():
                    for _ in connection.notifies(timeout=_LISTEN_SECONDS, stop_after=1):
                        wake.all()
        except psycopg.Error as problem:
            log.warning("database is away: %s", problem)
            wake.stopping.wait(0.5)
