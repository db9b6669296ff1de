"""The job of a preview: it asks catalogus for gemeenten and inhabitants, then works the preview out in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.jobs import Task

from abonnement_api.catalogus import GEMEENTEN, BronGemeente, vraag
from abonnement_api.voorvertoning import service
from abonnement_api.voorvertoning.rules import Gemeente


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {service.TASK: asking(client, load=_laden, ask=gemeenten_op, store=_berekenen, fail=_mislukken, resume=service.hervat)}


def gemeenten_op(client: OutwayClient, dagen: Sequence[date]) -> dict[date, dict[str, Gemeente]]:
    """Day to code to gemeente, for the gemeenten that exist on each day, with their inhabitants on it."""
    return {dag: _op(client, dag) for dag in dagen}


def _op(client: OutwayClient, dag: date) -> dict[str, Gemeente]:
    gevonden = client.pages("catalogus", GEMEENTEN, BronGemeente, vraag(dag, dag), key=lambda g: g.code)
    return {g.code: _gemeente(g) for g in gevonden}


def _gemeente(bron: BronGemeente) -> Gemeente:
    if bron.inwoners is None:
        return Gemeente(bron.naam, None, None)
    return Gemeente(bron.naam, bron.inwoners.aantal, bron.inwoners.peildatum, bron.inwoners.status == "voorlopig")


def _laden(work: Work, voorvertoning: str) -> Sequence[date] | None:
    return service.te_berekenen(work, uuid.UUID(voorvertoning))


def _berekenen(work: Work, antwoord: service.Antwoord, voorvertoning: str) -> None:
    service.berekenen(work, uuid.UUID(voorvertoning), antwoord)


def _mislukken(work: Work, probleem: dict[str, Any], voorvertoning: str) -> None:
    service.mislukken(work, uuid.UUID(voorvertoning), probleem)
