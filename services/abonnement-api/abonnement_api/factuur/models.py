"""Tables of invoices. Insert only (triggers and the role's rights enforce it); at commit the lines add up to the invoice."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column


class Factuurnummering(Base):
    """The last number used by a seller in a year; the transaction that takes the next numbers locks it."""

    __tablename__ = "factuurnummering"

    jaar: Mapped[int] = mapped_column(primary_key=True)
    verkoper: Mapped[str] = mapped_column(primary_key=True)
    laatste: Mapped[int]


class Factuur(Base):
    __tablename__ = "factuur"

    nummer: Mapped[str] = mapped_column(primary_key=True)
    jaar: Mapped[int] = mapped_column(doc="year that is paid for, also of its facturatieronde")
    volgnummer: Mapped[int]
    abonnement: Mapped[uuid.UUID]
    gemeentecode: Mapped[str]
    gemeentenaam: Mapped[str]
    tariefbesluit: Mapped[str]
    pakket: Mapped[str]
    tarief_per_inwoner: Mapped[Decimal] = mapped_column(Numeric(9, 4), doc="euros")
    inwoners: Mapped[int]
    peildatum: Mapped[date] = mapped_column(doc="day of the number of inhabitants")
    factuurdatum: Mapped[date]
    vervaldatum: Mapped[date] = mapped_column(doc="last day to pay")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    betalingskenmerk: Mapped[str] = mapped_column(unique=True)
    vastgesteld_op: Mapped[datetime]
    verkoper: Mapped[str] = mapped_column(doc="code of the aanbieder in whose name it is")
    bundel: Mapped[str | None] = mapped_column(doc="number of the first of those that are together tarief x inwoners")
    vervangt: Mapped[str | None] = mapped_column(doc="the invoice that this one corrects, credited as a whole")
    reden: Mapped[str | None] = mapped_column(doc="why, on the document")
    maanden: Mapped[int] = mapped_column(doc="of the year, 1 to 12")
    voorlopig: Mapped[bool] = mapped_column(doc="the source called the inhabitants provisional")
    betaler: Mapped[str | None] = mapped_column(doc="code of who pays for the gemeente")
    betaler_naam: Mapped[str | None]
    verrekend_cent: Mapped[int] = mapped_column(BigInteger, doc="what of the amount settles earlier invoices")
    aantal_verrekeningen: Mapped[int]


class Factuurregel(Base):
    __tablename__ = "factuurregel"

    factuur: Mapped[str] = mapped_column(ForeignKey("factuur.nummer"), primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)


class Regelstand(Base):
    """View: a line with what was paid and credited of it; `bedrag_cent` is the line without what was credited."""

    __tablename__ = "factuurregelstand"

    factuur: Mapped[str] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    betaald_cent: Mapped[int] = mapped_column(BigInteger)
    gefactureerd_cent: Mapped[int] = mapped_column(BigInteger)
    gecrediteerd_cent: Mapped[int] = mapped_column(BigInteger)


class Verrekening(Base):
    """What an invoice settles of an earlier one; of a bundle, each invoice its share. Insert only."""

    __tablename__ = "verrekening"

    factuur: Mapped[str] = mapped_column(ForeignKey("factuur.nummer"), primary_key=True)
    over: Mapped[str] = mapped_column(ForeignKey("factuur.nummer"), primary_key=True)
    volgnummer: Mapped[int] = mapped_column(doc="which difference of the earlier invoice it is")
    van_inwoners: Mapped[int]
    naar_inwoners: Mapped[int]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    definitief: Mapped[bool] = mapped_column(doc="the source does not call the new number provisional")
