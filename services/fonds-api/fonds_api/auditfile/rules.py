"""The XML Auditfile Financieel 4.0 of a fonds and year: which accounts, journals and transactions it has. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Protocol

from gemeengoed_kit import xaf
from gemeengoed_kit.xaf import Totals, amount, code, text


class Rekening(Protocol):
    """An account, as `verloop.service` has it."""

    @property
    def nummer(self) -> str: ...
    @property
    def naam(self) -> str: ...
    @property
    def soort(self) -> str: ...
    @property
    def prioriteit(self) -> str | None: ...
    @property
    def budgetsoort(self) -> str | None: ...


class Regel(Protocol):
    """A line of the ledger, as `verloop.service` has it."""

    @property
    def volgnummer(self) -> int: ...
    @property
    def boekdatum(self) -> date: ...
    @property
    def omschrijving(self) -> str: ...
    @property
    def bron(self) -> str: ...
    @property
    def pad(self) -> str: ...
    @property
    def regelnummer(self) -> int: ...
    @property
    def rekening(self) -> str: ...
    @property
    def cent(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Kop:
    """What a file is about.

    Attributes:
        fiscaal_nummer: of the legal entity whose fonds it is.
        gemaakt_op: on which day it was made.
        software: name and version of what made it.
    """

    fonds: str
    naam: str
    jaar: int
    fiscaal_nummer: str
    gemaakt_op: date
    software: tuple[str, str]


def auditfile(
    kop: Kop, rekeningen: Sequence[Rekening], beginbalans: Sequence[tuple[str, int]], omvang: Totals, regels: Iterable[Regel]
) -> Iterator[str]:
    """The file in pieces.

    Args:
        beginbalans: per account its balance at the beginning of the year (debet less credit, in cents), none of them zero.
        omvang: of all lines.
        regels: those of one source together, and of one entry together; they are read once and never held.
    """
    return xaf.auditfile(
        xaf.Head(kop.naam, kop.jaar, kop.fiscaal_nummer, kop.gemaakt_op, kop.software),
        [xaf.Account(een.nummer, een.naam, een.soort in ("activa", "passiva")) for een in rekeningen],
        beginbalans,
        omvang,
        _dagboeken(regels, {een.nummer: een for een in rekeningen}),
    )


def _dagboeken(regels: Iterable[Regel], rekeningen: dict[str, Rekening]) -> Iterator[str]:
    """A journal per source of documents, with a transaction per entry."""
    plekken = {nummer: _plek(een) for nummer, een in rekeningen.items()}
    for bron, van_bron in groupby(regels, key=lambda regel: regel.bron):
        yield f"<journal><jrnID>{code(bron)}</jrnID><desc>Boekingen van bron {text(bron)}</desc><jrnTp>M</jrnTp>\n"
        for _, van_boeking in groupby(van_bron, key=lambda regel: regel.volgnummer):
            yield _transactie(van_boeking, plekken)
        yield "</journal>\n"


def _transactie(regels: Iterator[Regel], plekken: dict[str, str]) -> str:
    eerste = next(regels)
    stuk, dag, over = text(eerste.pad, 255), eerste.boekdatum, text(eerste.omschrijving)
    delen = [
        f"<transaction><nr>{eerste.volgnummer}</nr><desc>{over}</desc><periodNumber>{dag.month}</periodNumber>"
        f"<trDt>{dag}</trDt><Source>{text(eerste.bron)} {stuk}</Source>\n"
    ]
    while True:
        delen.append(
            f"<trLine><nr>{eerste.regelnummer}</nr><accID>{eerste.rekening}</accID><docRef>{stuk}</docRef><effDate>{dag}</effDate>"
            f"{amount(eerste.cent)}{plekken.get(eerste.rekening, '')}</trLine>\n"
        )
        volgende = next(regels, None)
        if volgende is None:
            return "".join(delen) + "</transaction>\n"
        eerste = volgende


def _plek(een: Rekening) -> str:
    """Elements that say of which begrotingspost a line is: prioriteit as cost centre, budgetsoort as product."""
    delen = (("cost", een.prioriteit), ("product", een.budgetsoort))
    return "".join(f"<{naam}>{text(waarde, 999)}</{naam}>" for naam, waarde in delen if waarde)
