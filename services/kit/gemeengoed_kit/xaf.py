"""Parts of the XML Auditfile Financieel 4.0 (XAF; XSD 4.0.3 of the Belastingdienst). Pure: pieces of text, one after the other.

One file is of one administration and one year. Amounts are euros with two decimals, always positive, with D or C beside them.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

NAMESPACE = "http://www.odb.belastingdienst.nl/Belastingdienst/BCPP/1.1/structures/XmlauditfileXAF_4.0"
UNKNOWN = "onbekend"
"""The tax number of who has none, or of whom none is set; the file must have one."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST_CODE = 35


@dataclass(frozen=True, slots=True)
class Head:
    """What a file is about.

    Attributes:
        company: whose administration it is.
        tax_number: of that legal entity.
        made_on: on which day it was made.
        software: name and version of what made it.
    """

    company: str
    year: int
    tax_number: str
    made_on: date
    software: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Totals:
    """Number of lines, and what they come to on each side in cents."""

    lines: int
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class Account:
    """An account; `balance` for activa and passiva, else it is of baten or lasten."""

    number: str
    name: str
    balance: bool


@dataclass(frozen=True, slots=True)
class Customer:
    """Who is invoiced; what was open at the beginning and at the end of the year, in cents (debit positive)."""

    code: str
    name: str
    opening: int
    closing: int


def text(value: str, longest: int | None = None) -> str:
    """A text as text in XML, of at most so many characters; a character that XML has no way to say becomes the sign for that."""
    return escape(_NOT_IN_XML.sub("\ufffd", value)[:longest])


def amount(cent: int) -> str:
    """Elements of an amount: 1234 is 12.34 D, -1234 is 12.34 C."""
    return f"<amnt>{euro(abs(cent))}</amnt><amntTp>{_side(cent)}</amntTp>"


def euro(cent: int) -> str:
    """1234 to 12.34; of what is not negative."""
    whole, rest = divmod(cent, 100)
    return f"{whole}.{rest:02d}"


def code(name: str) -> str:
    """A name as a code of at most 35 characters: a longer one keeps its beginning, and is told apart by its hash."""
    if len(name) <= _LONGEST_CODE:
        return text(name)
    return text(f"{name[: _LONGEST_CODE - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}")


def auditfile(
    head: Head,
    accounts: Sequence[Account],
    opening: Sequence[tuple[str, int]],
    totals: Totals,
    journals: Iterable[str],
    customers: Sequence[Customer] = (),
) -> Iterator[str]:
    """The file in pieces.

    Args:
        opening: per account its balance at the beginning of the year (debit less credit, in cents), none of them zero.
        totals: of all lines in `journals`.
        journals: pieces of the journals; they are read once and never held.
    """
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<auditfile xmlns="{NAMESPACE}">\n'
    yield _header(head)
    yield f"<company>\n<companyName>{text(head.company, 255)}</companyName><taxRegistrationCountry>NL</taxRegistrationCountry>"
    yield f"<taxRegIdent>{text(head.tax_number, 30)}</taxRegIdent>\n"
    yield from _customers(customers)
    yield from _accounts(accounts)
    yield _periods(head.year)
    yield from _opening(opening)
    yield f"<transactions>\n{_totals(totals)}\n"
    yield from journals
    yield "</transactions>\n</company>\n</auditfile>\n"


def _side(cent: int) -> str:
    return "D" if cent >= 0 else "C"


def _header(head: Head) -> str:
    name, version = head.software
    return (
        f"<header><fiscalYear>{head.year}</fiscalYear><startDate>{head.year}-01-01</startDate>"
        f"<endDate>{head.year}-12-31</endDate><curCode>EUR</curCode><dateCreated>{head.made_on}</dateCreated>"
        f"<softwareDesc>{text(name, 50)}</softwareDesc><softwareVersion>{text(version, 20)}</softwareVersion></header>\n"
    )


def _customers(customers: Sequence[Customer]) -> Iterator[str]:
    if not customers:
        return
    yield "<customersSuppliers>\n"
    for one in customers:
        yield (
            f"<customerSupplier><custSupID>{code(one.code)}</custSupID><custSupName>{text(one.name, 50)}</custSupName>"
            f"<custSupTp>C</custSupTp><opBalDesc>{euro(abs(one.opening))}</opBalDesc><opBalTp>{_side(one.opening)}</opBalTp>"
            f"<clBalDesc>{euro(abs(one.closing))}</clBalDesc><clBalTp>{_side(one.closing)}</clBalTp></customerSupplier>\n"
        )
    yield "</customersSuppliers>\n"


def _accounts(accounts: Sequence[Account]) -> Iterator[str]:
    if not accounts:  # an empty list is not allowed
        return
    yield "<generalLedger>\n"
    for one in accounts:
        yield (
            f"<ledgerAccount><accID>{code(one.number)}</accID><accDesc>{text(one.name, 255)}</accDesc>"
            f"<accTp>{'B' if one.balance else 'P'}</accTp></ledgerAccount>\n"
        )
    yield "</generalLedger>\n"


def _periods(year: int) -> str:
    """The months of a year, numbered from 1."""
    months = "".join(
        f"<period><periodNumber>{month}</periodNumber><startDatePeriod>{date(year, month, 1)}</startDatePeriod>"
        f"<endDatePeriod>{date(year, month, calendar.monthrange(year, month)[1])}</endDatePeriod></period>\n"
        for month in range(1, 13)
    )
    return f"<periods>\n{months}</periods>\n"


def _opening(balances: Sequence[tuple[str, int]]) -> Iterator[str]:
    debit = sum(cent for _, cent in balances if cent > 0)
    credit = sum(-cent for _, cent in balances if cent < 0)
    yield f"<openingBalance>\n{_totals(Totals(len(balances), debit, credit))}\n"
    for number, (account, cent) in enumerate(balances, 1):
        yield f"<obLine><nr>{number}</nr><accID>{code(account)}</accID>{amount(cent)}</obLine>\n"
    yield "</openingBalance>\n"


def _totals(of: Totals) -> str:
    return (
        f"<linesCount>{of.lines}</linesCount><totalDebit>{euro(of.debit)}</totalDebit>"
        f"<totalCredit>{euro(of.credit)}</totalCredit>"
    )
