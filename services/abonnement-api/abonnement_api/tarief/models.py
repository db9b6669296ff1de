"""Tables of tariefbesluiten. A decision is never edited; a later decision replaces it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column


class Tariefbesluit(Base):
    __tablename__ = "tariefbesluit"

    id: Mapped[str] = mapped_column(primary_key=True)
    datum: Mapped[date] = mapped_column(doc="day on which the gremium decided")
    gremium: Mapped[str]
    omschrijving: Mapped[str]
    bronvermelding: Mapped[str]
    prijspeil: Mapped[int] = mapped_column(doc="year of the prices it is based on")
    eerste_jaar: Mapped[int] = mapped_column(doc="first year that it may be invoiced for")
    laatste_jaar: Mapped[int]


class Pakket(Base):
    __tablename__ = "pakket"

    tariefbesluit: Mapped[str] = mapped_column(ForeignKey("tariefbesluit.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    tarief_per_inwoner: Mapped[Decimal] = mapped_column(Numeric(9, 4), doc="euros")


class Pakketdienst(Base):
    __tablename__ = "pakketdienst"

    tariefbesluit: Mapped[str] = mapped_column(primary_key=True)
    pakket: Mapped[str] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)


class Verdeelsleutel(Base):
    __tablename__ = "verdeelsleutel"

    tariefbesluit: Mapped[str] = mapped_column(ForeignKey("tariefbesluit.id"), primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    gewicht: Mapped[Decimal] = mapped_column(Numeric(12, 4))
