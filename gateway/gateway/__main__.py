"""`python -m gateway <command>`; settings from the environment (see settings.py)."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

from gemeengoed_kit.clock import SystemClock
from gemeengoed_kit.openapi import dump

from gateway import control
from gateway.beheer.app import build_api
from gateway.db import migrate
from gateway.decision import server as decision
from gateway.deployment import Deployment
from gateway.nginx.render import Renderer
from gateway.pki.authority import DevelopmentPki
from gateway.settings import GatewaySettings
from gateway.txlog import upkeep

COMMANDS = {
    "migrate": "bring the database at GATEWAY_DATABASE_URL (as its owner) to the newest schema",
    "control": "serve the Manager and the management API; distribute signatures; keep nginx configured",
    "decide": "answer nginx, and write the transaction log",
    "render": "write the nginx configuration once",
    "log-bewaren": "once: make the tables of the transaction log's next months, drop those past their retention",
    "pki-dev": "create the development PKI in GATEWAY_DEV_PKI_DIR",
    "openapi": "print the specification of the management API",
}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="gateway")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, explanation in COMMANDS.items():
        commands.add_parser(name, help=explanation)
    command = parser.parse_args().command
    logging.basicConfig(
        level=os.environ.get("LOG_LEVEL", "INFO"),
        stream=sys.stderr,
        format=f"%(asctime)s gateway-{command} %(levelname)s %(name)s %(message)s",
    )
    logging.getLogger("httpx").setLevel(logging.WARNING)
    clock = SystemClock()
    if command == "openapi":
        sys.stdout.buffer.write(dump(build_api().openapi()))
    elif command == "migrate":
        migrate(os.environ["GATEWAY_DATABASE_URL"])
    elif command == "pki-dev":
        DevelopmentPki(Path(os.environ["GATEWAY_DEV_PKI_DIR"])).create(now=clock.now())
    else:
        deployment = Deployment(GatewaySettings(), clock)  # pyright: ignore[reportCallIssue]
        if command == "control":
            control.run(deployment)
        elif command == "decide":
            decision.serve(deployment)
        elif command == "log-bewaren":
            upkeep.care(deployment)
        else:
            Renderer(deployment).apply()


main()
