"""How every command is made: it gets the API, accepts --json, and accepts names as people use them."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import click
from gemeengoed_kit.source import parse_json

from gateway.cli.api import Api, Refused, from_environment, path
from gateway.cli.output import print_json

Function = Callable[..., Any]


@dataclass(frozen=True)
class Talk:
    """A command's conversation with the gateway."""

    api: Api
    as_json: bool

    def show(self, value: Any, people: Callable[[Any], None]) -> None:
        """Print an answer: as received for scripts, with `people` for people."""
        if self.as_json:
            print_json(value)
        else:
            people(value)

    def peer_id(self, named: str | None) -> str:
        """The OIN of a hosted peer, from its OIN or (part of) its name; without a name, the only peer there is.

        Raises:
            Refused: none or more than one fits.
        """
        if named is not None and named.isdecimal() and len(named) == 20:
            return named
        peers = self.api.all(path("peers"), pageSize=500)
        exact = [peer for peer in peers if named is not None and peer["naam"].lower() == named.lower()]
        fitting = exact or [peer for peer in peers if named is None or named.lower() in peer["naam"].lower()]
        if len(fitting) == 1:
            return str(fitting[0]["peerId"])
        known = ", ".join(f"{peer['naam']} ({peer['peerId']})" for peer in (fitting or peers)[:10]) or "geen"
        if named is None:
            raise Refused(f"Zeg welke peer: --peer OIN of naam (of GATEWAY_PEER). Gehoste peers: {known}.")
        raise Refused(
            f"{'Meer dan een peer heet' if fitting else 'Geen peer heet'} zoiets als {named!r}. Gehoste peers: {known}."
        )

    def contract_hash(self, peer_id: str, named: str) -> str:
        """The hash of a contract, from a unique beginning of it with or without `$1$1$`.

        Raises:
            Refused: none or more than one fits.
        """
        if len(named) == 91 and named.startswith("$1$1$"):
            return named
        wanted = tail(named)
        if not re.fullmatch("[A-Za-z0-9_-]+", wanted, re.ASCII):
            raise Refused(f"{named!r} is geen begin van een hash. Zijn de dollartekens door de shell opgegeten? Laat $1$1$ weg.")
        found = self.api.get(path("peers", peer_id, "contracts"), contentHash=wanted, pageSize=1)
        if found["count"] == 1:
            return str(found["results"][0]["contentHash"])
        what = f"{found['count']} contracten beginnen" if found["count"] else "Geen contract begint"
        raise Refused(f"{what} met {named!r}; kijk met `gateway contract lijst`.")

    def grant_hash(self, peer_id: str, named: str) -> str:
        """The hash of a grant of the peer's own Outway, from its alias, or from a unique beginning with or without `$1$3$`.

        Raises:
            Refused: none or more than one fits.
        """
        if len(named) == 91 and named.startswith(("$1$3$", "$1$4$")):
            return named
        aliases = {row["alias"]: row["grantHash"] for row in self.api.all(path("peers", peer_id, "aliases"), pageSize=500)}
        if named in aliases:
            return str(aliases[named])
        wanted = tail(named)
        found = {
            grant["hash"]
            for row in self.api.all(path("peers", peer_id, "contracts"), pageSize=500)
            for grant in row["grants"]
            if grant["data"].get("outway", {}).get("peer_id") == peer_id
        }
        fitting = [one for one in found if len(wanted) >= 4 and tail(one).startswith(wanted)]
        if len(fitting) == 1:
            return str(fitting[0])
        raise Refused(f"Geen alias of grant (uniek, ten minste 4 tekens na $1$3$) {named!r}; kijk met `gateway grant lijst`.")


def tail(named: str) -> str:
    """A hash, or its beginning, as a command accepts it: without `$1$1$`, since a shell expands dollar signs, and without the
    dashes with which some hashes continue, since a command reads those as an option."""
    return re.sub(r"^(\$1\$[134]\$)?-*", "", named)


def json_object(option: str, text: str | None) -> Any:
    """The value of an option as JSON; None when the option is absent. The API checks whether it is an object.

    Raises:
        click.UsageError: it is not JSON, or JSON that can mean two things (a name twice).
    """
    try:
        return None if text is None else parse_json(text.encode(errors="surrogatepass"))
    except ValueError as problem:
        raise click.UsageError(f"{option} is {problem}") from problem


def command(group: click.Group, name: str) -> Callable[[Function], click.Command]:
    """Make a command of `group`: the function gets a Talk as its first argument; `--json` is added."""

    def wrap(function: Function) -> click.Command:
        @group.command(name)
        @click.option("--json", "as_json", is_flag=True, help="Antwoord als JSON, voor scripts.")
        @functools.wraps(function)
        def run(*arguments: Any, as_json: bool, **options: Any) -> None:
            function(Talk(from_environment(), as_json), *arguments, **options)

        return run

    return wrap


def peer_option(function: Function) -> Function:
    """`--peer`, an option of every command that concerns one peer."""
    return click.option("--peer", "-p", envvar="GATEWAY_PEER", help="Gehoste peer: OIN of (deel van) zijn naam.")(function)


def period_options(function: Function) -> Function:
    """`--van` and `--tot`, the period of a contract."""
    begin = click.option("--van", type=click.DateTime(["%Y-%m-%d"]), help="Eerste dag; standaard vandaag.")
    end = click.option("--tot", type=click.DateTime(["%Y-%m-%d"]), help="Einde; standaard een jaar na het begin.")
    return begin(end(function))


def period(begin: datetime | None, end: datetime | None) -> dict[str, str]:
    """notBefore and notAfter of a contract: whole days in UTC; without options, a year from today."""
    first = begin or datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    last = end or first + timedelta(days=365)
    return {"notBefore": f"{first:%Y-%m-%dT%H:%M:%SZ}", "notAfter": f"{last:%Y-%m-%dT%H:%M:%SZ}"}
