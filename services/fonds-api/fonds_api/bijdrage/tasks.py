"""The job of a bijdrageronde: ask catalogus, through the Outway and outside any transaction, then store everything at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.jobs import Task

from fonds_api import catalogus
from fonds_api.bijdrage import service
from fonds_api.omslag.rules import Inwonertal


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client, load=_laden, ask=_gemeenten, store=_vaststellen, fail=_mislukken, resume=service.WACHTEND.resume_all
        )
    }


def _laden(work: Work, ronde: str) -> Values | None:
    return service.te_verdelen(work, ronde)


def _gemeenten(client: OutwayClient, omslag: Values) -> list[Inwonertal]:
    """The gemeenten on the levy's indeling, with their inhabitants on its peildatum, from catalogus."""
    return catalogus.gemeenten(client, omslag.indeling, omslag.peildatum, omslag.compensatie_jaren)


def _vaststellen(work: Work, gemeenten: Sequence[Inwonertal], ronde: str) -> None:
    service.vaststellen(work, ronde, gemeenten)


def _mislukken(work: Work, probleem: dict[str, Any], ronde: str) -> None:
    service.mislukken(work, ronde, probleem)
