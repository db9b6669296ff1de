"""The job of a round: it asks catalogus for gemeenten and inhabitants, then makes all invoices in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.jobs import Task

from abonnement_api.catalogus import GEMEENTEN, BronGemeente, vraag
from abonnement_api.facturatieronde import service
from abonnement_api.facturatieronde.rules import Gemeente


def make_tasks(client: OutwayClient, betaaltermijn_dagen: int, rekening_iban: str) -> dict[str, Task]:
    """The tasks of this feature, by name."""

    def factureren(work: Work, gemeenten: Mapping[str, Gemeente], jaar: int) -> None:
        service.factureren(work, jaar, gemeenten, betaaltermijn_dagen, rekening_iban)

    return {
        service.TASK: asking(
            client,
            load=service.te_factureren,
            ask=_gemeenten,
            store=factureren,
            fail=_mislukken,
            resume=service.WACHTEND.resume_all,
        )
    }


def _gemeenten(client: OutwayClient, peildatum: date) -> dict[str, Gemeente]:
    """Code to gemeente, for the gemeenten that exist on the peildatum, with their inhabitants on that day."""
    gevonden = client.pages("catalogus", GEMEENTEN, BronGemeente, vraag(peildatum, peildatum), key=lambda g: g.code)
    return {
        g.code: Gemeente(g.naam, g.inwoners.aantal if g.inwoners else None, g.inwoners.peildatum if g.inwoners else None)
        for g in gevonden
    }


def _mislukken(work: Work, probleem: dict[str, Any], jaar: int) -> None:
    service.mislukken(work, jaar, probleem)
