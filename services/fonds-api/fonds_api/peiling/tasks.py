"""The job of a peiling: ask catalogus, through the Outway and outside any transaction, then store everything at once."""

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
from fonds_api.omslag.rules import Inwonertal
from fonds_api.peiling import service


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client, load=_laden, ask=_vragen, store=_vastleggen, fail=_mislukken, resume=service.WACHTEND.resume_all
        )
    }


def _laden(work: Work, peiling: str) -> Values | None:
    return service.te_vragen(work, uuid.UUID(peiling))


def _vragen(client: OutwayClient, peiling: Values) -> list[Inwonertal]:
    return catalogus.gemeenten(client, peiling.indeling, peiling.peildatum, peiling.compensatie_jaren)


def _vastleggen(work: Work, gemeenten: Sequence[Inwonertal], peiling: str) -> None:
    service.vastleggen(work, uuid.UUID(peiling), gemeenten)


def _mislukken(work: Work, probleem: dict[str, Any], peiling: str) -> None:
    service.mislukken(work, uuid.UUID(peiling), probleem)
