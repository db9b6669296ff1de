"""`gateway contract`: offer, look, sign."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import click

from gateway.cli.api import Refused, path
from gateway.cli.command import Function, Talk, command, json_object, peer_option, period, period_options, tail
from gateway.cli.expected import unfit
from gateway.cli.output import moment, print_fields, print_table, quoted

SHORT = 18
"""Characters of a contract hash that a table shows: enough to identify the contract."""


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
@click.option("--toch", "anyway", is_flag=True, help="Ook als een service andere eigenschappen verwacht.")
@period_options
def offer(
    talk: Talk,
    peer: str | None,
    wanted: tuple[str, ...],
    aliases: tuple[str, ...],
    file: Any,
    anyway: bool,
    van: datetime | None,
    tot: datetime | None,
    **details: str | None,
) -> None:
    """Maak een contract, teken het en stuur het aan de andere partijen. Wat een service van een contract verwacht, zegt haar
    publicatie (`gateway service zoek`); wat daar niet bij past, wordt niet aangeboden.

    Voorbeeld: gateway contract bied-aan --service 00000001234567890000/catalogus --alias catalogus
    """
    peer_id = talk.peer_id(peer)
    if not wanted and file is None:
        raise click.UsageError("Noem een --service OIN/NAAM, of een bestand met --grants.")
    grants = [{"data": data} for data in (json.load(file) if file else [])]
    for index, one in enumerate(wanted):
        alias = {"alias": aliases[index]} if index < len(aliases) else {}
        grants.append({"data": _connection(peer_id, one, **details), **alias})
    faults = [] if anyway else unfit(talk, peer_id, [grant["data"] for grant in grants])
    if faults:
        raise Refused(" ".join([*faults, "Geef ze met --properties, of bied het contract aan met --toch."]))
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
        grant["properties"] = json_object("--properties", properties)
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
                    tail(row["contentHash"])[:SHORT],
                    row["state"],
                    moment(row["notAfter"]),
                    [summary(grant["data"]) for grant in row["grants"]],
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
    row = talk.api.get(path("peers", peer_id, "contracts", talk.contract_hash(peer_id, contract)))
    talk.show(row, lambda row: _one(row, unfit(talk, peer_id, [grant["data"] for grant in row["grants"]])))


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


def summary(data: dict[str, Any]) -> str:
    """A grant in a few words."""
    service = f"{data['service']['peer_id']}/{data['service']['name']}"
    if "directory" in data:
        return f"publicatie van {service} bij {data['directory']['peer_id']}"
    who = data["outway"]["peer_id"]
    return f"{who} gebruikt {service}" + (f" namens {data['delegator']['peer_id']}" if "delegator" in data else "")


def _one(row: dict[str, Any], faults: Sequence[str] = ()) -> None:
    print_fields(
        [
            ("Contract", quoted(row["contentHash"])),
            ("Toestand", row["state"]),
            ("Waarom niet geldig", row["waaromNietGeldig"]),
            *(("Past niet", fault) for fault in faults),
            ("Geldig", f"{moment(row['notBefore'])} tot {moment(row['notAfter'])}"),
            *((f"Grant {grant['alias'] or ''}".strip(), summary(grant["data"])) for grant in row["grants"]),
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
