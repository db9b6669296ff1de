"""Stored answers of the management API end too. On a database without a running gateway."""

from __future__ import annotations

import psycopg
from gateway.db import migrate
from gateway.deployment import Deployment
from gateway.settings import GatewaySettings
from gemeengoed_kit.clock import SystemClock

from gateway import loops
from tests.gateway.lab import TOKEN
from tests.kit.test_jobs_outbox import until


def test_control_vergeet_oude_antwoorden(templates, tmp_path, monkeypatch):
    database = templates.copy("gateway", lambda template: migrate(template.owner_url))
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(
            "INSERT INTO idempotentie SELECT 'beheerder', days::text, '', 201, '{}', '', now() - days * interval '1 day' "
            "FROM unnest(ARRAY[10, 50]) AS days"
        )
    settings = GatewaySettings(
        database_url=database.url, run_dir=tmp_path, keys_dir=tmp_path, dev_pki_dir=tmp_path, beheer_token=TOKEN, bewaren_dagen=40
    )
    deployment = Deployment(settings, SystemClock())
    monkeypatch.setattr(loops, "_render", lambda deployment: None)  # no nginx here
    with loops.running(deployment):
        until(lambda: left(database) == ["10"])
    deployment.engine.dispose()
    templates.drop(database)


def left(database) -> list[str]:
    with psycopg.connect(database.url) as connection:
        return [key for (key,) in connection.execute("SELECT sleutel FROM idempotentie ORDER BY sleutel")]
