"""The job of a proposal: it asks catalogus for the gemeenten of a day and their inhabitants."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.jobs import Task

from abonnement_api.catalogus import GEMEENTEN, BronGemeente, vraag
from abonnement_api.tariefvoorstel import service


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client, load=_laden, ask=_inwoners, store=_berekenen, fail=_mislukken, resume=service.WACHTEND.resume_all
        )
    }


def _laden(work: Work, tariefvoorstel: str) -> date | None:
    return service.te_berekenen(work, uuid.UUID(tariefvoorstel))


def _inwoners(client: OutwayClient, dag: date) -> dict[str, int | None]:
    """Code to inhabitants on a day, of the gemeenten that exist on it; None where the figure is of another day."""
    gevonden = client.pages("catalogus", GEMEENTEN, BronGemeente, vraag(dag, dag), key=lambda g: g.code)
    return {g.code: g.inwoners.aantal if g.inwoners and g.inwoners.peildatum == dag else None for g in gevonden}


def _berekenen(work: Work, inwoners: Mapping[str, int | None], tariefvoorstel: str) -> None:
    service.berekenen(work, uuid.UUID(tariefvoorstel), inwoners)


def _mislukken(work: Work, probleem: dict[str, Any], tariefvoorstel: str) -> None:
    service.mislukken(work, uuid.UUID(tariefvoorstel), probleem)
