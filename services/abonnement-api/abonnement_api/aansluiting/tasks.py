"""The job of a comparison: it reads the entries of fonds, a page at a time, and stores each in a transaction of its own.

The list of fonds only grows, at its end, so a page that was read does not change, and a job that was killed goes on where it was.
"""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.asking import TRIES, explain, is_final
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.client import PAGE_SIZE, BadAnswer, OutwayClient
from gemeengoed_kit.context import Context
from gemeengoed_kit.jobs import Task
from gemeengoed_kit.source import Source
from pydantic import Field

from abonnement_api.aansluiting import rules, service
from abonnement_api.boekingsopdracht.rules import BRON as FONDS
from abonnement_api.boekingsopdracht.rules import PAD


class _Document(Source):
    bron: str = Field(max_length=50)
    pad: str = Field(max_length=250)


class _Regel(Source):
    bedrag_cent: int = Field(gt=-(2**63), lt=2**63)


class _Boeking(Source):
    """The parts that are used of an entry."""

    id: str = Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
    bron: _Document
    gestorneerd_door: str | None
    regels: list[_Regel]


class _Pagina(Source):
    count: int = Field(ge=0)
    next: str | None
    results: list[_Boeking]


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""

    def vergelijken(context: Context, aansluiting: str) -> None:
        id = uuid.UUID(aansluiting)
        while True:
            with context.work(Actor()) as work:
                pagina = service.te_lezen(work, id)
            if pagina is None:
                return
            boekingen, laatste = _lees(client, pagina)
            with context.work(Actor()) as work:
                service.bewaar(work, id, pagina, boekingen, laatste=laatste)

    def mislukken(context: Context, fout: Exception, aansluiting: str) -> None:
        with context.work(Actor()) as work:
            service.mislukken(work, uuid.UUID(aansluiting), explain(fout))

    return {
        service.TASK: Task(vergelijken, attempts=TRIES, give_up=mislukken, final=is_final, resume=service.dagelijks),
    }


def _lees(client: OutwayClient, pagina: int) -> tuple[list[dict[str, Any]], bool]:
    """(the entries of our documents on a page, whether it is the last).

    Raises:
        BadAnswer: it is not such a page.
        SourceError: there is no answer, or its status is not success.
    """
    gekregen = client.read(FONDS, PAD, _Pagina, {"page": pagina, "pageSize": PAGE_SIZE})
    meer = gekregen.next is not None
    if not rules.volledig(pagina, PAGE_SIZE, gekregen.count, len(gekregen.results), meer=meer):
        raise BadAnswer(FONDS, PAD, 200, f"pagina {pagina} heeft {len(gekregen.results)} van {gekregen.count} boekingen")
    return [
        {
            "boeking": f"{PAD}/{boeking.id}",
            "pad": boeking.bron.pad,
            "bedrag_cent": sum(max(0, regel.bedrag_cent) for regel in boeking.regels),
            "gestorneerd": boeking.gestorneerd_door is not None,
        }
        for boeking in gekregen.results
        if boeking.bron.bron == rules.BRON
    ], not meer
