"""`gateway log`: the transaction log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from gateway.cli.api import path
from gateway.cli.command import Talk, peer_option
from gateway.cli.command import command as make
from gateway.cli.output import moment, print_table


def add_to(group: click.Group) -> None:
    """Put the command in `group`."""
    make(group, "log")(query)


@peer_option
@click.option("--transactie", help="Fsc-Transaction-Id.")
@click.option("--grant", help="Alias of begin van de hash van een grant van de eigen Outway.")
@click.option("--service", help="Naam van de service.")
@click.option("--met", help="OIN van de andere peer.")
@click.option("--richting", type=click.Choice(["uit", "in"]), help="Aanroepen van de Outway (uit) of de Inway (in).")
@click.option("--van", type=click.DateTime(), help="Vanaf dit tijdstip (UTC).")
@click.option("--tot", type=click.DateTime(), help="Tot dit tijdstip (UTC).")
@click.option("--aantal", type=click.IntRange(1), default=25, show_default=True, help="Grootste aantal regels.")
def query(
    talk: Talk,
    peer: str | None,
    transactie: str | None,
    grant: str | None,
    service: str | None,
    met: str | None,
    richting: str | None,
    van: datetime | None,
    tot: datetime | None,
    aantal: int,
) -> None:
    """Zoek in het transactielog van een peer, nieuwste eerst."""
    peer_id = talk.peer_id(peer)
    wanted: dict[str, Any] = {
        "transactionId": transactie,
        "grantHash": talk.grant_hash(peer_id, grant) if grant else None,
        "serviceName": service,
        "anderePeerId": met,
        "direction": {"uit": "DIRECTION_OUTGOING", "in": "DIRECTION_INCOMING", None: None}[richting],
        "van": f"{van:%Y-%m-%dT%H:%M:%SZ}" if van else None,
        "tot": f"{tot:%Y-%m-%dT%H:%M:%SZ}" if tot else None,
    }
    rows: list[Any] = []
    cursor = None
    while len(rows) < aantal:
        page = talk.api.get(path("peers", peer_id, "transactions"), **wanted, cursor=cursor, limit=min(aantal - len(rows), 1000))
        rows.extend(page["results"])
        cursor = page["nextCursor"]
        if cursor is None:
            break
    talk.show(rows, _table)


def _table(rows: list[dict[str, Any]]) -> None:
    print_table(
        ["Tijdstip", "Richting", "Transactie", "Service", "Van", "Naar", "Namens"],
        [
            [
                moment(row["createdAt"]),
                "uit" if row["direction"] == "DIRECTION_OUTGOING" else "in",
                row["transactionId"],
                row["serviceName"],
                row["outwayPeerId"],
                row["servicePeerId"],
                row["outwayDelegatorId"] or row["serviceDelegatorId"],
            ]
            for row in rows
        ],
        empty="Geen regels gevonden.",
    )
