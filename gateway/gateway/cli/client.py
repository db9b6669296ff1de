"""`gateway client`: who may use the Outway, and for what. Secrets are made here; the gateway gets only their SHA-256."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import click

from gateway.cli.api import Refused, path
from gateway.cli.command import Talk, command, peer_option
from gateway.cli.output import moment, print_fields, print_table, say


@click.group("client")
def clients() -> None:
    """Clients van de Outway, en wat zij mogen gebruiken."""


@command(clients, "toevoegen")
@peer_option
@click.argument("naam")
@click.option("--omschrijving", default="", help="Wat dit voor toepassing is.")
@click.option("--grant", "named", multiple=True, help="Alias of begin van de hash van een grant die hij mag gebruiken.")
@click.option("--standaard", help="Alias of hash van de grant van aanroepen die er geen noemen.")
def add_client(talk: Talk, peer: str | None, naam: str, omschrijving: str, named: tuple[str, ...], standaard: str | None) -> None:
    """Maak een client. Zijn geheim wordt hier gemaakt en alleen nu getoond; de gateway kent er alleen de SHA-256 van."""
    peer_id = talk.peer_id(peer)
    default = talk.grant_hash(peer_id, standaard) if standaard else None
    grants = {talk.grant_hash(peer_id, one) for one in named} | ({default} if default else set())
    _put(talk, peer_id, naam, {"omschrijving": omschrijving, "grants": sorted(grants), "standaardGrant": default}, fresh=True)


@command(clients, "vernieuw")
@peer_option
@click.argument("naam")
def rotate(talk: Talk, peer: str | None, naam: str) -> None:
    """Geef een client een nieuw geheim; het oude werkt niet meer."""
    peer_id = talk.peer_id(peer)
    _put(talk, peer_id, naam, _existing(talk, peer_id, naam), fresh=True)


@command(clients, "mag")
@peer_option
@click.argument("naam")
@click.argument("named", nargs=-1, metavar="GRANT...")
def allow(talk: Talk, peer: str | None, naam: str, named: tuple[str, ...]) -> None:
    """Laat een client precies deze grants gebruiken (aliassen of hashes)."""
    peer_id = talk.peer_id(peer)
    now = _existing(talk, peer_id, naam)
    grants = sorted({talk.grant_hash(peer_id, one) for one in named})
    default = now["standaardGrant"] if now["standaardGrant"] in grants else None
    _put(talk, peer_id, naam, {**now, "grants": grants, "standaardGrant": default}, fresh=False)


@command(clients, "blokkeer")
@peer_option
@click.argument("naam")
@click.option("--hef-op", is_flag=True, help="Laat de client weer toe.")
def block(talk: Talk, peer: str | None, naam: str, hef_op: bool) -> None:
    """Weiger elke aanroep van een client."""
    peer_id = talk.peer_id(peer)
    _put(talk, peer_id, naam, {**_existing(talk, peer_id, naam), "geblokkeerd": not hef_op}, fresh=False)


@command(clients, "lijst")
@peer_option
def list_clients(talk: Talk, peer: str | None) -> None:
    """De clients van een peer."""
    talk.show(
        talk.api.all(path("peers", talk.peer_id(peer), "clients"), pageSize=500),
        lambda rows: print_table(
            ["Client", "Omschrijving", "Grants", "Geblokkeerd", "Sinds"],
            [
                [row["naam"], row["omschrijving"], len(row["grants"]), row["geblokkeerd"], moment(row["gemaaktOp"])]
                for row in rows
            ],
            empty="Geen clients: wie de Outway bereikt, mag hem gebruiken (tenzij de peer --clients-verplicht is).",
        ),
    )


@command(clients, "verwijder")
@peer_option
@click.argument("naam")
def remove_client(talk: Talk, peer: str | None, naam: str) -> None:
    """Verwijder een client; zijn volgende aanroep wordt geweigerd."""
    talk.api.delete(path("peers", talk.peer_id(peer), "clients", naam))
    talk.show({"naam": naam}, lambda _: say(f"Client {naam} is er niet meer."))


def _existing(talk: Talk, peer_id: str, name: str) -> dict[str, Any]:
    for row in talk.api.all(path("peers", peer_id, "clients"), pageSize=500):
        if row["naam"] == name:
            return {key: row[key] for key in ("omschrijving", "grants", "standaardGrant", "geblokkeerd")}
    raise Refused(f"Geen client {name!r}; kijk met `gateway client lijst`.")


def _put(talk: Talk, peer_id: str, name: str, body: dict[str, Any], *, fresh: bool) -> None:
    secret = secrets.token_urlsafe(32) if fresh else None
    if secret is not None:
        body = {**body, "geheimSha256": hashlib.sha256(secret.encode()).hexdigest()}
    made = talk.api.put(path("peers", peer_id, "clients", name), body)
    shown = {**made, "geheim": secret} if secret is not None else made

    def people(row: dict[str, Any]) -> None:
        print_fields([("Client", row["naam"]), ("Grants", row["grants"]), ("Geblokkeerd", row["geblokkeerd"])])
        if secret is not None:
            say(f"Geheim (alleen nu te zien): {secret}\nDe client stuurt: Proxy-Authorization: Bearer {secret}")

    talk.show(shown, people)
