"""The job of a bijdrageronde: asks catalogus, through the Outway and outside any transaction, then stores all at once."""

from __future__ import annotations

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.client import OutwayClient, SourceError
from gemeengoed_kit.context import Context
from gemeengoed_kit.errors import Refusal
from gemeengoed_kit.jobs import Task
from pydantic import ValidationError

from fonds_api.bijdrage import service
from fonds_api.bijdrage.models import Omslag
from fonds_api.bijdrage.rules import Inwonertal
from fonds_api.bijdrage.schemas import BronGemeente, Mislukking

POGINGEN = 5
"""With waits of 2, 4, 8 and 16 s in between: half a minute before a silent catalogus fails the round."""


def make_tasks(client: OutwayClient) -> dict[str, Task]:
    """The tasks of this feature, by name."""

    def run(context: Context, ronde: str) -> None:
        try:
            _vaststellen(context, client, ronde)
        except (Refusal, ValidationError) as fout:
            opgeven(context, fout, ronde)
        except SourceError as fout:
            if not fout.permanent:
                raise
            opgeven(context, fout, ronde)

    return {service.TASK: Task(run, attempts=POGINGEN, give_up=opgeven)}


def opgeven(context: Context, fout: Exception, ronde: str) -> None:
    """Write down that the round is mislukt and why, in a transaction of its own."""
    with context.work(Actor()) as work:
        service.mislukken(work, ronde, _uitleg(fout))


def _vaststellen(context: Context, client: OutwayClient, ronde: str) -> None:
    with context.work(Actor()) as work:
        omslag = service.te_verdelen(work, ronde)
    if omslag is None:
        return
    gemeenten = _gemeenten(client, omslag)
    with context.work(Actor()) as work:
        service.vaststellen(work, ronde, gemeenten)


def _gemeenten(client: OutwayClient, omslag: Omslag) -> list[Inwonertal]:
    """The gemeenten of the levy's indeling; a figure of another peildatum than asked counts as none."""
    vraag = {"geldigOp": omslag.indeling.isoformat(), "peildatum": omslag.peildatum.isoformat(), "pageSize": 500}
    gelezen = [BronGemeente.model_validate(gemeente) for gemeente in client.list("catalogus", "/v1/gemeenten", vraag)]
    return [
        Inwonertal(g.code, g.naam, g.inwoners.aantal if g.inwoners and g.inwoners.peildatum == omslag.peildatum else None)
        for g in gelezen
    ]


def _uitleg(fout: Exception) -> Mislukking:
    if isinstance(fout, Refusal):
        return Mislukking.make(
            type=fout.type, title=fout.title, detail=fout.detail, gemeentecodes=fout.extra.get("gemeentecodes", [])
        )
    if isinstance(fout, SourceError):
        soort, titel, uitleg = "bron-onbereikbaar", "Bron niet bereikbaar", str(fout)
    elif isinstance(fout, ValidationError):
        velden = ", ".join(sorted({".".join(map(str, regel["loc"])) for regel in fout.errors()}))
        soort, titel = "bron-onbegrijpelijk", "Antwoord van de bron onbegrijpelijk"
        uitleg = f"Catalogus gaf een gemeente met onleesbare gegevens: {velden}."
    else:
        soort, titel = "interne-fout", "Interne fout"
        uitleg = "Er ging iets mis; de beheerder vindt de oorzaak in het logboek."
    return Mislukking.make(type=soort, title=titel, detail=uitleg, gemeentecodes=[])
