"""`gateway grant` and `gateway alias`: what the own Outway may use, and the aliases for it."""

from __future__ import annotations

import click

from gateway.cli.api import path
from gateway.cli.command import Talk, command, peer_option
from gateway.cli.contract import summary
from gateway.cli.output import moment, print_table, quoted, say


@click.group("grant")
def grants() -> None:
    """Grants: wat de eigen Outway mag gebruiken."""


@command(grants, "lijst")
@peer_option
@click.option("--alles", is_flag=True, help="Ook grants van beëindigde contracten.")
def grant_list(talk: Talk, peer: str | None, alles: bool) -> None:
    """De grants van de eigen Outway: de hash om te plakken (let op de enkele aanhalingstekens), en zijn alias."""
    peer_id = talk.peer_id(peer)
    rows = [
        {"alias": grant["alias"], "hash": grant["hash"], "state": row["state"], "data": grant["data"], "tot": row["notAfter"]}
        for row in talk.api.all(path("peers", peer_id, "contracts"), pageSize=500)
        for grant in row["grants"]
        if grant["data"].get("outway", {}).get("peer_id") == peer_id and (alles or row["state"] in ("VALID", "PROPOSED"))
    ]
    talk.show(
        rows,
        lambda found: print_table(
            ["Alias", "Toestand", "Tot", "Grant", "Hash voor Fsc-Grant-Hash"],
            [[row["alias"], row["state"], moment(row["tot"]), summary(row["data"]), quoted(row["hash"])] for row in found],
            empty="De eigen Outway mag nog niets; begin met `gateway contract bied-aan --service OIN/NAAM`.",
        ),
    )


@click.group("alias")
def aliases() -> None:
    """Aliassen: namen voor grants, zonder dollartekens."""


@command(aliases, "zet")
@peer_option
@click.argument("alias")
@click.argument("grant")
def set_alias(talk: Talk, peer: str | None, alias: str, grant: str) -> None:
    """Laat ALIAS naar GRANT wijzen: een uniek begin van de hash (zonder $1$3$) of een andere alias."""
    peer_id = talk.peer_id(peer)
    body = {"grantHash": talk.grant_hash(peer_id, grant)}
    talk.show(
        talk.api.put(path("peers", peer_id, "aliases", alias), body),
        lambda row: say(f"{row['alias']} wijst naar {quoted(row['grantHash'])}."),
    )


@command(aliases, "lijst")
@peer_option
def alias_list(talk: Talk, peer: str | None) -> None:
    """De aliassen van een peer."""
    talk.show(
        talk.api.all(path("peers", talk.peer_id(peer), "aliases"), pageSize=500),
        lambda rows: print_table(
            ["Alias", "Grant"], [[row["alias"], quoted(row["grantHash"])] for row in rows], empty="Geen aliassen."
        ),
    )


@command(aliases, "verwijder")
@peer_option
@click.argument("alias")
def remove_alias(talk: Talk, peer: str | None, alias: str) -> None:
    """Verwijder een alias; de grant blijft."""
    talk.api.delete(path("peers", talk.peer_id(peer), "aliases", alias))
    talk.show({"alias": alias}, lambda _: say(f"Alias {alias} is er niet meer."))
