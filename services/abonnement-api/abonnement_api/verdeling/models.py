"""Tables of distributions. Insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column


class Verdeling(Base):
    __tablename__ = "verdeling"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), doc="order in which they came")
    tot: Mapped[date] = mapped_column(doc="last day of the receipts in it, and boekdatum")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    vastgesteld_op: Mapped[datetime]


class Verdelingsregel(Base):
    __tablename__ = "verdelingsregel"

    verdeling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    aanbieder: Mapped[str]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)


class VerdeeldeToewijzing(Base):
    """The part of a receipt that a distribution took; the primary key prevents that it is taken twice."""

    __tablename__ = "verdeelde_toewijzing"

    betaling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    factuur: Mapped[str] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    koppeling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    verdeling: Mapped[uuid.UUID]


class Toewijzingstand(Base):
    """View: the part of a receipt that pays a line, and the distribution that took it, if any."""

    __tablename__ = "toewijzingstand"

    betaling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    factuur: Mapped[str] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    koppeling: Mapped[uuid.UUID] = mapped_column(primary_key=True, doc="zero for what was matched when it was read")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="negative for what is taken back")
    boekdatum: Mapped[date] = mapped_column(doc="of the receipt, or of what was done with it later")
    jaar: Mapped[int] = mapped_column(doc="of the invoice")
    verdeling: Mapped[uuid.UUID | None]
