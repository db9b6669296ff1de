"""What reports need from the ledger. All amounts are cents, debet minus credit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from gemeengoed_kit.context import Work

from fonds_api.verloop import repository


@dataclass(frozen=True, slots=True)
class Rekening:
    """An account; `prioriteit` and `budgetsoort` say of which begrotingspost it holds the spending, if of any."""

    nummer: str
    naam: str
    soort: str
    boven: str | None
    boekbaar: bool
    prioriteit: str | None
    budgetsoort: str | None


@dataclass(frozen=True, slots=True)
class Omvang:
    """How many entries and lines there are in a period, and what they come to in cents; `debet` and `credit` are equal."""

    boekingen: int
    regels: int
    debet: int
    credit: int


class Regel(NamedTuple):
    """One line of the ledger with its entry; `cent` is positive for debet and negative for credit. There are millions of these:
    a tuple takes a third of the time of an object."""

    volgnummer: int
    boekdatum: date
    geboekt_op: datetime
    omschrijving: str
    bron: str
    pad: str
    regelnummer: int
    rekening: str
    cent: int


def rekeningen(work: Work, fonds: str) -> list[Rekening]:
    """The accounts of a fonds, by number."""
    return [
        Rekening(rij.nummer, rij.naam, rij.soort, rij.boven, rij.boekbaar, rij.prioriteit, rij.budgetsoort)
        for rij in repository.rekeningen(work.session, fonds)
    ]


def standen(work: Work, fonds: str, tot: date) -> dict[str, int]:
    """Balance per account at the beginning of a day; accounts without entries lack."""
    return repository.standen(work.session, fonds, tot)


def per_maand(work: Work, fonds: str, vanaf: date, tot: date, zonder: Collection[UUID] = ()) -> dict[str, dict[int, int]]:
    """What moved per account and month (1 to 12), with a boekdatum from `vanaf` and before `tot`, of one year.

    Args:
        zonder: entries that do not count.
    """
    gevonden: dict[str, dict[int, int]] = {}
    for nummer, maand, cent in repository.per_maand(work.session, fonds, vanaf, tot, zonder):
        gevonden.setdefault(nummer, {})[maand] = cent
    return gevonden


def boeking_van(work: Work, fonds: str, pad: str) -> UUID | None:
    """Id of the entry of a document that this service keeps itself, if it was booked."""
    return repository.boeking_van(work.session, fonds, pad)


def omvang(work: Work, fonds: str, jaar: int) -> Omvang:
    """How much there is in a year."""
    rij = repository.omvang(work.session, fonds, date(jaar, 1, 1))
    return Omvang(int(rij.boekingen), rij.regels, int(rij.debet), int(rij.credit))


def regels(
    work: Work, fonds: str, vanaf: date, tot: date, *, rekening: str | None = None, per_bron: bool = False
) -> Iterator[Regel]:
    """The lines of a period, streamed; as `repository.regels`. The transaction must stay open while they are read."""
    for rij in repository.regels(work.session, fonds, vanaf, tot, rekening=rekening, per_bron=per_bron):
        yield Regel._make(rij)


def jaar_van(jaar: int) -> tuple[date, date]:
    """First day of a year, and of the year after it."""
    return date(jaar, 1, 1), date(jaar + 1, 1, 1)


def afschrift(fonds: str, rekening: str, vanaf: date, tot: date) -> str:
    """Path of the statement of an account over a period: what moved in it is a figure of a report. `tot` is excluded."""
    return f"/v1/fondsen/{fonds}/rekeningen/{rekening}/afschrift?vanaf={vanaf}&tot={tot}"
