"""Tables of statements and receipts. Insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Identity, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Bankafschrift(Base):
    __tablename__ = "bankafschrift"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), doc="order in which they came")
    iban: Mapped[str]
    afschriftnummer: Mapped[str] = mapped_column(doc="what the bank calls it; it may come back")
    vingerafdruk: Mapped[bytes] = mapped_column(LargeBinary)
    beginsaldo_cent: Mapped[int] = mapped_column(BigInteger)
    eindsaldo_cent: Mapped[int] = mapped_column(BigInteger)
    begindag: Mapped[date | None] = mapped_column(doc="of the opening balance; null where the bank gave none, and in older rows")
    einddag: Mapped[date | None] = mapped_column(doc="of the closing balance; null likewise")
    volgens_bank_cent: Mapped[int | None] = mapped_column(
        BigInteger, doc="receipts that no earlier statement covers, by the bank's own figures; null in older rows"
    )
    formaat: Mapped[str | None] = mapped_column(doc="camt.053 or mt940; null in older rows, of which debits were not kept")
    reeksnummer: Mapped[int | None] = mapped_column(BigInteger, doc="by which the bank counts; null when it does not count")
    pagina: Mapped[int | None] = mapped_column(BigInteger)
    onverklaard_cent: Mapped[int] = mapped_column(BigInteger, doc="change of balance that its posts do not explain")
    opmerkingen: Mapped[list[Any]] = mapped_column(JSONB, doc="what is odd about it")
    al_bekend: Mapped[int] = mapped_column(doc="posts that an earlier statement had already")
    ingelezen_op: Mapped[datetime]


class Betaling(Base):
    __tablename__ = "betaling"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    bankafschrift: Mapped[uuid.UUID]
    volgnummer: Mapped[int]
    iban: Mapped[str] = mapped_column(doc="own account")
    bankreferentie: Mapped[str | None] = mapped_column(doc="null where the bank gives none, or the same to several posts")
    boekdatum: Mapped[date] = mapped_column(doc="day on which the bank booked it")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    tegenrekening: Mapped[str | None]
    naam: Mapped[str | None] = mapped_column(doc="of the payer, as the bank gives it")
    kenmerk: Mapped[str | None] = mapped_column(doc="structured references, as the bank gives them")
    omschrijving: Mapped[str]
    factuur: Mapped[str | None] = mapped_column(doc="the invoice that it names")
    koppeling: Mapped[str | None] = mapped_column(doc="where it names it: betalingskenmerk or omschrijving")
    reden: Mapped[str | None] = mapped_column(doc="why not all of it was matched when it was read")
    eindnaareind: Mapped[str | None] = mapped_column(doc="EndToEndId of the payer")
    opdracht: Mapped[str | None]
    saldo_voor_cent: Mapped[int | None] = mapped_column(BigInteger, doc="balance just before it; null in older rows")
    soort: Mapped[str] = mapped_column(doc="gewoon, retour or kosten")
    twijfel: Mapped[str | None] = mapped_column(doc="why it may be the same as another")


class Afschrijving(Base):
    """Money that left the account."""

    __tablename__ = "afschrijving"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    bankafschrift: Mapped[uuid.UUID]
    volgnummer: Mapped[int]
    iban: Mapped[str] = mapped_column(doc="own account")
    bankreferentie: Mapped[str | None]
    boekdatum: Mapped[date]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="positive")
    tegenrekening: Mapped[str | None]
    naam: Mapped[str | None]
    kenmerk: Mapped[str | None]
    omschrijving: Mapped[str]
    eindnaareind: Mapped[str | None]
    opdracht: Mapped[str | None] = mapped_column(doc="PmtInfId of the order of ours that it carries out")
    saldo_voor_cent: Mapped[int] = mapped_column(BigInteger)
    soort: Mapped[str]
    twijfel: Mapped[str | None]


class Koppeling(Base):
    """What happened to a receipt after its statement was read: matched, undone, returned or refunded."""

    __tablename__ = "koppeling"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), doc="order in which they came")
    betaling: Mapped[uuid.UUID]
    soort: Mapped[str]
    datum: Mapped[date] = mapped_column(doc="boekdatum, and from when it is distributed")
    afschrijving: Mapped[uuid.UUID | None] = mapped_column(doc="the debit by which it came back")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="what of that debit concerns this receipt")
    toelichting: Mapped[str | None]
    vastgelegd_op: Mapped[datetime]


class Betalingstoewijzing(Base):
    """The part of a receipt that pays a line of an invoice; negative where a koppeling takes it back."""

    __tablename__ = "betalingstoewijzing"

    betaling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    factuur: Mapped[str] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    koppeling: Mapped[uuid.UUID] = mapped_column(primary_key=True, doc="zero for what was matched when it was read")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)


class Betalingstand(Base):
    """View: a receipt with the amount that has been matched."""

    __tablename__ = "betalingstand"

    betaling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    gekoppeld_cent: Mapped[int] = mapped_column(BigInteger)
    terug_cent: Mapped[int] = mapped_column(BigInteger, doc="what was returned or refunded")


class Afschrijvingstand(Base):
    """View: a debit with the amount that receipts explain."""

    __tablename__ = "afschrijvingstand"

    afschrijving: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    verklaard_cent: Mapped[int] = mapped_column(BigInteger)
