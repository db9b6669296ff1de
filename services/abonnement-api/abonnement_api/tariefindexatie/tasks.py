"""The job of an indexation: it asks fonds what a clause gives for a year, and what each price becomes with it."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.asking import asking
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.context import Work
from gemeengoed_kit.jobs import Task

from abonnement_api.indexering import CLAUSULES, INDEXATIES, BronBerekening, BronClausule, BronIndexatie, getal
from abonnement_api.tarief.rules import tekst
from abonnement_api.tariefindexatie import service
from abonnement_api.tariefindexatie.errors import GeenIndexatie
from abonnement_api.tariefindexatie.rules import Afspraak, Antwoord, Prijs
from abonnement_api.tariefindexatie.service import Vraag


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""
    return {
        service.TASK: asking(
            client, load=_laden, ask=_vragen, store=_voorstellen, fail=_mislukken, resume=service.WACHTEND.resume_all
        )
    }


def _laden(work: Work, tariefindexatie: str) -> Vraag | None:
    return service.te_vragen(work, uuid.UUID(tariefindexatie))


def _vragen(client: OutwayClient, vraag: Vraag) -> Antwoord:
    """The last version of the indexatie, how its clause rounds, and what it makes of each amount."""
    waarvan = {"clausule": vraag.clausule, "jaar": vraag.jaar}
    versies = list(client.pages("fonds", INDEXATIES, BronIndexatie, waarvan, key=lambda een: f"{een.versie:010d}"))
    if not versies:
        raise GeenIndexatie(f"Fonds heeft van clausule {vraag.clausule} geen indexatie voor {vraag.jaar}.")
    geldt = versies[-1]
    clausule = client.read("fonds", f"{CLAUSULES}/{vraag.clausule}", BronClausule)
    prijzen = {}
    for bedrag in vraag.bedragen:
        uitkomst = client.read("fonds", f"{INDEXATIES}/{geldt.id}/berekening", BronBerekening, {"bedrag": tekst(bedrag)})
        prijzen[bedrag] = Prijs(getal(uitkomst.oud), getal(uitkomst.nieuw), getal(uitkomst.prijs))
    afspraak = Afspraak(
        indexatie=uuid.UUID(geldt.id),
        versie=geldt.versie,
        stand=geldt.stand,
        factor=getal(geldt.factor),
        **clausule.model_dump(exclude={"code"}),
    )
    return Antwoord(afspraak, prijzen)


def _voorstellen(work: Work, antwoord: Antwoord, tariefindexatie: str) -> None:
    service.voorstellen(work, uuid.UUID(tariefindexatie), antwoord)


def _mislukken(work: Work, probleem: dict[str, Any], tariefindexatie: str) -> None:
    service.mislukken(work, uuid.UUID(tariefindexatie), probleem)
