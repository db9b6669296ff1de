"""The XML Auditfile Financieel 4.0 (XAF; XSD 4.0.3 of the Belastingdienst). Pure: pieces of text, one after the other.

One file is of one fonds and one year. Amounts are euros with two decimals, always positive, with D or C beside them.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Protocol
from xml.sax.saxutils import escape

RUIMTE = "http://www.odb.belastingdienst.nl/Belastingdienst/BCPP/1.1/structures/XmlauditfileXAF_4.0"
ONBEKEND = "onbekend"
"""The tax number of a fonds that has none, or of which none is set; the file must have one."""
_NIET_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LANGSTE_CODE = 35


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


@dataclass(frozen=True, slots=True)
class Omvang:
    """Number of lines, and what they come to on each side in cents."""

    regels: int
    debet: int
    credit: int


def tekst(waarde: str, langste: int | None = None) -> str:
    """A text as text in XML, of at most so many characters; a character that XML has no way to say becomes the sign for that."""
    return escape(_NIET_IN_XML.sub("\ufffd", waarde)[:langste])


def bedrag(cent: int) -> str:
    """Elements of an amount: 1234 is 12.34 D, -1234 is 12.34 C."""
    heel, rest = divmod(abs(cent), 100)
    return f"<amnt>{heel}.{rest:02d}</amnt><amntTp>{'D' if cent >= 0 else 'C'}</amntTp>"


def euro(cent: int) -> str:
    """1234 to 12.34."""
    heel, rest = divmod(cent, 100)
    return f"{heel}.{rest:02d}"


def code(naam: str) -> str:
    """A name as a code of at most 35 characters: a longer one keeps its beginning, and is told apart by its hash."""
    if len(naam) <= _LANGSTE_CODE:
        return tekst(naam)
    return tekst(f"{naam[: _LANGSTE_CODE - 9]}-{hashlib.sha256(naam.encode()).hexdigest()[:8]}")


def auditfile(
    kop: Kop, rekeningen: Sequence[Rekening], beginbalans: Sequence[tuple[str, int]], omvang: Omvang, regels: Iterable[Regel]
) -> Iterator[str]:
    """The file in pieces.

    Args:
        beginbalans: per account its balance at the beginning of the year (debet less credit, in cents), none of them zero.
        omvang: of all lines.
        regels: those of one source together, and of one entry together; they are read once and never held.
    """
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<auditfile xmlns="{RUIMTE}">\n'
    yield _header(kop)
    yield f"<company>\n<companyName>{tekst(kop.naam, 255)}</companyName><taxRegistrationCountry>NL</taxRegistrationCountry>"
    yield f"<taxRegIdent>{tekst(kop.fiscaal_nummer, 30)}</taxRegIdent>\n"
    yield from _rekeningen(rekeningen)
    yield _perioden(kop.jaar)
    yield from _beginbalans(beginbalans)
    yield f"<transactions>\n{_omvang(omvang)}\n"
    yield from _dagboeken(regels, {een.nummer: een for een in rekeningen})
    yield "</transactions>\n</company>\n</auditfile>\n"


def _header(kop: Kop) -> str:
    naam, versie = kop.software
    return (
        f"<header><fiscalYear>{kop.jaar}</fiscalYear><startDate>{kop.jaar}-01-01</startDate><endDate>{kop.jaar}-12-31</endDate>"
        f"<curCode>EUR</curCode><dateCreated>{kop.gemaakt_op}</dateCreated><softwareDesc>{tekst(naam, 50)}</softwareDesc>"
        f"<softwareVersion>{tekst(versie, 20)}</softwareVersion></header>\n"
    )


def _rekeningen(rekeningen: Sequence[Rekening]) -> Iterator[str]:
    if not rekeningen:  # an empty list is not allowed
        return
    yield "<generalLedger>\n"
    for een in rekeningen:
        soort = "B" if een.soort in ("activa", "passiva") else "P"
        yield (
            f"<ledgerAccount><accID>{code(een.nummer)}</accID><accDesc>{tekst(een.naam, 255)}</accDesc>"
            f"<accTp>{soort}</accTp></ledgerAccount>\n"
        )
    yield "</generalLedger>\n"


def _perioden(jaar: int) -> str:
    """The months of a year, numbered from 1."""
    maanden = "".join(
        f"<period><periodNumber>{maand}</periodNumber><startDatePeriod>{date(jaar, maand, 1)}</startDatePeriod>"
        f"<endDatePeriod>{date(jaar, maand, calendar.monthrange(jaar, maand)[1])}</endDatePeriod></period>\n"
        for maand in range(1, 13)
    )
    return f"<periods>\n{maanden}</periods>\n"


def _beginbalans(standen: Sequence[tuple[str, int]]) -> Iterator[str]:
    debet = sum(cent for _, cent in standen if cent > 0)
    credit = sum(-cent for _, cent in standen if cent < 0)
    yield f"<openingBalance>\n{_omvang(Omvang(len(standen), debet, credit))}\n"
    for nummer, (rekening, cent) in enumerate(standen, 1):
        yield f"<obLine><nr>{nummer}</nr><accID>{code(rekening)}</accID>{bedrag(cent)}</obLine>\n"
    yield "</openingBalance>\n"


def _omvang(van: Omvang) -> str:
    return (
        f"<linesCount>{van.regels}</linesCount><totalDebit>{euro(van.debet)}</totalDebit>"
        f"<totalCredit>{euro(van.credit)}</totalCredit>"
    )


def _dagboeken(regels: Iterable[Regel], rekeningen: dict[str, Rekening]) -> Iterator[str]:
    """A journal per source of documents, with a transaction per entry."""
    plekken = {nummer: _plek(een) for nummer, een in rekeningen.items()}
    for bron, van_bron in groupby(regels, key=lambda regel: regel.bron):
        yield f"<journal><jrnID>{code(bron)}</jrnID><desc>Boekingen van bron {tekst(bron)}</desc><jrnTp>M</jrnTp>\n"
        for _, van_boeking in groupby(van_bron, key=lambda regel: regel.volgnummer):
            yield _transactie(van_boeking, plekken)
        yield "</journal>\n"


def _transactie(regels: Iterator[Regel], plekken: dict[str, str]) -> str:
    eerste = next(regels)
    stuk, dag, over = tekst(eerste.pad, 255), eerste.boekdatum, tekst(eerste.omschrijving)
    delen = [
        f"<transaction><nr>{eerste.volgnummer}</nr><desc>{over}</desc><periodNumber>{dag.month}</periodNumber>"
        f"<trDt>{dag}</trDt><Source>{tekst(eerste.bron)} {stuk}</Source>\n"
    ]
    while True:
        delen.append(
            f"<trLine><nr>{eerste.regelnummer}</nr><accID>{eerste.rekening}</accID><docRef>{stuk}</docRef><effDate>{dag}</effDate>"
            f"{bedrag(eerste.cent)}{plekken.get(eerste.rekening, '')}</trLine>\n"
        )
        volgende = next(regels, None)
        if volgende is None:
            return "".join(delen) + "</transaction>\n"
        eerste = volgende


def _plek(een: Rekening) -> str:
    """Elements that say of which begrotingspost a line is: prioriteit as cost centre, budgetsoort as product."""
    delen = (("cost", een.prioriteit), ("product", een.budgetsoort))
    return "".join(f"<{naam}>{tekst(waarde, 999)}</{naam}>" for naam, waarde in delen if waarde)
