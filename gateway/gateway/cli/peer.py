"""`gateway peer`: peers and their certificates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from gateway.cli.api import path
from gateway.cli.command import Talk, command, peer_option
from gateway.cli.output import moment, print_fields, print_table, say

COMPONENT = click.Choice(["manager", "inway", "outway"])


@click.group("peer")
def peers() -> None:
    """Peers die hier gehost worden, en hun certificaten."""


@command(peers, "toevoegen")
@click.argument("oin")
@click.argument("naam")
@click.option("--domein", help="Domein: maakt manager.DOMEIN, inway.DOMEIN en outway.DOMEIN.")
@click.option("--manager", "manager", help="DNS-naam van de Manager, in plaats van die uit --domein.")
@click.option("--inway", help="DNS-naam van de Inway, in plaats van die uit --domein.")
@click.option("--outway", help="DNS-naam van de Outway, in plaats van die uit --domein.")
@click.option("--luister", required=True, help="IPv4:poort waarop de Outway luistert voor eigen clients.")
@click.option("--directory", is_flag=True, help="Deze peer is Directory; aanvaardt publicaties van aangemelde peers vanzelf.")
def add(talk: Talk, oin: str, naam: str, domein: str | None, luister: str, directory: bool, **hosts: str | None) -> None:
    """Host een peer; met een ontwikkel-PKI meteen met certificaten."""
    missing = [name for name, host in hosts.items() if host is None and domein is None]
    if missing:
        raise click.UsageError(f"Geef --domein, of ook --{' en --'.join(missing)}.")
    body = {f"{name}Host": host or f"{name}.{domein}" for name, host in hosts.items()}
    body |= {"peerId": oin, "naam": naam, "outwayListen": luister}
    talk.show(talk.api.post(path("peers"), {**body, "directory": directory, "autoAcceptPublication": directory}), _one)


@command(peers, "lijst")
def listed(talk: Talk) -> None:
    """Alle gehoste peers."""
    headings = ["OIN", "Naam", "Manager", "Outway", "Bediend", "Eerste certificaat verloopt"]
    talk.show(
        talk.api.all(path("peers"), pageSize=500),
        lambda rows: print_table(
            headings,
            [
                [
                    row["peerId"],
                    row["naam"],
                    row["managerAddress"],
                    row["outwayListen"],
                    row["bediend"],
                    moment(min((one["geldigTot"] for one in row["certificaten"]), default=None)),
                ]
                for row in rows
            ],
            empty="Er zijn nog geen peers; voeg er een toe met `gateway peer toevoegen`.",
        ),
    )


@command(peers, "toon")
@click.argument("peer", required=False)
def show(talk: Talk, peer: str | None) -> None:
    """Een peer met zijn certificaten."""
    talk.show(talk.api.get(path("peers", talk.peer_id(peer))), _one)


@command(peers, "wijzig")
@click.argument("peer")
@click.option("--naam", help="Naam van de organisatie.")
@click.option("--manager", "managerHost", help="DNS-naam van de Manager.")
@click.option("--inway", "inwayHost", help="DNS-naam van de Inway.")
@click.option("--outway", "outwayHost", help="DNS-naam van de Outway.")
@click.option("--luister", "outwayListen", help="IPv4:poort van de Outway.")
@click.option("--clients-verplicht/--clients-vrij", "clientsVerplicht", default=None, help="Alleen bekende clients toelaten.")
@click.option("--uit/--aan", "uitgeschakeld", default=None, help="De peer uitschakelen, of weer aanzetten.")
def change(talk: Talk, peer: str, **options: Any) -> None:
    """Wijzig een peer; wat je niet noemt, blijft."""
    given = {name: value for name, value in options.items() if value is not None}
    talk.show(talk.api.patch(path("peers", talk.peer_id(peer)), given), _one)


@command(peers, "meld-aan")
@peer_option
@click.argument("manager_address")
def announce(talk: Talk, peer: str | None, manager_address: str) -> None:
    """Meld een peer aan bij een Directory (https://host:poort van haar Manager)."""
    where = path("peers", talk.peer_id(peer), "announcements")
    body = {"managerAddress": manager_address}
    talk.show(talk.api.post(where, body), lambda _: say("De aanmelding is onderweg."))


@command(peers, "bekend")
@peer_option
def known(talk: Talk, peer: str | None) -> None:
    """De peers die een peer kent."""
    talk.show(
        talk.api.all(path("peers", talk.peer_id(peer), "known-peers"), pageSize=500),
        lambda rows: print_table(
            ["OIN", "Naam", "Manager", "Aangemeld"],
            [[row["peerId"], row["naam"], row["managerAddress"], moment(row["aangemeldOp"])] for row in rows],
            empty="Deze peer kent nog niemand; meld hem aan bij een Directory met `gateway peer meld-aan`.",
        ),
    )


@command(peers, "csr")
@peer_option
@click.argument("onderdeel", type=COMPONENT)
@click.option("--soort", type=click.Choice(["EC-P256", "RSA-3072", "RSA-4096"]), default="EC-P256", show_default=True)
@click.option("--zelfde-sleutel", is_flag=True, help="Vraag een certificaat voor de sleutel die nu in gebruik is.")
@click.option("--extra-host", multiple=True, help="Naam die ook in het certificaat moet.")
@click.option("--naar", type=click.Path(path_type=Path, dir_okay=False), help="Bestand voor de aanvraag; anders het scherm.")
def request(
    talk: Talk, peer: str | None, onderdeel: str, soort: str, zelfde_sleutel: bool, extra_host: tuple[str, ...], naar: Path | None
) -> None:
    """Maak een sleutel en een aanvraag (CSR) voor de uitgever; de sleutel blijft bij de gateway."""
    where = path("peers", talk.peer_id(peer), "certificates", onderdeel, "requests")
    body = {"nieuweSleutel": not zelfde_sleutel, "sleutelsoort": soort, "extraHosts": list(extra_host)}
    made = talk.api.post(where, body)
    if naar is not None:
        naar.write_text(made["csr"])
    talk.show(made, lambda _: say(f"Aanvraag staat in {naar}." if naar else made["csr"], nl=naar is not None))


@command(peers, "certificaat")
@peer_option
@click.argument("onderdeel", type=COMPONENT)
@click.argument("keten", type=click.File())
@click.option("--sleutel", type=click.File(), help="PEM van de sleutel, als die niet bij de gateway gemaakt is.")
@click.option("--wachtwoord", is_flag=True, help="Vraag het wachtwoord van de sleutel.")
def install(talk: Talk, peer: str | None, onderdeel: str, keten: Any, sleutel: Any, wachtwoord: bool) -> None:
    """Neem een certificaat in gebruik: KETEN is een PEM met het certificaat en de tussencertificaten."""
    body = {"keten": keten.read()}
    if sleutel is not None:
        body["sleutel"] = sleutel.read()
        if wachtwoord:
            body["wachtwoord"] = click.prompt("Wachtwoord van de sleutel", hide_input=True, err=True)
    talk.show(talk.api.put(path("peers", talk.peer_id(peer), "certificates", onderdeel), body), _certificate)


@command(peers, "vernieuw")
@peer_option
@click.argument("onderdeel", type=COMPONENT)
@click.option("--nieuwe-sleutel", is_flag=True, help="Ook een nieuwe sleutel; grants van een Outway passen dan niet meer.")
def renew(talk: Talk, peer: str | None, onderdeel: str, nieuwe_sleutel: bool) -> None:
    """Vernieuw een certificaat uit de ontwikkel-PKI."""
    where = path("peers", talk.peer_id(peer), "certificates", onderdeel, "renewals")
    talk.show(talk.api.post(where, {"nieuweSleutel": nieuwe_sleutel}), _certificate)


def _certificate(row: dict[str, Any]) -> None:
    print_fields(
        [
            ("Onderdeel", row["onderdeel"]),
            ("Geldig tot", moment(row["geldigTot"])),
            ("Vingerafdruk", row["vingerafdruk"]),
            ("Sleutel", row["sleutelVingerafdruk"]),
        ]
    )


def _one(row: dict[str, Any]) -> None:
    print_fields(
        [
            ("OIN", row["peerId"]),
            ("Naam", row["naam"]),
            ("Manager", row["managerAddress"]),
            ("Inway", row["inwayAddress"]),
            ("Outway luistert op", row["outwayListen"]),
            ("Sleutel van de Outway", row["outwayPublicKeyThumbprint"]),
            ("Directory", row["directory"]),
            ("Clients verplicht", row["clientsVerplicht"]),
            ("Bediend", row["bediend"]),
            *((f"Certificaat {one['onderdeel']}", f"tot {moment(one['geldigTot'])}") for one in row["certificaten"]),
        ]
    )
    missing = sorted({"manager", "inway", "outway"} - {one["onderdeel"] for one in row["certificaten"]})
    if missing:
        say(f"Nog geen certificaat voor {', '.join(missing)}: `gateway peer csr`, dan `gateway peer certificaat`.")
