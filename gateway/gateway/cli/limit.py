"""`gateway grens`: limits on the calls that reach the Inway."""

from __future__ import annotations

from typing import Any

import click

from gateway.cli.api import path
from gateway.cli.command import Talk, command, peer_option
from gateway.cli.output import print_table, say

LIMITS = {
    "per-seconde": "aanroepenPerSeconde",
    "piek": "piek",
    "gelijktijdig": "gelijktijdig",
    "max-body": "maxBodyBytes",
    "timeout": "timeoutSeconden",
}


@click.group("grens")
def limits() -> None:
    """Grenzen aan aanroepen, per service en per aanroepende peer."""


@command(limits, "zet")
@peer_option
@click.argument("soort", type=click.Choice(["service", "caller"]))
@click.argument("onderwerp")
@click.option("--per-seconde", type=int, help="Aanroepen per seconde.")
@click.option("--piek", type=int, help="Aanroepen die daarboven tegelijk mogen komen.")
@click.option("--gelijktijdig", type=int, help="Aanroepen die tegelijk onderweg zijn.")
@click.option("--max-body", type=int, help="Grootste body van een verzoek, in bytes.")
@click.option("--timeout", type=int, help="Hoe lang de service mag zwijgen, in seconden.")
def put_limit(talk: Talk, peer: str | None, soort: str, onderwerp: str, **values: int | None) -> None:
    """Begrens een service (naam) of aanroepende peer (OIN); wat je niet noemt, is onbegrensd."""
    body = {LIMITS[name.replace("_", "-")]: value for name, value in values.items()}
    talk.show(talk.api.put(path("peers", talk.peer_id(peer), "limits", soort, onderwerp), body), lambda row: _limits([row]))


@command(limits, "lijst")
@peer_option
def list_limits(talk: Talk, peer: str | None) -> None:
    """De grenzen aan de Inway van een peer."""
    talk.show(talk.api.all(path("peers", talk.peer_id(peer), "limits")), _limits)


@command(limits, "hef-op")
@peer_option
@click.argument("soort", type=click.Choice(["service", "caller"]))
@click.argument("onderwerp")
def remove_limit(talk: Talk, peer: str | None, soort: str, onderwerp: str) -> None:
    """Hef de grenzen van een service of aanroepende peer op."""
    talk.api.delete(path("peers", talk.peer_id(peer), "limits", soort, onderwerp))
    talk.show({"soort": soort, "onderwerp": onderwerp}, lambda _: say("De grens is opgeheven."))


def _limits(rows: list[dict[str, Any]]) -> None:
    print_table(
        ["Soort", "Onderwerp", *LIMITS],
        [[row["soort"], row["onderwerp"], *(row[name] for name in LIMITS.values())] for row in rows],
        empty="Geen grenzen.",
    )
