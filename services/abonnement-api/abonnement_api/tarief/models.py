"""Tables of tariefbesluiten. A decision is never edited; a later decision replaces it."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, Identity, Numeric
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
    indexering: Mapped[bool] = mapped_column(doc="whether it lets its prices be indexed every year")
    volgnummer: Mapped[int] = mapped_column(Identity(always=True), doc="in order of recording")
    vorige: Mapped[str | None] = mapped_column(doc="decision whose prices these are, indexed")
    grondslag: Mapped[str | None] = mapped_column(doc="decision that allows that")
    tariefindexatie: Mapped[uuid.UUID | None]


class Pakket(Base):
    __tablename__ = "pakket"

    tariefbesluit: Mapped[str] = mapped_column(ForeignKey("tariefbesluit.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    tarief_per_inwoner: Mapped[Decimal | None] = mapped_column(Numeric(9, 4), doc="euros; of the form per-inwoner")
    vorm: Mapped[str]
    eenheid: Mapped[str] = mapped_column(doc="what is counted")
    tarief: Mapped[Decimal | None] = mapped_column(Numeric(9, 4), doc="euros per verrichting")
    vast_bedrag: Mapped[Decimal | None] = mapped_column(Numeric(12, 4), doc="euros per year")
    eenmalig: Mapped[Decimal | None] = mapped_column(Numeric(12, 4), doc="euros, at the first time")
    minimum: Mapped[Decimal | None] = mapped_column(Numeric(12, 4), doc="euros per year")


class Pakketband(Base):
    """A class or slice of a price."""

    __tablename__ = "pakketband"

    tariefbesluit: Mapped[str] = mapped_column(primary_key=True)
    pakket: Mapped[str] = mapped_column(primary_key=True)
    nummer: Mapped[int] = mapped_column(primary_key=True)
    tot_en_met: Mapped[int | None] = mapped_column(BigInteger)
    tarief: Mapped[Decimal] = mapped_column(Numeric(9, 4))
    bedrag: Mapped[Decimal] = mapped_column(Numeric(12, 4))


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
