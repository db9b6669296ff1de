"""Tables of indexatie. Insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, Identity, Numeric, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

_PROCENT = Numeric(8, 4)
_EURO = Numeric(23, 10)


class Indexreeks(Base):
    __tablename__ = "indexreeks"

    code: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    uitgever: Mapped[str]
    onderwerp: Mapped[str]
    maat: Mapped[str] = mapped_column(doc="niveau or mutatie (percent)")
    bronvermelding: Mapped[str]
    vastgelegd_op: Mapped[datetime]


class Indexcijfer(Base):
    __tablename__ = "indexcijfer"
    __table_args__ = (UniqueConstraint("reeks", "periode", "versie"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    reeks: Mapped[str] = mapped_column(ForeignKey("indexreeks.code"))
    periode: Mapped[str] = mapped_column(doc="year, or year and month")
    versie: Mapped[int] = mapped_column(doc="1, 2 … per series and period; a better figure is the next")
    stand: Mapped[str]
    waarde: Mapped[Decimal] = mapped_column(Numeric(20, 10), doc="level, or percent")
    publicatie: Mapped[str]
    gepubliceerd_op: Mapped[date]
    vindplaats: Mapped[str] = mapped_column(doc="page or address")
    toelichting: Mapped[str | None]
    vastgelegd_op: Mapped[datetime]


class Indexclausule(Base):
    __tablename__ = "indexclausule"

    code: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    bronvermelding: Mapped[str]
    tekst: Mapped[str] = mapped_column(doc="what the regulation says")
    aantal_onderdelen: Mapped[int]
    doel_jaren_terug: Mapped[int]
    doel_maand: Mapped[int | None]
    basis_jaren_terug: Mapped[int | None]
    basis_maand: Mapped[int | None]
    opslag: Mapped[Decimal] = mapped_column(_PROCENT, doc="percentage points")
    plafond: Mapped[Decimal | None] = mapped_column(_PROCENT)
    bodem: Mapped[Decimal | None] = mapped_column(_PROCENT)
    percentage_decimalen: Mapped[int]
    percentage_afronding: Mapped[str]
    keten_decimalen: Mapped[int] = mapped_column(doc="of euros, with which the next year goes on")
    keten_afronding: Mapped[str]
    prijs_decimalen: Mapped[int] = mapped_column(doc="of euros that are paid")
    prijs_afronding: Mapped[str]
    nacalculatie: Mapped[str]
    nacalculatie_jaren: Mapped[int]
    aankondigen_voor: Mapped[str | None] = mapped_column(doc="month and day in the year before")
    vastgelegd_op: Mapped[datetime]


class Clausuleonderdeel(Base):
    __tablename__ = "indexclausuleonderdeel"

    clausule: Mapped[str] = mapped_column(ForeignKey("indexclausule.code"), primary_key=True)
    nummer: Mapped[int] = mapped_column(primary_key=True)
    reeks: Mapped[str] = mapped_column(ForeignKey("indexreeks.code"))
    aandeel: Mapped[Decimal] = mapped_column(_PROCENT)


class Indexatie(Base):
    __tablename__ = "indexatie"
    __table_args__ = (UniqueConstraint("clausule", "jaar", "versie"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    clausule: Mapped[str] = mapped_column(ForeignKey("indexclausule.code"))
    jaar: Mapped[int]
    versie: Mapped[int]
    stand: Mapped[str] = mapped_column(doc="definitief when all its figures are")
    percentage: Mapped[Decimal] = mapped_column(Numeric(15, 8))
    aangekondigd_op: Mapped[date]
    aantal_gegevens: Mapped[int]
    stappen: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    vastgelegd_op: Mapped[datetime]


class Indexatiegegeven(Base):
    """The figures that an indexatie takes of a series, for its own year or for an earlier one that it settles."""

    __tablename__ = "indexatiegegeven"

    indexatie: Mapped[uuid.UUID] = mapped_column(ForeignKey("indexatie.id"), primary_key=True)
    nummer: Mapped[int] = mapped_column(primary_key=True)
    over_jaar: Mapped[int]
    reeks: Mapped[str]
    doel: Mapped[uuid.UUID] = mapped_column(ForeignKey("indexcijfer.id"))
    basis: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("indexcijfer.id"))
    oud_doel: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("indexcijfer.id"), doc="that was used before, of an earlier year"
    )
    oud_basis: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("indexcijfer.id"))


class Indexatietoepassing(Base):
    __tablename__ = "indexatietoepassing"
    __table_args__ = (UniqueConstraint("bron", "pad", "indexatie"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    bron: Mapped[str] = mapped_column(doc="source of what is indexed")
    pad: Mapped[str] = mapped_column(doc="path of it at that source")
    indexatie: Mapped[uuid.UUID] = mapped_column(ForeignKey("indexatie.id"))
    jaar: Mapped[int]
    vorige: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("indexatietoepassing.id"))
    oud: Mapped[Decimal] = mapped_column(_EURO)
    nieuw: Mapped[Decimal] = mapped_column(_EURO)
    prijs: Mapped[Decimal] = mapped_column(_EURO)
    stappen: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    vastgelegd_op: Mapped[datetime]
