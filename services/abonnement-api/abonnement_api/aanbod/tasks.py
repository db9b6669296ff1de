"""The job of an offer: it asks catalogus for the gemeenten and their inhabitants, then opens the offer to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.jobs import Task

from abonnement_api.aanbod import service
from abonnement_api.catalogus import GEMEENTEN, BronGemeente, vraag


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client, load=_laden, ask=_gemeenten, store=_openstellen, fail=_mislukken, resume=service.WACHTEND.resume_all
        )
    }


def _laden(work: Work, aanbod: str) -> tuple[date, date] | None:
    return service.te_openen(work, aanbod)


def _gemeenten(client: OutwayClient, dagen: tuple[date, date]) -> dict[str, service.Gemeente]:
    """Code to gemeente, of those that exist on the first day; a figure of another day than the peildatum is no figure."""
    begindatum, peildatum = dagen
    gevonden = client.pages("catalogus", GEMEENTEN, BronGemeente, vraag(begindatum, peildatum), key=lambda g: g.code)
    return {
        g.code: service.Gemeente(
            g.naam, g.inwoners.aantal if g.inwoners is not None and g.inwoners.peildatum == peildatum else None
        )
        for g in gevonden
    }


def _openstellen(work: Work, gemeenten: Mapping[str, service.Gemeente], aanbod: str) -> None:
    service.openstellen(work, aanbod, gemeenten)


def _mislukken(work: Work, probleem: dict[str, Any], aanbod: str) -> None:
    service.mislukken(work, aanbod, probleem)
