"""Tables of uitgaven. Insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column


class Uitgave(Base):
    __tablename__ = "uitgave"
    __table_args__ = (
        ForeignKeyConstraint(["verplichting", "jaar"], ["verplichtingsdeel.verplichting", "verplichtingsdeel.jaar"]),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    verplichting: Mapped[uuid.UUID]
    jaar: Mapped[int]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="without BTW")
    btw_cent: Mapped[int] = mapped_column(BigInteger)
    factuurnummer: Mapped[str] = mapped_column(doc="of the supplier")
    factuurdatum: Mapped[date]
    boekdatum: Mapped[date]
    omschrijving: Mapped[str]
    boeking: Mapped[uuid.UUID] = mapped_column(ForeignKey("boeking.id"))
    vastgelegd_op: Mapped[datetime]


class Betaling(Base):
    __tablename__ = "uitgavebetaling"

    uitgave: Mapped[uuid.UUID] = mapped_column(ForeignKey("uitgave.id"), primary_key=True)
    boekdatum: Mapped[date]
    boeking: Mapped[uuid.UUID] = mapped_column(ForeignKey("boeking.id"))
    vastgelegd_op: Mapped[datetime]


class Storno(Base):
    __tablename__ = "uitgavestorno"

    uitgave: Mapped[uuid.UUID] = mapped_column(ForeignKey("uitgave.id"), primary_key=True)
    boekdatum: Mapped[date]
    reden: Mapped[str]
    boeking: Mapped[uuid.UUID] = mapped_column(ForeignKey("boeking.id"))
    vastgelegd_op: Mapped[datetime]
