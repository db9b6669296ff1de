"""A fonds with a year behind it, for tests of reports: an adopted begroting, and entries on many accounts and days."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from fonds_api.boeking.rules import Regel
from fonds_api.boeking.service import EigenBoeking, boeken_eigen
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.context import Context

from tests.fonds.begrotingen import CSV, SAMEN, WIE, papier, vraag
from tests.fonds.besluiten import stel_vast

Als = Callable[..., dict[str, str]]
NUMMERS = itertools.count(1)
JAAR = (
    ("2020-01-15", ("1300", 5_230_000_000), ("8000", -5_230_000_000)),
    ("2020-02-03", ("1100", 5_230_000_000), ("1300", -5_230_000_000)),
    ("2020-03-31", ("4011", 150_000_000), ("4900", 31_500_000), ("1600", -181_500_000)),
    ("2020-04-01", ("4012", 12_345_678), ("1600", -12_345_678)),
    ("2020-06-30", ("4051", 1), ("1600", -1)),
    ("2020-07-01", ("4073", 130_000_099), ("1600", -130_000_099)),
    ("2020-08-08", ("1600", 200_000_000), ("1100", -200_000_000)),
    ("2020-09-30", ("4011", -5_000_000), ("1600", 5_000_000)),
    ("2020-10-01", ("4101", 600_000_000), ("1600", -600_000_000)),
    ("2020-12-31", ("4990", 40_000_000), ("0500", -40_000_000)),
    ("2020-12-31", ("1100", 25_000_000), ("8100", -25_000_000)),
    ("2019-12-31", ("1100", 77_777), ("8100", -77_777)),
    ("2021-01-01", ("4011", 999), ("1600", -999)),
)
"""Entries on both sides of every border between quarters and years: a correction, a cent, an overspending."""


def boek(context: Context, boekingen: Iterable[tuple[Any, ...]], fonds: str = "ggu") -> None:
    """Store entries: a day and then (account, cents) of each line."""
    posten = [
        EigenBoeking(
            fonds, date.fromisoformat(dag), f"Proef {dag}", f"/v1/proeven/{next(NUMMERS)}", [Regel(*regel) for regel in regels]
        )
        for dag, *regels in boekingen
    ]
    with context.work(Actor()) as work:
        boeken_eigen(work, posten)


def losse(rekeningen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The accounts that entries name: a list of balances may also have those that add up others."""
    return [een for een in rekeningen if not een.get("verzamelrekening")]


def neem_aan(client: Any, context: Context, als: Als, inhoud: bytes | None = None, **anders: Any) -> str:
    """The table of 2020 of the paper (or another), read and adopted as kaderbegroting (or another kind); its id."""
    pad = f"/v1/begrotingen?{vraag(**anders)}"
    gelezen = client.post(pad, content=inhoud or papier(2020), headers={**als("fondsbeheerder"), "Content-Type": CSV})
    assert gelezen.status_code == 201, gelezen.text
    begroting = gelezen.json()
    rol = "bestuur" if begroting["soort"] != "kaderbegroting" else "ledenvergadering"
    for verschil in begroting["openVerschillen"]:
        eigen = f"/v1/begrotingen/{begroting['id']}/aanvaardingen"
        assert client.post(eigen, json={"verschil": verschil, **WIE}, headers=als("bestuur")).status_code == 201
    gevraagd = client.post(f"/v1/begrotingen/{begroting['id']}/vaststellingen", json=SAMEN, headers=als(rol))
    assert gevraagd.status_code == 202, gevraagd.text
    stel_vast(context, begroting["id"])
    id: str = begroting["id"]
    return id


def gevuld(client: Any, context: Context, als: Als) -> None:
    neem_aan(client, context, als)
    boek(context, JAAR)
