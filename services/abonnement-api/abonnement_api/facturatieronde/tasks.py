"""The job of a round: asks catalogus for gemeenten and inhabitants, then makes all invoices in one transaction."""

from __future__ import annotations

from functools import partial

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Context
from gemeengoed_kit.jobs import Task

from abonnement_api.facturatieronde import service
from abonnement_api.facturatieronde.rules import peildatum
from abonnement_api.facturatieronde.service import Gemeente
from abonnement_api.mislukking import opgeven, proberen


def make_tasks(client: OutwayClient, betaaltermijn_dagen: int) -> dict[str, Task]:
    def run(context: Context, jaar: int) -> None:
        proberen(
            context,
            partial(_factureren, context, client, jaar, betaaltermijn_dagen),
            lambda work, probleem: service.mislukken(work, jaar, probleem),
        )

    def give_up(context: Context, error: Exception, jaar: int) -> None:
        opgeven(context, error, lambda work, probleem: service.mislukken(work, jaar, probleem))

    return {service.TASK: Task(run, give_up=give_up)}


def _factureren(context: Context, client: OutwayClient, jaar: int, betaaltermijn_dagen: int) -> None:
    dag = peildatum(jaar).isoformat()
    gevonden = client.list("catalogus", "/v1/gemeenten", {"geldigOp": dag, "peildatum": dag, "pageSize": 500})
    gemeenten = {g["code"]: Gemeente(g["naam"], g["inwoners"]["aantal"] if g["inwoners"] else None) for g in gevonden}
    with context.work(Actor()) as work:
        service.factureren(work, jaar, gemeenten, betaaltermijn_dagen)
