"""The job of a peiling: it asks catalogus for the gemeenten of a day."""

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
from abonnement_api.gemeentepeiling import service


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client, load=_laden, ask=_gemeenten, store=_vastleggen, fail=_mislukken, resume=service.WACHTEND.resume_all
        )
    }


def _laden(work: Work, peiling: str) -> date | None:
    return service.te_vragen(work, uuid.UUID(peiling))


def _gemeenten(client: OutwayClient, dag: date) -> dict[str, tuple[str, int | None]]:
    """Code to (name, inhabitants on 1 January of that year) of the gemeenten that exist on a day."""
    pagina = client.pages("catalogus", GEMEENTEN, BronGemeente, vraag(dag, dag.replace(month=1, day=1)), key=lambda g: g.code)
    return {g.code: (g.naam, g.inwoners.aantal if g.inwoners else None) for g in pagina}


def _vastleggen(work: Work, gemeenten: Mapping[str, tuple[str, int | None]], peiling: str) -> None:
    service.vastleggen(work, uuid.UUID(peiling), gemeenten)


def _mislukken(work: Work, probleem: dict[str, Any], peiling: str) -> None:
    service.mislukken(work, uuid.UUID(peiling), probleem)
