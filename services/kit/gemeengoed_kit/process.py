"""The processes of a service: `serve` (API), `work` (jobs), `migrate`, and `openapi` (print the specification)."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from alembic import command
from alembic.config import Config
from fastapi import FastAPI

from gemeengoed_kit.app import application
from gemeengoed_kit.clock import Clock, SystemClock
from gemeengoed_kit.context import Authenticate, Context
from gemeengoed_kit.db import make_engine, reader_factory, session_factory
from gemeengoed_kit.http import http_protocol
from gemeengoed_kit.identity import Verifier
from gemeengoed_kit.jobs import Jobs, Task
from gemeengoed_kit.openapi import dump
from gemeengoed_kit.settings import ServiceSettings, from_environment

KEEP_ALIVE_SECONDS = 75
"""How long an idle connection stays open. Longer than clients keep it (httpx 5 s, as uvicorn does by itself): who closes first
must be the client, or a request that crosses the closing is lost."""


@dataclass(frozen=True)
class Service:
    """What one service consists of; its `__main__` hands this to `main`.

    Attributes:
        name: package name, also the database application name.
        tasks: makes the job tasks from the settings (they hold the Outway client).
        commands: further commands by name, each a function of (settings, arguments).
    """

    name: str
    api: FastAPI
    settings: type[ServiceSettings]
    migrations: Path
    tasks: Callable[[ServiceSettings], dict[str, Task]] | None = None
    media_types: tuple[str, ...] = ("application/json",)
    commands: tuple[tuple[str, Callable[[Any, list[str]], None]], ...] = ()


def make_context(
    service: Service, settings: ServiceSettings, *, clock: Clock | None = None, authenticate: Authenticate | None = None
) -> Context:
    """The context of one process; tests hand in a clock or their own way of knowing the caller."""
    clock = clock or SystemClock()
    engine = make_engine(settings.database_url, application_name=service.name)
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
            concurrency=settings.job_concurrency,
            heartbeat_seconds=settings.heartbeat_seconds,
        )
        if service.tasks
        else None
    )
    return Context(engine, session_factory(engine), reader_factory(engine), clock, verifier, jobs, settings)


def migrate(service: Service, database_url: str, revision: str = "head") -> None:
    """Bring the database to a revision; database_url is that of the owner role, not of the service."""
    config = Config()
    config.set_main_option("script_location", str(service.migrations))
    config.attributes["database_url"] = database_url
    command.upgrade(config, revision)


def main(service: Service) -> None:
    """The command line of a service."""
    logging.basicConfig(
        level=os.environ.get("LOG_LEVEL", "INFO"),
        stream=sys.stderr,
        format=f"%(asctime)s {service.name} %(levelname)s %(name)s %(message)s",
    )
    for chatty in ("httpx", "procrastinate"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    parser = argparse.ArgumentParser(prog=service.name)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve the API")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    commands.add_parser("work", help="run background jobs")
    commands.add_parser("migrate", help="migrate the database (DATABASE_URL of the owner role)")
    commands.add_parser("openapi", help="print the specification")
    extra = dict(service.commands)
    for name in extra:
        commands.add_parser(name)
    arguments, rest = parser.parse_known_args()
    if arguments.command == "openapi":
        sys.stdout.buffer.write(dump(service.api.openapi()))
    elif arguments.command == "migrate":
        migrate(service, os.environ["DATABASE_URL"])
    elif arguments.command in extra:
        extra[arguments.command](from_environment(service.settings), rest)
    elif arguments.command == "work":
        context = make_context(service, from_environment(service.settings))
        assert context.jobs is not None, f"{service.name} has no jobs"
        context.jobs.work(context)
    else:
        context = make_context(service, from_environment(service.settings))
        uvicorn.run(
            application(service.api, context, media_types=service.media_types),
            http=http_protocol(service.api.version),
            host=arguments.host,
            port=arguments.port,
            server_header=False,
            access_log=False,
            log_config=None,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
