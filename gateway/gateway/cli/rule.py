"""`gateway regel`: rules for contracts that are accepted automatically."""

from __future__ import annotations

import json
from typing import Any

import click

from gateway.cli.api import path
from gateway.cli.command import Talk, command, peer_option
from gateway.cli.output import print_table, say


@click.group("regel")
def rules() -> None:
    """Regels waarmee contracten vanzelf aanvaard worden."""


@command(rules, "zet")
@peer_option
@click.argument("naam")
@click.option("--service", help="Service van deze peer die gebruikt mag worden.")
@click.option(
    "--door", multiple=True, help="OIN van een peer die haar mag gebruiken; niets of *: elke peer die zich hier aanmeldde."
)
@click.option("--grants", "file", type=click.File(), help="JSON-bestand met de grants, voor wat --service niet kan.")
@click.option("--max-dagen", type=click.IntRange(1), default=366, show_default=True, help="Langste duur van het contract.")
def put_rule(
    talk: Talk, peer: str | None, naam: str, service: str | None, door: tuple[str, ...], file: Any, max_dagen: int
) -> None:
    """Aanvaard voortaan vanzelf elk contract met precies deze grants."""
    if (service is None) == (file is None):
        raise click.UsageError("Geef --service of --grants.")
    peer_id = talk.peer_id(peer)
    who = "*" if not door or "*" in door else list(door)
    grants = json.load(file) if file else [_open_connection(peer_id, str(service), who)]
    talk.show(
        talk.api.put(path("peers", peer_id, "rules", naam), {"grants": grants, "maxDagen": max_dagen}),
        lambda row: say(f"Regel {row['naam']}: contracten tot {row['maxDagen']} dagen met {len(row['grants'])} grant(s)."),
    )


def _open_connection(peer_id: str, service: str, who: str | list[str]) -> dict[str, Any]:
    return {
        "type": "GRANT_TYPE_SERVICE_CONNECTION",
        "outway": {"peer_id": who, "public_key_thumbprint": "*"},
        "service": {"type": "SERVICE_TYPE_SERVICE", "peer_id": peer_id, "name": service},
    }


@command(rules, "lijst")
@peer_option
def list_rules(talk: Talk, peer: str | None) -> None:
    """De regels van een peer."""
    talk.show(
        talk.api.all(path("peers", talk.peer_id(peer), "rules"), pageSize=500),
        lambda rows: print_table(
            ["Regel", "Langste duur", "Grants"],
            [[row["naam"], f"{row['maxDagen']} dagen", json.dumps(row["grants"], ensure_ascii=False)] for row in rows],
            empty="Geen regels: een mens aanvaardt alle contracten.",
        ),
    )


@command(rules, "verwijder")
@peer_option
@click.argument("naam")
def remove_rule(talk: Talk, peer: str | None, naam: str) -> None:
    """Verwijder een regel; wat al aanvaard is, blijft aanvaard."""
    talk.api.delete(path("peers", talk.peer_id(peer), "rules", naam))
    talk.show({"naam": naam}, lambda _: say(f"Regel {naam} is er niet meer."))
