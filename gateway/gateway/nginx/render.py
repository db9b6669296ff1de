"""nginx's configuration from the database: rendered, tested, put in place, and reloaded without losing a call."""

from __future__ import annotations

import fcntl
import grp
import hashlib
import logging
import os
import pwd
import signal
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from sqlalchemy import text

from gateway.db import notify
from gateway.deployment import Deployment
from gateway.limit import repository as limits
from gateway.nginx.binary import HTTP_2_SINCE, find_binary, version
from gateway.nginx.faults import ANSWER, FAULTS
from gateway.nginx.state import State, read_state
from gateway.nginx.upstream import Upstream, inway_upstream, service_upstream, upstreams
from gateway.nginx.way import DIRECT, HTTP_2, Way
from gateway.outway import repository as outways
from gateway.peer.models import HostedPeer
from gateway.pki.keypair import COMPONENTS, KeyPair
from gateway.service import repository as services

log = logging.getLogger("gateway.nginx")

# NCSC guideline for TLS 2.1, "goed": ECDHE with AEAD, and these curves; TLS 1.3 suites are all of that kind.
CIPHERS = ":".join(
    f"ECDHE-{kind}-{suite}"
    for suite in ("AES256-GCM-SHA384", "CHACHA20-POLY1305", "AES128-GCM-SHA256")
    for kind in ("ECDSA", "RSA")
)
CURVES = "X25519:prime256v1:secp384r1"
ANSWERS = (Path(__file__).parent / "answers.js").read_bytes()
"""Which answers are none (njs)."""
_SYSTEM_STORES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")


class ConfigurationInvalid(Exception):
    """nginx refuses the rendered configuration; the old one stays in use."""


class Renderer:
    """Renders for one nginx (one run directory)."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._folder = (deployment.settings.run_dir / "nginx").resolve()
        self._blocks: dict[str, tuple[object, str]] = {}

    @property
    def path(self) -> Path:
        """The path of the configuration in use."""
        return self._folder / "nginx.conf"

    def apply(self) -> bool:
        """Render the configuration. If it differs from the one in use: test it, put it in place, reload, and return True.

        Raises:
            ConfigurationInvalid: nginx refuses it.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._one_at_a_time():
            state, found, draft = self._read()
            if draft.partition("\n")[0] == self._digest_in_use():
                return False
            while True:
                number = self._next_generation(state, found)
                # Changes since then may be in another machine's configuration, under a lower number than ours:
                # then our workers would be sent to an upstream that they do not have.
                state, found, again = self._read()
                if again == draft:
                    break
                draft = again
            stamp = f"{int(self._deployment.now.timestamp() * 1000):012x}"
            draft = draft.replace("@GENERATION@", str(number)).replace("@STAMP@", f"{stamp[:8]}-{stamp[8:]}")
            self._install(draft)
        return True

    def _read(self) -> tuple[State, set[str], str]:
        """The state, the names of the upstreams that have an address now, and the configuration without its number."""
        with self._deployment.transaction() as session:
            state = read_state(session, lambda peer: self._pairs(peer.peer_id) is not None)
        found = upstreams(self._deployment.hosts, state.offered, state.inways, http2=self._can_http2())
        return state, set(found), self._draft(state, list(found.values()))

    def _can_http2(self) -> bool:
        return version(find_binary(self._deployment.settings.nginx)) >= HTTP_2_SINCE

    def _digest_in_use(self) -> str | None:
        if not self.path.exists():
            return None
        with self.path.open() as file:
            return file.readline().rstrip("\n")

    def _pairs(self, peer_id: str) -> dict[str, KeyPair] | None:
        """Each component's key pair; None when one is missing, so that a peer without keys does not block the others. nginx reads
        the pair itself and not the link to it, so that it has the certificate that it names to the decision process."""
        keys = self._deployment.keys
        missing = [component for component in COMPONENTS if not keys.has(peer_id, component)]
        if missing:
            log.error("peer %s is left out: no certificate or key of %s", peer_id, ", ".join(missing))
            return None
        return {component: keys.pair(peer_id, component) for component in COMPONENTS}

    @cached_property
    def _templates(self) -> jinja2.Environment:
        return jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent),
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )

    def _draft(self, state: State, found: list[Upstream]) -> str:
        values = self._values()
        ways = state.ways()
        own: dict[str, list[Upstream]] = defaultdict(list)
        for upstream in found:
            own[upstream.peer_id].append(upstream)
        body = self._templates.get_template("nginx.conf.j2").render(
            **values,
            peers=state.hosted,
            upstreams=found,
            blocks=[self._block(peer, own.get(peer.peer_id, []), ways.get(peer.peer_id, []), values) for peer in state.hosted],
            counted=any(way.service_calls or way.caller_calls for found in ways.values() for way in found),
            digest="@DIGEST@",
        )
        return body.replace("@DIGEST@", hashlib.sha256(body.encode()).hexdigest(), 1)

    def _values(self) -> dict[str, Any]:
        """The values that all parts of the configuration share."""
        settings, rules = self._deployment.settings, self._deployment.rules
        crls = self._deployment.anchors.crls_pem()
        return {
            "version": version(find_binary(settings.nginx)),
            "user": _current_user() if os.geteuid() == 0 else None,
            "workers": settings.nginx_workers,
            "folder": self._folder,
            "call_timeout": settings.call_timeout,
            "access_log": settings.access_log,
            "tls": " ".join(f"TLSv{version}" for version in rules.tls_versions),
            "ciphers": CIPHERS,
            "curves": CURVES,
            "anchors": self._file("anchors.pem", rules.anchors_pem),
            "crls": self._file("crls.pem", crls) if crls else None,
            "crls_digest": hashlib.sha256(crls).hexdigest()[:8] if crls else "",
            "answers": self._file(f"answers-{hashlib.sha256(ANSWERS).hexdigest()[:16]}.js", ANSWERS),
            "decide_sockets": [path.resolve() for path in settings.decide_sockets],
            "manager_sockets": [path.resolve() for path in settings.manager_sockets],
            "fsc_listen": settings.fsc_listen,
            "faults": FAULTS,
            "error_answer": ANSWER,
        }

    def _block(self, peer: HostedPeer, own: list[Upstream], limits: list[Way], values: dict[str, Any]) -> str:
        """The server blocks of one peer; rendered again only when something in them changed."""
        shown = {name: getattr(peer, name) for name in ("peer_id", "manager_host", "inway_host", "outway_listen")}
        pairs = self._pairs(peer.peer_id)
        known, block = self._blocks.get(peer.peer_id, (None, ""))
        if known != (shown, pairs, own, limits, values):
            services = [upstream for upstream in own if not upstream.outway]
            block = self._templates.get_template("peer.conf.j2").render(
                **values,
                peer=shown,
                pairs=pairs,
                services=services,
                inways=[upstream for upstream in own if upstream.outway],
                direct=DIRECT,
                limits=limits,
                outway_ways=[HTTP_2] if self._can_http2() else [],
                cas={way.ca: self._ca(way.ca) for way in (*(service.way for service in services), *limits) if way.secure},
            )
            self._blocks[peer.peer_id] = ((shown, pairs, own, limits, values), block)
        return block

    def _ca(self, pem: str | None) -> Path:
        """The file with root certificates for an https service; the system's file if it has none of its own."""
        if pem is None:
            return next((Path(store) for store in _SYSTEM_STORES if Path(store).exists()), Path(_SYSTEM_STORES[0]))
        return self._file(f"ca-{hashlib.sha256(pem.encode()).hexdigest()[:16]}.pem", pem.encode())

    def _file(self, name: str, content: bytes) -> Path:
        """Write a file beside the configuration, atomically and only when its content changed."""
        path = self._folder / name
        if not path.exists() or path.read_bytes() != content:
            fresh = path.with_suffix(".new")
            fresh.write_bytes(content)
            fresh.replace(path)
        return path

    def _next_generation(self, state: State, present: set[str]) -> int:
        """Number the configuration, and record for each new service, Inway and limit the first number that has it."""
        with self._deployment.transaction() as session:
            number = session.execute(text("SELECT nextval('nginx_generation')")).scalar_one()
            for service in state.offered:
                there = service_upstream(service.peer_id, service.name) in present
                if there == (service.since_generation is None):
                    services.known_to_nginx(session, service, number if there else None)
            for inway in state.inways:
                there = inway_upstream(inway.peer_id, inway.host, inway.port) in present
                if there == (inway.since_generation is None):
                    outways.known_to_nginx(session, inway, number if there else None)
            for limit in state.limits:
                if limit.since_generation is None:
                    limits.known_to_nginx(session, limit, number)
            notify(session)
        return number

    def _install(self, configuration: str) -> None:
        fresh = self.path.with_suffix(".new")
        fresh.write_text(configuration)
        binary = find_binary(self._deployment.settings.nginx)
        tested = subprocess.run(
            [binary, "-t", "-q", "-c", str(fresh), "-p", str(self._folder)], capture_output=True, text=True, timeout=60
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
