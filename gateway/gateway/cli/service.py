"""`gateway service`: services behind the Inway, where they are shown, and what others show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from gateway.cli.api import path
from gateway.cli.command import Talk, command, json_object, peer_option, period, period_options
from gateway.cli.expected import shown_ways
from gateway.cli.output import moment, print_fields, print_table, say

PROTOCOLS = {"1.1": "PROTOCOL_TCP_HTTP_1.1", "2": "PROTOCOL_TCP_HTTP_2"}


@click.group("service")
def services() -> None:
    """Services achter de Inway: registreren, publiceren, vinden."""


@command(services, "registreer")
@peer_option
@click.argument("naam")
@click.argument("url")
@click.option("--openapi", help="Adres van de OpenAPI-beschrijving.")
@click.option("--http", "version", type=click.Choice(list(PROTOCOLS)), default="1.1", show_default=True, help="HTTP-versie.")
@click.option("--ca", type=click.File(), help="PEM met de CA's van een https-service.")
def register(talk: Talk, peer: str | None, naam: str, url: str, openapi: str | None, version: str, ca: Any) -> None:
    """Bied een service aan achter de Inway; URL is waar zij draait, zonder pad. Nogmaals registreren verplaatst haar."""
    body = {"naam": naam, "url": url, "protocol": PROTOCOLS[version], "openapiUrl": openapi, "ca": ca.read() if ca else None}
    talk.show(talk.api.post(path("peers", talk.peer_id(peer), "services"), body), _one)


@command(services, "lijst")
@peer_option
def listed(talk: Talk, peer: str | None) -> None:
    """De services van een peer, en welke Directory ze toont."""
    peer_id = talk.peer_id(peer)
    found = talk.api.all(path("peers", peer_id, "services"))
    shown = talk.api.all(path("peers", peer_id, "publications"), pageSize=500)
    where = {
        row["naam"]: sorted(
            {one["directoryPeerId"] for one in shown if one["service"] == row["naam"] and one["state"] == "VALID"}
        )
        for row in found
    }
    talk.show(
        [{**row, "getoondDoor": where[row["naam"]]} for row in found],
        lambda rows: print_table(
            ["Service", "Draait op", "Protocol", "OpenAPI", "Getoond door"],
            [[row["naam"], row["url"], row["protocol"], row["openapiUrl"], row["getoondDoor"]] for row in rows],
            empty="Deze peer biedt nog geen services aan; begin met `gateway service registreer`.",
        ),
    )


@command(services, "openapi")
@peer_option
@click.argument("naam")
@click.argument("adres", required=False)
def specification(talk: Talk, peer: str | None, naam: str, adres: str | None) -> None:
    """Toon of zet het adres van de OpenAPI-beschrijving van een service; nieuwe publicaties noemen het."""
    peer_id = talk.peer_id(peer)
    row = talk.api.get(path("peers", peer_id, "services", naam))
    if adres is not None:
        row = talk.api.post(path("peers", peer_id, "services"), {**row, "openapiUrl": adres})
    talk.show(row, lambda one: say(one["openapiUrl"] or "Deze service heeft geen OpenAPI-adres."))


@command(services, "publiceer")
@peer_option
@click.argument("naam")
@click.option("--directory", required=True, help="OIN van de Directory.")
@click.option("--namens", help="OIN van de peer namens wie (delegatie).")
@click.option("--properties", help="JSON-object met eigenschappen bij de publicatie.")
@period_options
def publish(
    talk: Talk,
    peer: str | None,
    naam: str,
    directory: str,
    namens: str | None,
    properties: str | None,
    van: datetime | None,
    tot: datetime | None,
) -> None:
    """Bied een Directory het contract aan waarmee zij de service toont."""
    body = {"service": naam, "directoryPeerId": directory, "delegatorPeerId": namens, **period(van, tot)}
    body["properties"] = json_object("--properties", properties)
    talk.show(
        talk.api.post(path("peers", talk.peer_id(peer), "publications"), body),
        lambda row: say(f"Aangeboden aan {row['directoryPeerId']}: contract {row['contentHash']} is {row['state']}."),
    )


@command(services, "trek-terug")
@peer_option
@click.argument("naam")
@click.option("--stop", is_flag=True, help="Bied de service ook niet langer aan: de volgende aanroep wordt geweigerd.")
def withdraw(talk: Talk, peer: str | None, naam: str, stop: bool) -> None:
    """Trek de publicaties van een service in; zonder --stop merken bestaande afnemers niets."""
    peer_id = talk.peer_id(peer)
    gone = talk.api.delete(path("peers", peer_id, "publications", naam))
    if stop:
        talk.api.delete(path("peers", peer_id, "services", naam))
    talk.show(gone, lambda row: say(f"{len(row['contentHashes'])} publicatie(s) ingetrokken."))


@command(services, "zoek")
@peer_option
@click.argument("naam", required=False)
@click.option("--van-peer", "provider", help="OIN van de aanbieder.")
def search(talk: Talk, peer: str | None, naam: str | None, provider: str | None) -> None:
    """Vraag de Directories welke services zij tonen."""
    found = talk.api.get(path("peers", talk.peer_id(peer), "discovery"), naam=naam, servicePeerId=provider)

    def people(answer: dict[str, Any]) -> None:
        for directory in answer["results"]:
            if directory["fout"]:
                say(f"Directory {directory['managerAddress']} antwoordt niet: {directory['fout']}", err=True)
        print_table(
            ["Service", "Aanbieder", "OIN", "Namens", "OpenAPI", "Directory", "Verwacht in een contract"],
            [
                [
                    one["naam"],
                    one["peerNaam"],
                    one["peerId"],
                    one["delegatorPeerId"],
                    one["openapiUrl"],
                    directory["managerAddress"],
                    shown_ways(one["properties"]),
                ]
                for directory in answer["results"]
                for one in directory["services"]
            ],
            empty="Geen services gevonden. Is de peer aangemeld bij een Directory (`gateway peer meld-aan`)?",
        )

    talk.show(found, people)


@command(services, "publicaties")
@peer_option
def publications(talk: Talk, peer: str | None) -> None:
    """De publicaties van een peer met hun toestand."""
    talk.show(
        talk.api.all(path("peers", talk.peer_id(peer), "publications"), pageSize=500),
        lambda rows: print_table(
            ["Service", "Directory", "Namens", "Toestand", "Tot", "Contract"],
            [
                [
                    row["service"],
                    row["directoryPeerId"],
                    row["delegatorPeerId"],
                    row["state"],
                    moment(row["notAfter"]),
                    row["contentHash"],
                ]
                for row in rows
            ],
            empty="Deze peer publiceert niets; begin met `gateway service publiceer`.",
        ),
    )


def _one(row: dict[str, Any]) -> None:
    print_fields(
        [("Service", row["naam"]), ("Draait op", row["url"]), ("Protocol", row["protocol"]), ("OpenAPI", row["openapiUrl"])]
    )
