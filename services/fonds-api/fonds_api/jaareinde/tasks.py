"""The job of a resultaat: ask catalogus for the decision, then return and reserve it or record why not."""

from __future__ import annotations

from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.jobs import Task

from fonds_api.besluit.schemas import BronBesluit
from fonds_api.besluit.tasks import vraag_besluit
from fonds_api.jaareinde import service


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client,
            load=service.te_vragen,
            ask=vraag_besluit,
            store=_vaststellen,
            fail=_weigeren,
            resume=service.WACHTEND.resume_all,
        )
    }


def _vaststellen(work: Work, gegeven: BronBesluit, fonds: str, jaar: int, besluit: str) -> None:
    service.vaststellen(work, fonds, jaar, gegeven)


def _weigeren(work: Work, probleem: dict[str, Any], fonds: str, jaar: int, besluit: str) -> None:
    service.weigeren(work, fonds, jaar, probleem, besluit)
