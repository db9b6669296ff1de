"""nginx's configuration from the database: rendered, tested, put in place, loaded without dropping a call."""

from __future__ import annotations

import fcntl
import grp
import hashlib
import logging
import os
import pwd
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import jinja2
from sqlalchemy import text, update

from gateway.db import notify
from gateway.deployment import Deployment
from gateway.nginx.binary import find_binary, version
from gateway.outway import repository as outways
from gateway.outway.models import RemoteInway
from gateway.peer import repository as peers
from gateway.peer.models import HostedPeer
from gateway.pki.keypair import COMPONENTS
from gateway.service import repository as services
from gateway.service.models import OfferedService
from gateway.service.service import origin

log = logging.getLogger("gateway.nginx")

# NCSC guideline for TLS 2.1, "goed": ECDHE with AEAD; TLS 1.3 suites are all of that kind.
CIPHERS = ":".join(
    f"ECDHE-{kind}-{suite}"
    for suite in ("AES256-GCM-SHA384", "CHACHA20-POLY1305", "AES128-GCM-SHA256")
    for kind in ("ECDSA", "RSA")
)
_SERVICE_IDLE_SECONDS = 4  # below uvicorn's five, so that we never write on a connection the service is closing
_INWAY_IDLE_SECONDS = 8  # below the ten seconds that an nginx Inway keeps a connection through a reload


@dataclass(frozen=True)
class Upstream:
    """A named upstream: keeps connections alive. `idle` in seconds."""

    name: str
    address: str
    idle: int


class ConfigurationInvalid(Exception):
    """nginx refuses what was rendered; the old configuration stays."""


def service_upstream(peer_id: str, name: str) -> str:
    """The upstream of an offered service."""
    return f"service_{peer_id}_{_short(name)}"


def inway_upstream(peer_id: str, host: str, port: int) -> str:
    """The upstream of a remote Inway as one Outway calls it. Per Outway, since a kept connection carries that
    Outway's certificate and must never serve another peer."""
    return f"inway_{peer_id}_{_short(f'{host}:{port}')}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Renderer:
    """Renders for one nginx (one run directory)."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._folder = deployment.settings.run_dir / "nginx"

    @property
    def path(self) -> Path:
        """The configuration in use."""
        return self._folder / "nginx.conf"

    def apply(self) -> bool:
        """Render, and where it differs from what is in use: test, put in place, reload. True when it changed.

        Raises:
            ConfigurationInvalid: nginx refuses it.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._one_at_a_time():
            with self._deployment.transaction() as session:
                hosted = [peer for peer in peers.all_hosted(session) if self._has_keys(peer)]
                offered = services.services(session)
                inways = outways.remote_inways(session)
            upstreams = self._upstreams(offered, inways)
            draft = self._draft(hosted, sorted(upstreams.values(), key=lambda upstream: upstream.name))
            if self.path.exists() and draft.splitlines()[0] == self.path.read_text().splitlines()[0]:
                return False
            self._install(draft.replace("@GENERATION@", str(self._next_generation(offered, inways, upstreams))))
        return True

    def _has_keys(self, peer: HostedPeer) -> bool:
        """One peer without its keys must not keep the others from being served."""
        missing = [
            str(path)
            for component in COMPONENTS
            for path in self._deployment.keys.paths(peer.peer_id, component)
            if not path.exists()
        ]
        if missing:
            log.error("peer %s is left out: %s missing", peer.peer_id, ", ".join(missing))
        return not missing

    def _upstreams(self, offered: list[OfferedService], inways: list[RemoteInway]) -> dict[tuple[str, ...], Upstream]:
        found: dict[tuple[str, ...], Upstream] = {}
        for service in offered:
            host, port = origin(service.url)
            address = self._address(host, port)
            if address:
                found[service.peer_id, service.name] = Upstream(
                    service_upstream(service.peer_id, service.name), address, _SERVICE_IDLE_SECONDS
                )
        for inway in inways:
            address = self._address(inway.host, inway.port)
            if address:
                found[inway.peer_id, inway.host, str(inway.port)] = Upstream(
                    inway_upstream(inway.peer_id, inway.host, inway.port), address, _INWAY_IDLE_SECONDS
                )
        return found

    def _address(self, host: str, port: int) -> str | None:
        address = self._deployment.hosts.resolve(host)
        if address is None:
            log.warning("%s has no address now; its upstream is left out", host)
            return None
        return f"[{address}]:{port}" if ip_address(address).version == 6 else f"{address}:{port}"

    def _draft(self, hosted: list[HostedPeer], upstreams: list[Upstream]) -> str:
        settings = self._deployment.settings
        template = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined).from_string(
            (Path(__file__).parent / "nginx.conf.j2").read_text()
        )
        values = {
            "version": version(find_binary(settings.nginx)),
            "user": _current_user() if os.geteuid() == 0 else None,
            "workers": settings.nginx_workers,
            "folder": self._folder.resolve(),
            "call_timeout": settings.call_timeout,
            "ciphers": CIPHERS,
            "anchors": self._anchors(),
            "decide_sockets": [path.resolve() for path in settings.decide_sockets],
            "manager_sockets": [path.resolve() for path in settings.manager_sockets],
            "fsc_listen": settings.fsc_listen,
            "keys": settings.keys_dir.resolve(),
            "peers": hosted,
            "upstreams": upstreams,
        }
        versions = [
            self._deployment.keys.pair(peer.peer_id, component).certificate.thumbprint
            for peer in hosted
            for component in COMPONENTS
        ]
        body = template.render(**values, digest="@DIGEST@")
        return body.replace("@DIGEST@", hashlib.sha256("\n".join([body, *versions]).encode()).hexdigest())

    def _anchors(self) -> Path:
        """The Group's trust anchors in one file, as nginx wants them."""
        path = self._folder.resolve() / "anchors.pem"
        path.write_bytes(self._deployment.rules.anchors_pem)
        return path

    def _next_generation(
        self, offered: list[OfferedService], inways: list[RemoteInway], upstreams: dict[tuple[str, ...], Upstream]
    ) -> int:
        with self._deployment.transaction() as session:
            number = session.execute(text("SELECT nextval('nginx_generation')")).scalar_one()
            for service in offered:
                since = (service.since_generation or number) if (service.peer_id, service.name) in upstreams else None
                session.execute(
                    update(OfferedService)
                    .where(
                        OfferedService.peer_id == service.peer_id,
                        OfferedService.name == service.name,
                        OfferedService.url == service.url,
                    )
                    .values(since_generation=since)
                )
            for inway in inways:
                key = (inway.peer_id, inway.host, str(inway.port))
                session.execute(
                    update(RemoteInway)
                    .where(
                        RemoteInway.peer_id == inway.peer_id,
                        RemoteInway.host == inway.host,
                        RemoteInway.port == inway.port,
                    )
                    .values(since_generation=(inway.since_generation or number) if key in upstreams else None)
                )
            notify(session)
        return number

    def _install(self, configuration: str) -> None:
        fresh = self.path.with_suffix(".new")
        fresh.write_text(configuration)
        tested = subprocess.run(
            [
                find_binary(self._deployment.settings.nginx),
                "-t",
                "-q",
                "-c",
                str(fresh.resolve()),
                "-p",
                str(self._folder.resolve()),
            ],
            capture_output=True,
            text=True,
            timeout=60,
        )
        if tested.returncode:
            raise ConfigurationInvalid(tested.stderr.strip())
        fresh.replace(self.path)
        self._reload()

    def _reload(self) -> None:
        try:
            os.kill(int((self._folder / "nginx.pid").read_text()), signal.SIGHUP)
        except (FileNotFoundError, ValueError, ProcessLookupError):
            log.info("nginx does not run yet; it will start with the new configuration")

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        with (self._folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _current_user() -> str:
    return f"{pwd.getpwuid(os.geteuid()).pw_name} {grp.getgrgid(os.getegid()).gr_name}"
