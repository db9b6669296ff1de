"""The job of an overheveling: ask catalogus for the decision, then move the budget or record why not."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.jobs import Task

from fonds_api.besluit.schemas import BronBesluit
from fonds_api.besluit.tasks import vraag_besluit
from fonds_api.overheveling import service


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client, load=_laden, ask=vraag_besluit, store=_vaststellen, fail=_weigeren, resume=service.WACHTEND.resume_all
        )
    }


def _laden(work: Work, overheveling: str) -> str | None:
    return service.te_vragen(work, uuid.UUID(overheveling))


def _vaststellen(work: Work, besluit: BronBesluit, overheveling: str) -> None:
    service.vaststellen(work, uuid.UUID(overheveling), besluit)


def _weigeren(work: Work, probleem: dict[str, Any], overheveling: str) -> None:
    service.weigeren(work, uuid.UUID(overheveling), probleem)
