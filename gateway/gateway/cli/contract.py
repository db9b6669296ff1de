"""`gateway contract`, `gateway grant` and `gateway alias`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from gateway.cli.api import path
from gateway.cli.command import Function, Talk, command, peer_option, period, period_options
from gateway.cli.output import moment, print_fields, print_table, quoted

SHORT = 18
"""Characters of a contract hash that a table shows: enough to name the contract with."""


@click.group("contract")
def contracts() -> None:
    """Contracten: aanbieden, bekijken, aanvaarden, afwijzen, intrekken."""


@command(contracts, "bied-aan")
@peer_option
@click.option("--service", "wanted", multiple=True, metavar="OIN/NAAM", help="Service die de eigen Outway wil gebruiken.")
@click.option("--alias", "aliases", multiple=True, help="Alias voor de services, in dezelfde volgorde.")
@click.option("--namens", help="OIN van de peer namens wie de Outway aanroept (delegatie).")
@click.option("--aangeboden-namens", "published_for", help="OIN van de peer namens wie de service wordt aangeboden.")
@click.option("--properties", help="JSON-object met eigenschappen voor de grants.")
@click.option("--grants", "file", type=click.File(), help="JSON-bestand met een lijst van grants volgens FSC Core.")
@period_options
def offer(
    talk: Talk,
    peer: str | None,
    wanted: tuple[str, ...],
    aliases: tuple[str, ...],
    file: Any,
    van: datetime | None,
    tot: datetime | None,
    **details: str | None,
) -> None:
    """Maak een contract, teken het en stuur het aan de andere partijen.

    Voorbeeld: gateway contract bied-aan --service 00000001234567890000/catalogus --alias catalogus
    """
    peer_id = talk.peer_id(peer)
    if not wanted and file is None:
        raise click.UsageError("Noem een --service OIN/NAAM, of een bestand met --grants.")
    grants = [{"data": data} for data in (json.load(file) if file else [])]
    for index, one in enumerate(wanted):
        alias = {"alias": aliases[index]} if index < len(aliases) else {}
        grants.append({"data": _connection(peer_id, one, **details), **alias})
    talk.show(talk.api.post(path("peers", peer_id, "contracts"), {"grants": grants, **period(van, tot)}), _one)


def _connection(
    peer_id: str, wanted: str, namens: str | None, published_for: str | None, properties: str | None
) -> dict[str, Any]:
    provider, slash, name = wanted.partition("/")
    if not slash:
        raise click.UsageError(f"{wanted!r} is niet OIN/NAAM, bijvoorbeeld 00000001234567890000/catalogus.")
    kind = "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION" if namens else "GRANT_TYPE_SERVICE_CONNECTION"
    grant: dict[str, Any] = {"type": kind, "outway": {"peer_id": peer_id}, "service": {"peer_id": provider, "name": name}}
    if namens:
        grant["delegator"] = {"peer_id": namens}
    if published_for:
        grant["service"]["delegator"] = {"peer_id": published_for}
    if properties:
        try:
            grant["properties"] = json.loads(properties)
        except ValueError as problem:
            raise click.UsageError(f"--properties is geen JSON: {problem}") from problem
    return grant


@command(contracts, "lijst")
@peer_option
@click.option("--toestand", type=click.Choice(["PROPOSED", "VALID", "REJECTED", "REVOKED", "EXPIRED"], case_sensitive=False))
def listed(talk: Talk, peer: str | None, toestand: str | None) -> None:
    """De contracten van een peer, nieuwste eerst."""
    talk.show(
        talk.api.all(path("peers", talk.peer_id(peer), "contracts"), state=toestand, pageSize=500),
        lambda rows: print_table(
            ["Contract", "Toestand", "Tot", "Grants", "Waarom niet geldig"],
            [
                [
                    row["contentHash"].removeprefix("$1$1$")[:SHORT],
                    row["state"],
                    moment(row["notAfter"]),
                    [_summary(grant["data"]) for grant in row["grants"]],
                    row["waaromNietGeldig"],
                ]
                for row in rows
            ],
            empty="Geen contracten.",
        ),
    )


@command(contracts, "toon")
@peer_option
@click.argument("contract")
def show(talk: Talk, peer: str | None, contract: str) -> None:
    """Een contract: wie tekende, wat er onderweg is, waarom het niet te gebruiken is. Een uniek begin van de hash is genoeg."""
    peer_id = talk.peer_id(peer)
    talk.show(talk.api.get(path("peers", peer_id, "contracts", talk.contract_hash(peer_id, contract))), _one)


def _signing(name: str, kind: str, explanation: str) -> None:
    @click.argument("contract")
    @click.option("--reden", help="Waarom; wordt bewaard bij het contract.")
    def sign(talk: Talk, contract: str, reden: str | None, peer: str | None) -> None:
        peer_id = talk.peer_id(peer)
        where = path("peers", peer_id, "contracts", talk.contract_hash(peer_id, contract), kind)
        talk.show(talk.api.post(where, {"reden": reden} if reden else None), _one)

    sign.__doc__ = explanation
    decorate: Callable[[Function], click.Command] = command(contracts, name)
    decorate(peer_option(sign))


_signing("aanvaard", "accept", "Aanvaard een contract. Een uniek begin van de hash is genoeg.")
_signing("wijs-af", "reject", "Wijs een contract af.")
_signing("trek-in", "revoke", "Trek een contract in: de eerstvolgende aanroep wordt geweigerd.")


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
            [[row["alias"], row["state"], moment(row["tot"]), _summary(row["data"]), quoted(row["hash"])] for row in found],
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
        lambda row: click.echo(f"{row['alias']} wijst naar {quoted(row['grantHash'])}."),
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
    talk.show({"alias": alias}, lambda _: click.echo(f"Alias {alias} is er niet meer."))


def _summary(data: dict[str, Any]) -> str:
    service = f"{data['service']['peer_id']}/{data['service']['name']}"
    if "directory" in data:
        return f"publicatie van {service} bij {data['directory']['peer_id']}"
    who = data["outway"]["peer_id"]
    return f"{who} gebruikt {service}" + (f" namens {data['delegator']['peer_id']}" if "delegator" in data else "")


def _one(row: dict[str, Any]) -> None:
    print_fields(
        [
            ("Contract", quoted(row["contentHash"])),
            ("Toestand", row["state"]),
            ("Waarom niet geldig", row["waaromNietGeldig"]),
            ("Geldig", f"{moment(row['notBefore'])} tot {moment(row['notAfter'])}"),
            *((f"Grant {grant['alias'] or ''}".strip(), _summary(grant["data"])) for grant in row["grants"]),
            *(("  hash", quoted(grant["hash"])) for grant in row["grants"]),
            *((f"{one['peerId']}", f"{one['soort']} op {moment(one['getekendOp'])}") for one in row["handtekeningen"]),
            *((party, "nog niet getekend") for party in row["partijen"] if not _has_signed(row, party)),
            *(("Besluit", f"{one['besluit']} door {one['door']}: {one['reden']}") for one in row.get("beoordelingen", [])),
            *(
                (f"Bezorging aan {one['peerId']}", f"{one['soort']}: {one['pogingen']} pogingen, {one['fout'] or 'onderweg'}")
                for one in row["bezorgingen"]
                if one["bezorgdOp"] is None
            ),
        ]
    )


def _has_signed(row: dict[str, Any], party: str) -> bool:
    return any(one["peerId"] == party for one in row["handtekeningen"])
