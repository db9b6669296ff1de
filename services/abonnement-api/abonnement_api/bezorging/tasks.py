"""The job that hands documents over to an access point, through the alias `toegangspunt`: one at a time, so it goes on where it
was killed. What was handed over but not written down is handed over again with the same id, which has no second effect."""

from __future__ import annotations

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.client import OutwayClient, SourceError
from gemeengoed_kit.context import Context
from gemeengoed_kit.jobs import Task

from abonnement_api.bezorging import service

BRON, PAD = "toegangspunt", "/v1/berichten"
GEMAAKT = f"{PAD}/[A-Za-z0-9._~-]{{1,200}}"
HOOGSTENS_MIS = 3
"""After as many failures in a row the job stops, to be tried again."""


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The task, if this set-up has an access point that takes messages; else it fetches them itself."""
    if BRON not in client.aliases:
        return {}

    def aanbieden(context: Context) -> None:
        na, mis = "", 0
        fout: SourceError | None = None
        while mis < HOOGSTENS_MIS:
            with context.work(Actor()) as work:
                stuk = service.te_versturen(work, na)
            if stuk is None:
                break
            na, kenmerk, weigering = stuk.nummer, None, None
            try:
                kenmerk = client.post(BRON, PAD, stuk.inhoud, idempotency_key=str(stuk.bericht), creates=GEMAAKT)
                mis = 0
            except SourceError as error:
                if not error.permanent:
                    fout, mis = error, mis + 1
                    continue
                weigering = error.detail
            with context.work(Actor()) as work:
                service.overgedragen(work, stuk.nummer, stuk.bericht, kenmerk, weigering)
        if fout is not None:
            raise fout

    return {service.TASK: Task(aanbieden, resume=service.hervat)}
