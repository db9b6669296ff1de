"""The job of a commitment for a voorziening: ask catalogus whether a decision permits it, then enter into it or release it."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.jobs import Task

from fonds_api.besluit.schemas import BronGrondslag
from fonds_api.besluit.tasks import vraag_grondslag
from fonds_api.verplichting import service


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client, load=_laden, ask=vraag_grondslag, store=_toestaan, fail=_weigeren, resume=service.WACHTEND.resume_all
        )
    }


def _laden(work: Work, verplichting: str) -> str | None:
    return service.te_vragen(work, uuid.UUID(verplichting))


def _toestaan(work: Work, grondslag: BronGrondslag, verplichting: str) -> None:
    service.toestaan(work, uuid.UUID(verplichting), grondslag)


def _weigeren(work: Work, probleem: dict[str, Any], verplichting: str) -> None:
    service.weigeren(work, uuid.UUID(verplichting), probleem)
