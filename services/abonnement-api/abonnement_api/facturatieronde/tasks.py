"""The jobs of a round: one asks catalogus and works out the proposal, the other makes the invoices, some at a time, each time in
a transaction of its own, so it goes on where it was killed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.asking import asking, explain, is_final
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Context, Work
from gemeengoed_kit.jobs import Task

from abonnement_api.facturatieronde import service
from abonnement_api.voorvertoning.service import Antwoord
from abonnement_api.voorvertoning.tasks import gemeenten_op


def make_tasks(client: OutwayClient, betaaltermijn_dagen: int, rekening_iban: str) -> dict[str, Task]:
    """The tasks of this feature, by name."""

    def factureren(context: Context, jaar: int) -> None:
        more = True
        while more:
            with context.work(Actor()) as work:
                more = service.factureren(work, jaar, betaaltermijn_dagen, rekening_iban)

    def opgeven(context: Context, fout: Exception, jaar: int) -> None:
        with context.work(Actor()) as work:
            service.mislukken(work, jaar, explain(fout))

    return {
        service.VOORSTELLEN: asking(
            client,
            load=_laden,
            ask=gemeenten_op,
            store=_voorstellen,
            fail=_mislukken,
            resume=service.WACHT_OP_VOORSTEL.resume_all,
        ),
        service.FACTUREREN: Task(
            factureren, attempts=None, give_up=opgeven, final=is_final, resume=service.WACHT_OP_FACTUREN.resume_all
        ),
    }


def _laden(work: Work, jaar: int) -> Sequence[date] | None:
    return service.te_vragen(work, jaar)


def _voorstellen(work: Work, antwoord: Antwoord, jaar: int) -> None:
    service.voorstellen(work, jaar, antwoord)


def _mislukken(work: Work, probleem: dict[str, Any], jaar: int) -> None:
    service.mislukken(work, jaar, probleem)
