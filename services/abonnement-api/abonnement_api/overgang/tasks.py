"""The job of a round along the herindelingen: it asks catalogus for them, then lets subscriptions go over."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.jobs import Task

from abonnement_api.catalogus import GEMEENTEN, HERINDELINGEN, BronHerindeling, BronNaam
from abonnement_api.overgang import service
from abonnement_api.overgang.rules import Herindeling


@dataclass(frozen=True)
class _Indeling:
    herindelingen: list[Herindeling]
    namen: dict[str, str]


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client, load=_laden, ask=_indeling, store=_verwerken, fail=_mislukken, resume=service.WACHTEND.resume_all
        )
    }


def _laden(work: Work, ronde: str) -> date | None:
    return service.te_verwerken(work, uuid.UUID(ronde))


def _indeling(client: OutwayClient, tot_en_met: date) -> _Indeling:
    """The herindelingen until a day of gemeenten that then ended, and the names of all gemeenten."""
    vraag = {"tot": (tot_en_met + timedelta(days=1)).isoformat()}
    gevonden = list(client.pages("catalogus", HERINDELINGEN, BronHerindeling, vraag, key=_sleutel))
    gemeenten = {g.code: g for g in client.pages("catalogus", GEMEENTEN, BronNaam, {}, key=lambda g: g.code)}
    dag_ervoor = timedelta(days=1)
    return _Indeling(
        [
            Herindeling(een.ingangsdatum, een.oude_code, een.nieuwe_code, een.nieuw_ingesteld)
            for een in gevonden
            if een.nieuwe_code in gemeenten
            and een.oude_code in gemeenten
            and gemeenten[een.oude_code].einddatum == een.ingangsdatum - dag_ervoor
        ],
        {code: een.naam for code, een in gemeenten.items()},
    )


def _sleutel(een: BronHerindeling) -> str:
    return f"{een.ingangsdatum} {een.oude_code} {een.nieuwe_code}"


def _verwerken(work: Work, indeling: _Indeling, ronde: str) -> None:
    service.verwerken(work, uuid.UUID(ronde), indeling.herindelingen, indeling.namen)


def _mislukken(work: Work, probleem: dict[str, Any], ronde: str) -> None:
    service.mislukken(work, uuid.UUID(ronde), probleem)
