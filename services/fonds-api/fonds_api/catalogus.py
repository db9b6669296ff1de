"""Strict reading of what catalogus answers about gemeenten, their inhabitants and herindelingen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.schema import Line
from gemeengoed_kit.source import Source, SourceDay
from pydantic import Field

from fonds_api.omslag.rules import Inwonertal, Voorganger, jaren_eerder


class BronInwoners(Source):
    peildatum: SourceDay
    aantal: int = Field(ge=1, le=20_000_000)
    status: Literal["voorlopig", "definitief"] | None = None


class BronGemeente(Source):
    """The parts that this service uses of a gemeente in an answer of catalogus."""

    code: str = Field(pattern=r"^GM[0-9]{4}$")
    naam: Line = Field(max_length=200)
    inwoners: BronInwoners | None


class BronHerindeling(Source):
    """The parts that this service uses of a herindeling in an answer of catalogus."""

    ingangsdatum: SourceDay
    oude_code: str = Field(pattern=r"^GM[0-9]{4}$")
    nieuwe_code: str = Field(pattern=r"^GM[0-9]{4}$")
    nieuw_ingesteld: bool


def gemeenten(client: OutwayClient, indeling: date, peildatum: date, compensatie_jaren: int = 0) -> list[Inwonertal]:
    """The gemeenten on a day, with their inhabitants on another.

    Args:
        compensatie_jaren: of a gemeente that was made by a herindeling in so many years up to `indeling`, also the gemeenten that
            it was made of, with their inhabitants on the last 1 January before; 0 asks nothing more.

    Raises:
        SourceError: catalogus gave no acceptable answer.
    """
    gevonden = _gemeenten(client, indeling, peildatum)
    if not compensatie_jaren:
        return gevonden
    van = _voorgangers(client, indeling, compensatie_jaren)
    return [Inwonertal(g.code, g.naam, g.inwoners, g.peildatum, g.status, van.get(g.code, ())) for g in gevonden]


def _gemeenten(client: OutwayClient, indeling: date, peildatum: date) -> list[Inwonertal]:
    vraag = {"geldigOp": indeling.isoformat(), "peildatum": peildatum.isoformat()}
    return [
        Inwonertal(
            g.code,
            g.naam,
            g.inwoners.aantal if g.inwoners else None,
            g.inwoners.peildatum if g.inwoners else None,
            g.inwoners.status if g.inwoners else None,
        )
        for g in client.pages("catalogus", "/v1/gemeenten", BronGemeente, vraag, key=lambda g: g.code)
    ]


def _voorgangers(client: OutwayClient, indeling: date, jaren: int) -> dict[str, tuple[Voorganger, ...]]:
    """By code of a gemeente that was newly made: what it was made of. Two calls for each day on which that happened."""
    vraag = {
        "vanaf": (jaren_eerder(indeling, jaren) + timedelta(1)).isoformat(),
        "tot": (indeling + timedelta(1)).isoformat(),
    }
    nieuw: dict[str, dict[str, date]] = {}
    for een in client.pages("catalogus", "/v1/herindelingen", BronHerindeling, vraag, key=_volgorde):
        if een.nieuw_ingesteld:
            nieuw.setdefault(een.nieuwe_code, {})[een.oude_code] = een.ingangsdatum
    dagen = {dag for oud in nieuw.values() for dag in oud.values()}
    eerder = {dag: {g.code: g for g in _gemeenten(client, dag - timedelta(1), date(dag.year - 1, 1, 1))} for dag in sorted(dagen)}
    return {
        code: tuple(
            Voorganger(oud, gevonden.naam, gevonden.inwoners, gevonden.peildatum)
            for oud, dag in sorted(van.items())
            if (gevonden := eerder[dag].get(oud)) and gevonden.inwoners and gevonden.peildatum
        )
        for code, van in nieuw.items()
        if all((g := eerder[dag].get(oud)) and g.inwoners for oud, dag in van.items())
    }


class BronLidmaatschap(Source):
    gemeentecode: str = Field(pattern=r"^GM[0-9]{4}$")
    naam: Line = Field(max_length=200)
    vanaf: SourceDay
    tot_en_met: SourceDay | None


class BronVerband(Source):
    """The parts that this service uses of a samenwerkingsverband in an answer of catalogus."""

    lidmaatschappen: list[BronLidmaatschap] = Field(max_length=10_000)


def achter(client: OutwayClient, deelnemer: str, peildatum: date) -> list[Inwonertal]:
    """The gemeenten behind a participant on a day, with their inhabitants on that day: itself, or the members of a
    samenwerkingsverband. One that did not exist on that day has no inhabitants. None at all when nobody is a member.

    Raises:
        SourceError: catalogus gave no acceptable answer.
    """
    soort, _, code = deelnemer.removeprefix("/v1/").partition("/")
    leden = {code: code}
    if soort != "gemeenten":
        verband = client.read("catalogus", deelnemer, BronVerband)
        nu = [een for een in verband.lidmaatschappen if een.vanaf <= peildatum <= (een.tot_en_met or peildatum)]
        leden = {lid.gemeentecode: lid.naam for lid in nu}
    er = {g.code: g for g in _gemeenten(client, peildatum, peildatum)}
    return [er.get(code) or Inwonertal(code, naam, None, None, None) for code, naam in sorted(leden.items())]


def _volgorde(een: BronHerindeling) -> str:
    return f"{een.ingangsdatum} {een.oude_code} {een.nieuwe_code}"
