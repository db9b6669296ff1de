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
from collections.abc import Callable, Iterator
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
        self._taken: str | None = None
        self._refused: dict[str, str] = {}
        """Peers of which nginx refuses the configuration, with the part that it refused."""

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
            if digest_of(draft) == self._digest_in_use():
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
            self._install(draft.replace("@GENERATION@", str(number)).replace("@STAMP@", f"{stamp[:8]}-{stamp[8:]}"))
        return True

    @property
    def left_out(self) -> int:
        """Of how many peers nginx refuses the configuration, so that they are not served."""
        return len(self._refused)

    def _read(self) -> tuple[State, set[str], str]:
        """The state, the names of the upstreams that have an address now, and the configuration without its number."""
        with self._deployment.transaction() as session:
            state = read_state(session, lambda peer: self._pairs(peer.peer_id) is not None)
        found = list(upstreams(self._deployment.hosts, state.offered, state.inways, http2=self._can_http2()).values())
        parts, values = self._parts(state, found), self._values()
        fine = {peer_id for peer_id, part in parts.items() if self._refused.get(peer_id) != part}
        draft = self._draft(values, state, found, fine)
        if digest_of(draft) not in (self._digest_in_use(), self._taken) and (problem := self._test(draft)):
            refused = self._refusing(
                sorted(fine), lambda some: self._test(self._draft(values, state, found, set(some))) is not None
            )
            if not refused:
                raise ConfigurationInvalid(problem)
            for peer_id in refused:
                log.error("peer %s is left out: nginx refuses its configuration: %s", peer_id, problem)
            self._refused |= {peer_id: parts[peer_id] for peer_id in refused}
            fine -= set(refused)
            draft = self._draft(values, state, found, fine)
        self._taken = digest_of(draft)
        self._refused = {peer_id: part for peer_id, part in self._refused.items() if parts.get(peer_id) == part}
        return state, {upstream.name for upstream in found if upstream.peer_id not in self._refused}, draft

    def _refusing(self, peer_ids: list[str], refuses: Callable[[list[str]], bool]) -> list[str]:
        """Those of these peers whose configuration alone is refused."""
        if not refuses(peer_ids):
            return []
        if len(peer_ids) == 1:
            return peer_ids
        half = len(peer_ids) // 2
        return self._refusing(peer_ids[:half], refuses) + self._refusing(peer_ids[half:], refuses)

    def _parts(self, state: State, found: list[Upstream]) -> dict[str, str]:
        """What decides whether nginx takes a peer's part: its rows as far as they are in the configuration."""
        own: dict[str, list[str]] = defaultdict(list)
        for upstream in found:
            own[upstream.peer_id].append(repr(upstream))
        return {
            peer.peer_id: "\n".join((peer.manager_host, peer.inway_host, peer.outway_listen, *own[peer.peer_id]))
            for peer in state.hosted
        }

    def _test(self, configuration: str) -> str | None:
        """What nginx says against a configuration; None when it takes it."""
        path = self._folder / "nginx.conf.try"
        path.write_text(configuration.replace("@GENERATION@", "0").replace("@STAMP@", "00000000-0000"))
        binary = find_binary(self._deployment.settings.nginx)
        tested = subprocess.run(
            [binary, "-t", "-q", "-c", str(path), "-p", str(self._folder)], capture_output=True, text=True, timeout=60
        )
        return tested.stderr.strip() if tested.returncode else None

    def _can_http2(self) -> bool:
        return version(find_binary(self._deployment.settings.nginx)) >= HTTP_2_SINCE

    def _digest_in_use(self) -> str | None:
        if not self.path.exists():
            return None
        with self.path.open() as file:
            return file.readline().rstrip("\n")

    def _pairs(self, peer_id: str) -> dict[str, KeyPair] | None:
        """Each component's key pair; None when one is missing or damaged, so that the peer does not block the others. nginx reads
        the pair itself and not the link to it, so that it has the certificate that it names to the decision process."""
        keys = self._deployment.keys
        pairs = {component: keys.usable(peer_id, component) for component in COMPONENTS}
        usable = {component: pair for component, pair in pairs.items() if pair is not None}
        if missing := set(COMPONENTS) - usable.keys():
            log.error("peer %s is left out: no usable certificate and key of %s", peer_id, ", ".join(sorted(missing)))
            return None
        return usable

    @cached_property
    def _templates(self) -> jinja2.Environment:
        return jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent),
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )

    def _draft(self, values: dict[str, Any], state: State, found: list[Upstream], served: set[str]) -> str:
        """The configuration for these peers, without its number."""
        ways = state.ways()
        hosted = [peer for peer in state.hosted if peer.peer_id in served]
        found = [upstream for upstream in found if upstream.peer_id in served]
        own: dict[str, list[Upstream]] = defaultdict(list)
        for upstream in found:
            own[upstream.peer_id].append(upstream)
        body = self._templates.get_template("nginx.conf.j2").render(
            **values,
            peers=hosted,
            upstreams=found,
            blocks=[self._block(peer, own.get(peer.peer_id, []), ways.get(peer.peer_id, []), values) for peer in hosted],
            counted=any(way.service_calls or way.caller_calls for some in ways.values() for way in some),
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
            "errors_socket": settings.errors_socket.resolve(),
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


def digest_of(configuration: str) -> str:
    """The first line of a configuration, which has its digest: the same for the same content, whatever its number."""
    return configuration.partition("\n")[0]


def _current_user() -> str:
    return f"{pwd.getpwuid(os.geteuid()).pw_name} {grp.getgrgid(os.getegid()).gr_name}"
