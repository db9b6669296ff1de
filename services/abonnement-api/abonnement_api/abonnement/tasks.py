"""The job of a collective registration: asks catalogus for the gemeenten, then makes their subscriptions."""

from __future__ import annotations

import uuid
from functools import partial

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Context
from gemeengoed_kit.jobs import Task

from abonnement_api.abonnement import service
from abonnement_api.mislukking import opgeven, proberen


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    def run(context: Context, aanmelding: str) -> None:
        id = uuid.UUID(aanmelding)
        proberen(context, partial(_aanmelden, context, client, id), lambda work, probleem: service.mislukken(work, id, probleem))

    def give_up(context: Context, error: Exception, aanmelding: str) -> None:
        id = uuid.UUID(aanmelding)
        opgeven(context, error, lambda work, probleem: service.mislukken(work, id, probleem))

    return {service.TASK: Task(run, give_up=give_up)}


def _aanmelden(context: Context, client: OutwayClient, id: uuid.UUID) -> None:
    with context.work(Actor()) as work:
        dag = service.get_aanmelding(work, id).begindatum
    namen = {
        gemeente["code"]: gemeente["naam"]
        for gemeente in client.list("catalogus", "/v1/gemeenten", {"geldigOp": dag.isoformat(), "pageSize": 500})
    }
    with context.work(Actor()) as work:
        service.verwerken(work, id, namen)
