"""What every part of the gateway receives: settings, rules, keys, database sessions, clock, names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from gemeengoed_kit.clock import Clock
from gemeengoed_kit.db import make_engine, session_factory
from gemeengoed_kit.lanes import THREADS
from gemeengoed_kit.observe import logs
from gemeengoed_kit.observe.probe import Probe
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from gateway.group import GroupRules
from gateway.hosts import Hosts
from gateway.observe import traces
from gateway.observe.meter import Meter
from gateway.observe.traces import Tracer
from gateway.pki.authority import DevelopmentPki
from gateway.pki.certificate import TrustAnchors
from gateway.pki.keypair import KeyStore
from gateway.settings import GatewaySettings
from gateway.wake import Wake

_CONNECTIONS = 20  # database connections, shared by the control processes of one machine


@dataclass
class Deployment:
    """One gateway deployment, hosting any number of peers."""

    settings: GatewaySettings
    clock: Clock
    wake: Wake = field(default_factory=Wake)
    process: str = "command"
    meter: Meter = field(default_factory=Meter)
    tracer: Tracer | None = None

    def span(self, name: str, **attributes: str | None) -> AbstractContextManager[Any]:
        """A trace span around a request that we send to others; does nothing where tracing is off. Attributes without a value
        are left out."""
        if self.tracer is None:
            return nullcontext()
        return self.tracer.span(name, {key: value for key, value in attributes.items() if value is not None})

    @contextmanager
    def as_process(self, name: str) -> Iterator[None]:
        """Be the process `name` (control-1, decide-2) until the block ends: in logs, traces and database sessions."""
        self.process = name
        logs.rename(name)
        self.tracer = traces.start(name)
        try:
            yield
        finally:
            if self.tracer is not None:
                self.tracer.stop()

    @cached_property
    def rules(self) -> GroupRules:
        return self.settings.rules

    @cached_property
    def anchors(self) -> TrustAnchors:
        return TrustAnchors(self.rules.anchors_pem, self.rules.crls)

    @cached_property
    def keys(self) -> KeyStore:
        return KeyStore(self.settings.keys_dir)

    @cached_property
    def development_pki(self) -> DevelopmentPki | None:
        return DevelopmentPki(self.settings.dev_pki_dir) if self.settings.dev_pki_dir else None

    @cached_property
    def hosts(self) -> Hosts:
        return Hosts(self.settings.hosts)

    @cached_property
    def engine(self) -> Engine:
        return self._engine(max(5, _CONNECTIONS // self.settings.control_processes), max_overflow=10)

    @cached_property
    def writing(self) -> Engine:
        """Connection pool for the management API alone: one connection for each thread that carries out its requests."""
        return self._engine(THREADS)

    @cached_property
    def reading(self) -> Engine:
        """The same, for requests that only read."""
        return self._engine(THREADS, reading=True)

    def _engine(self, pool_size: int, **options: Any) -> Engine:
        name = f"gateway-{self.process}"
        engine = make_engine(
            self.settings.database_url, application_name=name, pool_size=pool_size, statement_seconds=60, **options
        )
        engine.hide_parameters = True  # so that a logged error shows no contract, secret or signature
        return engine

    @cached_property
    def _probes(self) -> dict[str, Probe[Any]]:
        return {}

    def probe(self, name: str, question: Callable[[Session], Any]) -> Probe[Any]:
        """The probe with this name in this process; the first caller sets the query that it runs."""
        if name not in self._probes:
            self._probes[name] = Probe(self.settings.database_url, question, name=f"gateway-{name}")
        return self._probes[name]

    @cached_property
    def _sessions(self) -> sessionmaker[Session]:
        return session_factory(self.engine)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on any exception. Make no network calls inside it."""
        with self._sessions() as session, session.begin():
            yield session

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def unix_now(self) -> int:
        """The current time in Unix seconds, as FSC counts."""
        return int(self.clock.now().timestamp())

    def manager_address(self, manager_host: str) -> str:
        """The address under which a hosted peer's Manager is known (https://host:port)."""
        return f"https://{manager_host}:{self.settings.fsc_port}"

    def inway_address(self, inway_host: str) -> str:
        """The `aud` of tokens for a hosted peer's Inway (https://host:port)."""
        return f"https://{inway_host}:{self.settings.fsc_port}"


def from_unix(seconds: int) -> datetime:
    """Unix seconds as a datetime in UTC; a value beyond the calendar becomes the calendar's last second."""
    return datetime.fromtimestamp(min(seconds, 253402300799), UTC)
