"""Tables of boekingen. Insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column


class Boeking(Base):
    __tablename__ = "boeking"
    __table_args__ = (UniqueConstraint("fonds", "bron", "pad"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"))
    boekdatum: Mapped[date] = mapped_column(doc="day that it counts for")
    geboekt_op: Mapped[datetime] = mapped_column(doc="moment at which it was stored")
    omschrijving: Mapped[str]
    bron: Mapped[str] = mapped_column(doc="source that keeps the document")
    pad: Mapped[str] = mapped_column(index=True, doc="path of the document at that source")
    storno_van: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("boeking.id"), doc="entry that this one reverses")
    vastgelegd_op: Mapped[datetime | None] = mapped_column(doc="the same moment by the database's clock; empty for the oldest")
    aantal_regels: Mapped[int] = mapped_column(doc="lines are numbered 1 to this; the database refuses any other set")


class Boekingsregel(Base):
    __tablename__ = "boekingsregel"
    __table_args__ = (
        ForeignKeyConstraint(["boeking", "fonds"], ["boeking.id", "boeking.fonds"]),  # kept by a trigger, as is the next
        ForeignKeyConstraint(["fonds", "rekening"], ["rekening.fonds", "rekening.nummer"]),
    )

    boeking: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    regelnummer: Mapped[int] = mapped_column(primary_key=True)
    fonds: Mapped[str]
    rekening: Mapped[str]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="debet positive, credit negative, never zero")
