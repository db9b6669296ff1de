"""The job of a collective registration: it asks catalogus for the gemeenten, then makes their subscriptions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.jobs import Task

from abonnement_api.abonnement import service
from abonnement_api.catalogus import GEMEENTEN, BronGemeente, vraag


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client, load=_laden, ask=_namen, store=_verwerken, fail=_mislukken, resume=service.WACHTEND.resume_all
        )
    }


def _laden(work: Work, aanmelding: str) -> date | None:
    return service.te_verwerken(work, uuid.UUID(aanmelding))


def _namen(client: OutwayClient, dag: date) -> dict[str, str]:
    """Code to name of the gemeenten that exist on a day."""
    return {g.code: g.naam for g in client.pages("catalogus", GEMEENTEN, BronGemeente, vraag(dag), key=lambda g: g.code)}


def _verwerken(work: Work, namen: Mapping[str, str], aanmelding: str) -> None:
    service.verwerken(work, uuid.UUID(aanmelding), namen)


def _mislukken(work: Work, probleem: dict[str, Any], aanmelding: str) -> None:
    service.mislukken(work, uuid.UUID(aanmelding), probleem)
