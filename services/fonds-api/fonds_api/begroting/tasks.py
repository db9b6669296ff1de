"""The job of an adoption: ask catalogus for the decision, then adopt the version or record why not."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.jobs import Task

from fonds_api.begroting import service
from fonds_api.besluit.schemas import BronBesluit
from fonds_api.besluit.tasks import vraag_besluit


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client, load=_laden, ask=vraag_besluit, store=_vaststellen, fail=_weigeren, resume=service.WACHTEND.resume_all
        )
    }


def _laden(work: Work, begroting: str, besluit: str) -> str | None:
    return service.te_vragen(work, uuid.UUID(begroting), besluit)


def _vaststellen(work: Work, gegeven: BronBesluit, begroting: str, besluit: str) -> None:
    service.vaststellen(work, uuid.UUID(begroting), gegeven)


def _weigeren(work: Work, probleem: dict[str, Any], begroting: str, besluit: str) -> None:
    service.weigeren(work, uuid.UUID(begroting), probleem, besluit)
