"""The job that makes documents: some at a time, each time in a transaction of its own, so it goes on where it was killed."""

from __future__ import annotations

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.context import Context
from gemeengoed_kit.jobs import Task

from abonnement_api.bezorging import service as bezorging
from abonnement_api.factuurstuk import service


def make_tasks(iban: str) -> dict[str, Task]:
    """The tasks of this feature, by name."""

    def opmaken(context: Context) -> None:
        na: str | None = ""
        while na is not None:
            with context.work(Actor()) as work:
                na = service.opmaken(work, iban, na)
                bezorging.plan(work)

    return {service.TASK: Task(opmaken, resume=service.hervat)}
