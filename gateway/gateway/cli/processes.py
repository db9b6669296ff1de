"""The gateway's own processes and one-time jobs; their settings come from the environment (see settings.py)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from gemeengoed_kit.clock import SystemClock
from gemeengoed_kit.starting import importing

Start = Callable[[Any], object]


def add_to(group: click.Group) -> None:
    """Put the processes in `group`."""
    for name, (explanation, start) in _WITH_DEPLOYMENT.items():
        group.add_command(_process(name, explanation, start))
    for one in (migrate, development_pki, specification):
        group.add_command(one)


def _process(name: str, explanation: str, start: Start) -> click.Command:
    def run() -> None:
        with importing():
            from gemeengoed_kit.observe.logs import configure
            from gemeengoed_kit.settings import from_environment, prefix

            from gateway.deployment import Deployment
            from gateway.settings import GatewaySettings

        configure(name, prefix(GatewaySettings))
        start(Deployment(from_environment(GatewaySettings), SystemClock()))

    return click.Command(name, callback=run, help=explanation)


def _control(deployment: Any) -> None:
    with importing():
        from gateway import control

    control.run(deployment)


def _decide(deployment: Any) -> None:
    with importing():
        from gateway.decision import server

    server.serve(deployment)


def _render(deployment: Any) -> None:
    with importing():
        from gateway.nginx.render import Renderer

    Renderer(deployment).apply()


def _keep_log(deployment: Any) -> None:
    from gateway.txlog import upkeep

    upkeep.care(deployment)


_WITH_DEPLOYMENT: dict[str, tuple[str, Start]] = {
    "control": ("Proces: Manager en beheer-API; bezorgt handtekeningen, houdt nginx bij.", _control),
    "decide": ("Proces: beantwoordt nginx en schrijft het transactielog.", _decide),
    "render": ("Schrijf de configuratie van nginx een keer.", _render),
    "log-bewaren": ("Maak tabellen voor de komende maanden van het log, en verwijder wat te oud is.", _keep_log),
}


@click.command("migrate")
def migrate() -> None:
    """Breng de database van GATEWAY_DATABASE_URL (als eigenaar) op het nieuwste schema."""
    with importing():
        from gemeengoed_kit.observe.logs import configure
        from gemeengoed_kit.settings import database_url, prefix

        from gateway.db import migrate as upgrade
        from gateway.settings import GatewaySettings

    configure("migrate", prefix(GatewaySettings))
    upgrade(database_url(GatewaySettings))


@click.command("pki-dev")
def development_pki() -> None:
    """Maak de ontwikkel-PKI in GATEWAY_DEV_PKI_DIR."""
    with importing():
        from gateway.pki.authority import DevelopmentPki

    DevelopmentPki(Path(os.environ["GATEWAY_DEV_PKI_DIR"])).create(now=SystemClock().now())


@click.command("openapi")
def specification() -> None:
    """Druk de specificatie van de beheer-API af."""
    from gemeengoed_kit.openapi import dump

    from gateway.beheer.app import build_api

    sys.stdout.buffer.write(dump(build_api().openapi()))
