"""Tables of statements and receipts. Insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Identity, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column


class Bankafschrift(Base):
    __tablename__ = "bankafschrift"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), doc="order in which they came")
    iban: Mapped[str]
    afschriftnummer: Mapped[str] = mapped_column(doc="what the bank calls it; unique per account")
    vingerafdruk: Mapped[bytes] = mapped_column(LargeBinary)
    beginsaldo_cent: Mapped[int] = mapped_column(BigInteger)
    eindsaldo_cent: Mapped[int] = mapped_column(BigInteger)
    begindag: Mapped[date | None] = mapped_column(doc="of the opening balance; null where the bank gave none, and in older rows")
    einddag: Mapped[date | None] = mapped_column(doc="of the closing balance; null likewise")
    volgens_bank_cent: Mapped[int | None] = mapped_column(
        BigInteger, doc="receipts that no earlier statement covers, by the bank's own figures; null in older rows"
    )
    al_bekend: Mapped[int] = mapped_column(doc="receipts that an earlier statement had already")
    ingelezen_op: Mapped[datetime]


class Betaling(Base):
    __tablename__ = "betaling"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    bankafschrift: Mapped[uuid.UUID]
    volgnummer: Mapped[int]
    iban: Mapped[str] = mapped_column(doc="own account")
    bankreferentie: Mapped[str] = mapped_column(doc="unique per account, so that no receipt counts twice")
    boekdatum: Mapped[date] = mapped_column(doc="day on which the bank booked it")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    tegenrekening: Mapped[str | None]
    naam: Mapped[str | None] = mapped_column(doc="of the payer, as the bank gives it")
    kenmerk: Mapped[str | None] = mapped_column(doc="structured references, as the bank gives them")
    omschrijving: Mapped[str]
    factuur: Mapped[str | None] = mapped_column(doc="the invoice that it names")
    koppeling: Mapped[str | None] = mapped_column(doc="where it names it: betalingskenmerk or omschrijving")
    reden: Mapped[str | None] = mapped_column(doc="why not all of it is matched")


class Betalingstoewijzing(Base):
    """The part of a receipt that pays a line of an invoice."""

    __tablename__ = "betalingstoewijzing"

    betaling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    factuur: Mapped[str] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)


class Betalingstand(Base):
    """View: a receipt with the amount that has been matched."""

    __tablename__ = "betalingstand"

    betaling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    gekoppeld_cent: Mapped[int] = mapped_column(BigInteger)
