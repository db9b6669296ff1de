"""Whether calls can pass: each part that they depend on, and what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from gemeengoed_kit.observe.health import Part, part
from gemeengoed_kit.observe.probe import Probe
from gemeengoed_kit.observe.told import ask_all
from sqlalchemy import text
from sqlalchemy.orm import Session

from gateway.deployment import Deployment
from gateway.txlog.partitions import months_ahead

_CURRENT_SECONDS = 5.0
"""So long ago a decision process may have seen that its picture is current; normally a second."""


def parts(deployment: Deployment) -> list[Part]:
    """All parts: checks the database, the processes of this machine and nginx, within ten seconds."""
    told = ask_all(deployment.settings.run_dir)
    database = _database(deployment)
    return [database, _log(deployment, told, database), _decide(deployment, told), *_nginx(deployment, told)]


def _database(deployment: Deployment) -> Part:
    alive = deployment.probe("database", lambda session: session.execute(text("SELECT 1")).scalar())
    return _seen("database", alive, "De database antwoordt.", "De database antwoordt niet")


def _log(deployment: Deployment, told: dict[str, dict[str, Any]], database: Part) -> Part:
    if not database.works:
        return Part("transactielog", False, "Zonder database is er geen transactielog.")
    if any(numbers["gauges"].get("gateway_log_ok") == 0 for numbers in told.values()):
        return Part("transactielog", False, "De laatste regels konden niet worden vastgelegd.")

    def room(session: Session) -> None:
        if months_ahead(session, deployment.now) < 0:
            raise ValueError("de tabel voor deze maand ontbreekt")
        if session.scalar(text("SELECT pg_is_in_recovery()")):
            raise ValueError("de database laat alleen lezen toe")

    probe = deployment.probe("log", room)
    return _seen("transactielog", probe, "Het transactielog heeft plaats.", "In het transactielog kan niet geschreven worden")


def _decide(deployment: Deployment, told: dict[str, dict[str, Any]]) -> Part:
    names = [path.stem for path in deployment.settings.decide_sockets]
    ages = {name: told.get(name, {}).get("gauges", {}).get("gateway_snapshot_age_seconds") for name in names}
    knowing = [name for name, age in ages.items() if age is not None and age < _CURRENT_SECONDS]
    return Part("decide", bool(knowing), f"{len(knowing)} van {len(names)} besluitprocessen kunnen antwoorden.")


def _nginx(deployment: Deployment, told: dict[str, dict[str, Any]]) -> Iterator[Part]:
    try:
        os.kill(int((deployment.settings.run_dir / "nginx" / "nginx.pid").read_text()), 0)
        yield Part("nginx", True, "nginx draait.")
    except (OSError, ValueError):
        yield Part("nginx", False, "nginx draait niet.")
    states = [numbers["gauges"].get("gateway_nginx_configured") for numbers in told.values()]
    failed = 0 in states
    yield Part(
        "nginxconfiguratie",
        not failed,
        "De laatste wijziging kon niet worden toegepast; zie het log van control."
        if failed
        else "nginx heeft de configuratie van de database.",
    )


def _seen(name: str, probe: Probe[Any], fine: str, wrong: str) -> Part:
    failure: Exception | None = None
    try:
        probe.ask()
    except Exception as problem:  # report any error in the answer
        failure = problem
    return part(name, failure, fine, wrong)
