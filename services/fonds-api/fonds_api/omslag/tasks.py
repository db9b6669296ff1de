"""The job of an adoption: ask catalogus for the decision, then make the proposal the levy of its year or record why not."""

from __future__ import annotations

from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.jobs import Task

from fonds_api.besluit.schemas import BronBesluit
from fonds_api.besluit.tasks import vraag_besluit
from fonds_api.omslag import service


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client, load=_laden, ask=vraag_besluit, store=_vaststellen, fail=_weigeren, resume=service.WACHTEND.resume_all
        )
    }


def _laden(work: Work, omslag: str, besluit: str) -> str | None:
    return service.te_vragen(work, omslag, besluit)


def _vaststellen(work: Work, gegeven: BronBesluit, omslag: str, besluit: str) -> None:
    service.vaststellen(work, omslag, gegeven)


def _weigeren(work: Work, probleem: dict[str, Any], omslag: str, besluit: str) -> None:
    service.weigeren(work, omslag, probleem, besluit)
