"""The job of an inkoopopgave: ask catalogus, through the Outway and outside any transaction, then store everything at once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.jobs import Task

from fonds_api import catalogus
from fonds_api.inkoopopgave import service
from fonds_api.omslag.rules import Inwonertal


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client, load=_laden, ask=_vragen, store=_vastleggen, fail=_mislukken, resume=service.WACHTEND.resume_all
        )
    }


def _laden(work: Work, opgave: str) -> Values | None:
    return service.te_vragen(work, uuid.UUID(opgave))


def _vragen(client: OutwayClient, opgave: Values) -> list[Inwonertal]:
    return catalogus.achter(client, opgave.deelnemer, opgave.peildatum)


def _vastleggen(work: Work, gemeenten: Sequence[Inwonertal], opgave: str) -> None:
    service.vastleggen(work, uuid.UUID(opgave), gemeenten)


def _mislukken(work: Work, probleem: dict[str, Any], opgave: str) -> None:
    service.mislukken(work, uuid.UUID(opgave), probleem)
