"""The commands of a service: `serve` (API), `work` (jobs), `migrate`, `opruimen`, and `openapi` (print the specification).

`serve` and `work` run as the gateway does: several worker processes under a supervisor, with a listener for the operator.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine

from gemeengoed_kit.app import application
from gemeengoed_kit.clock import Clock, SystemClock
from gemeengoed_kit.context import Authenticate, Context, Recorded
from gemeengoed_kit.db import make_engine
from gemeengoed_kit.http import http_protocol
from gemeengoed_kit.identity import Verifier
from gemeengoed_kit.jobs import Jobs, Pass, Task
from gemeengoed_kit.kept import Kept
from gemeengoed_kit.lanes import Lane, Lanes
from gemeengoed_kit.observe import logs
from gemeengoed_kit.observe.meter import Meter
from gemeengoed_kit.observe.told import tell
from gemeengoed_kit.openapi import dump
from gemeengoed_kit.operation import listener
from gemeengoed_kit.operation.catalogue import CATALOGUE, Gauges
from gemeengoed_kit.operation.health import Health
from gemeengoed_kit.operation.requests import Requests
from gemeengoed_kit.operation.state import State
from gemeengoed_kit.outbox import Delivery
from gemeengoed_kit.retention import tidy
from gemeengoed_kit.serving import Server, listen, run, until_told
from gemeengoed_kit.settings import ServiceSettings, database_url, from_environment, prefix, split_listen
from gemeengoed_kit.supervise import Beat, supervise

_BESIDE_REQUESTS = 8
"""Database connections of a `work` process besides one per job: for the outbox and for removing expired rows."""
_LONGEST_TRANSACTION_SECONDS = 300.0
"""Limit for a job: a connection that is held longer is assumed to belong to a database that is silent."""
_KILL_SECONDS = 5.0
"""Extra time after the stop timeout before a process is killed."""
Part = Callable[[Context], Callable[[asyncio.Event], Awaitable[None]]]
"""What a process does with its context until it is told to stop."""


@dataclass(frozen=True)
class Service:
    """What one service consists of; its `__main__` passes this to `main`.

    Attributes:
        name: package name; also the application name in the database.
        migrations: folder of its migrations, inside its package.
        tasks: makes the tasks from the settings (they hold the Outway client).
        passes: what `work` does over and over besides the tasks; only for a service that has tasks.
        delivery: makes the delivery of the outbox, for a service that puts messages in it.
        gauges: metrics that are read from its database.
        commands: further commands by name, each a function of (settings, arguments).
        recorded: what it does with every record of a write, in the same transaction; see `Context`.
    """

    name: str
    api: FastAPI
    settings: type[ServiceSettings]
    migrations: Path
    tasks: Callable[[ServiceSettings], dict[str, Task]] | None = None
    passes: tuple[Pass, ...] = ()
    delivery: Callable[[ServiceSettings], Delivery] | None = None
    gauges: Gauges = field(default_factory=Gauges)
    media_types: tuple[str, ...] = ("application/json",)
    commands: tuple[tuple[str, Callable[[Any, list[str]], None]], ...] = ()
    recorded: Recorded | None = None


def make_context(
    service: Service,
    settings: ServiceSettings,
    *,
    process: str = "command",
    clock: Clock | None = None,
    authenticate: Authenticate | None = None,
) -> Context:
    """The context of one process (serve-1, work-2). Tests may pass a clock, or their own function to find the caller."""
    clock = clock or SystemClock()
    name = f"{service.name}-{process}"
    beside = settings.job_concurrency + _BESIDE_REQUESTS if service.tasks else 0
    engine = make_engine(settings.database_url, application_name=name, pool_size=settings.threads, max_overflow=beside)
    reading = make_engine(settings.database_url, application_name=name, pool_size=settings.threads, reading=True)
    for one in (engine, reading):
        one.hide_parameters = True  # a logged error must not show a row
    verifier = (
        authenticate
        or Verifier(
            jwks_url=settings.jwks_url,
            peer_id=settings.peer_id,
            clock=clock,
            group_id=settings.group_id,
            service_name=settings.service_name,
        ).caller
    )
    jobs = (
        Jobs(
            settings.database_url,
            service.tasks(settings),
            delivery=service.delivery(settings) if service.delivery else None,
            passes=service.passes,
            concurrency=settings.job_concurrency,
            heartbeat_seconds=settings.heartbeat_seconds,
        )
        if service.tasks
        else None
    )
    health = Health(
        settings.database_url, name=service.name, migrations=service.migrations, silence=jobs.silence if jobs else None
    )
    lanes = Lanes(settings.threads, settings.wait_seconds)
    kept = Kept(settings.kept_mib * 2**20)
    context = Context(engine, reading, clock, verifier, jobs, settings, lanes, health, recorded=service.recorded, kept=kept)
    for lane, connections in ((lanes.reading, reading), (lanes.writing, engine)):
        _measure(context.meter, lane, connections)
    return context


def _measure(meter: Meter, lane: Lane, connections: Engine) -> None:
    """Gauges of a lane: connections (as many as threads), those in use, and the requests that wait."""
    pool: Any = connections.pool
    meter.gauge("service_pool_size", pool.size, lane.name)
    meter.gauge("service_pool_in_use", pool.checkedout, lane.name)
    meter.gauge("service_pool_waiting", lambda: lane.waiting, lane.name)


def migrate(service: Service, database_url: str, revision: str = "head", *, patience: tuple[float, ...] | None = None) -> None:
    """Migrate the database to a revision. `database_url` is for the owner role, not for the service's role.

    Args:
        patience: lock timeout in seconds of each attempt; see `gemeengoed_kit.migrations`.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(service.migrations))
    config.attributes.update(database_url=database_url, **({"patience": patience} if patience else {}))
    command.upgrade(config, revision)


def serve(service: Service, settings: ServiceSettings, host: str, port: int) -> None:
    """Serve the API on host:port, until SIGTERM or SIGINT."""
    with _listen(host, port) as api:

        def part(context: Context) -> Callable[[asyncio.Event], Awaitable[None]]:
            context.watch(settings.request_seconds)
            app = application(service.api, context, media_types=service.media_types)
            protocol = http_protocol(service.api.version)
            return Server(
                Requests(app, context.meter), listeners=[api], stop_seconds=settings.stop_seconds, http=protocol
            ).run_until

        _supervised(service, settings, "serve", settings.serve_processes, settings.serve_observe_listen, part, api)


def work(service: Service, settings: ServiceSettings) -> None:
    """Run background jobs, until SIGTERM or SIGINT."""

    def part(context: Context) -> Callable[[asyncio.Event], Awaitable[None]]:
        jobs = context.jobs
        if jobs is None:
            raise SystemExit(f"{service.name} has no jobs")
        context.watch(_LONGEST_TRANSACTION_SECONDS)
        return lambda stop: jobs.work(context, stop, stop_seconds=settings.stop_seconds)

    _supervised(service, settings, "work", settings.work_processes, settings.work_observe_listen, part)


def _supervised(
    service: Service,
    settings: ServiceSettings,
    name: str,
    count: int,
    observe_listen: str | None,
    part: Part,
    *listeners: socket.socket,
) -> None:
    """Run `count` processes that each do `part`, and together serve the operator's listener. A process makes its own connections
    and threads, after the fork, since these cannot be shared."""
    with ExitStack() as open_:
        run_dir = Path(open_.enter_context(tempfile.TemporaryDirectory(prefix=f"{service.name}-{name}-")))
        observe = open_.enter_context(_listen(*split_listen(observe_listen))) if observe_listen else None

        def deaf() -> None:
            for one in (*listeners, observe):
                if one is not None:
                    one.close()

        def process(number: int, beat: Beat) -> None:
            logs.rename(f"{name}-{number}")
            context = make_context(service, settings, process=f"{name}-{number}")
            parts = [part(context)]
            if observe is not None:
                pages = _pages(service, context, run_dir, workers=name == "work")
                parts.append(Server(pages, listeners=[observe], stop_seconds=settings.stop_seconds).run_until)
            run(_until_told(context, run_dir, f"{name}-{number}", beat, parts))

        supervise(
            name,
            count,
            run_dir,
            process,
            stop_seconds=settings.stop_seconds + _KILL_SECONDS,
            on_stop=deaf,
        )


async def _until_told(
    context: Context, run_dir: Path, process: str, beat: Beat, parts: list[Callable[[asyncio.Event], Awaitable[None]]]
) -> None:
    telling = await tell(run_dir, process, context.meter)
    await until_told(beat, *parts)
    telling.close()


def _pages(service: Service, context: Context, run_dir: Path, *, workers: bool) -> Any:
    settings, health = context.settings, context.health
    assert settings is not None and health is not None
    silence = context.jobs.silence if context.jobs else None
    state = State(settings.database_url, name=service.name, silence=silence, more=service.gauges.read) if silence else None
    return listener.pages(
        service.name,
        health,
        state,
        catalogue=service.gauges.added_to(CATALOGUE),
        run_dir=run_dir,
        workers=workers,
        metrics_token=settings.metrics_token,
    )


def _listen(host: str, port: int) -> socket.socket:
    try:
        return listen(host, port)
    except OSError as problem:
        raise SystemExit(f"cannot listen on {host}:{port}: {problem.strerror or problem}") from None


def main(service: Service) -> None:
    """The command line of a service."""
    parser = argparse.ArgumentParser(prog=service.name)
    commands = parser.add_subparsers(dest="command", required=True)
    own = prefix(service.settings)
    serving = commands.add_parser("serve", help="serve the API")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8000)
    serving.add_argument("--processes", help=f"how many; otherwise {own}SERVE_PROCESSES says")
    working = commands.add_parser("work", help="run background jobs")
    working.add_argument("--processes", help=f"how many; otherwise {own}WORK_PROCESSES says")
    commands.add_parser("migrate", help=f"migrate the database ({own}DATABASE_URL, of the owner role)")
    commands.add_parser("opruimen", help="forget what is older than it is kept, as `work` does every day")
    commands.add_parser("openapi", help="print the specification")
    extra = dict(service.commands)
    for name in extra:
        commands.add_parser(name)
    arguments, rest = parser.parse_known_args()
    if rest and arguments.command not in extra:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if arguments.command == "openapi":
        sys.stdout.buffer.write(dump(service.api.openapi()))
        return
    logs.configure(arguments.command, own, service=service.name)
    if arguments.command == "migrate":
        migrate(service, database_url(service.settings))
        return
    if getattr(arguments, "processes", None) is not None:
        os.environ[f"{own}{arguments.command.upper()}_PROCESSES"] = arguments.processes
    settings = from_environment(service.settings)
    if arguments.command in extra:
        extra[arguments.command](settings, rest)
    elif arguments.command == "opruimen":
        tidy(make_context(service, settings))
    elif arguments.command == "work":
        work(service, settings)
    else:
        serve(service, settings, arguments.host, arguments.port)
