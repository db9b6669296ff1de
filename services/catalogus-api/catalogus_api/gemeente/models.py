"""Tables of gemeenten."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column


class Gemeente(Base):
    __tablename__ = "gemeente"

    code: Mapped[str] = mapped_column(primary_key=True, doc="CBS code, GM and four digits")
    naam: Mapped[str]
    provincie: Mapped[str]
    begindatum: Mapped[date | None] = mapped_column(doc="first day; empty when it existed before 2012")
    einddatum: Mapped[date | None] = mapped_column(doc="last day; empty while it exists")
    wijziging: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("indelingswijziging.id"), doc="that began, ended or named it last; empty: it is as the files say"
    )


class Identificatie(Base):
    __tablename__ = "identificatie"

    gemeentecode: Mapped[str] = mapped_column(ForeignKey("gemeente.code"), primary_key=True)
    soort: Mapped[str] = mapped_column(primary_key=True, doc="tooi, rsin or oin")
    waarde: Mapped[str]
    bron: Mapped[str]
    datum: Mapped[date] = mapped_column(doc="day on which the source said so")
    vastgelegd_op: Mapped[datetime | None] = mapped_column(doc="empty for what came from the files")


class Indelingswijziging(Base):
    """A change of the indeling as one operation; insert only, by trigger and by right."""

    __tablename__ = "indelingswijziging"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    ingangsdatum: Mapped[date]
    grondslag: Mapped[str | None] = mapped_column(doc="URL of the act")
    peildatum: Mapped[date | None] = mapped_column(doc="of the inhabitants that its herindelingen name")
    vastgelegd_op: Mapped[datetime]


class Herindeling(Base):
    __tablename__ = "herindeling"

    ingangsdatum: Mapped[date] = mapped_column(primary_key=True)
    oude_code: Mapped[str] = mapped_column(ForeignKey("gemeente.code"), primary_key=True)
    nieuwe_code: Mapped[str] = mapped_column(ForeignKey("gemeente.code"), primary_key=True)
    soort: Mapped[str]
    nieuw_ingesteld: Mapped[bool]
    grondslag: Mapped[str | None] = mapped_column(doc="URL of the act")
    inwoners: Mapped[int | None] = mapped_column(doc="that went over, at the peildatum of the wijziging")
    wijziging: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("indelingswijziging.id"), doc="empty: it came from the files")
    rechtsopvolger: Mapped[bool | None] = mapped_column(doc="whether rights and duties go here; empty where nobody said so")


class Gemeentenaam(Base):
    """A name that a gemeente had; the one that it has is its own."""

    __tablename__ = "gemeentenaam"

    gemeentecode: Mapped[str] = mapped_column(ForeignKey("gemeente.code"), primary_key=True)
    tot_en_met: Mapped[date] = mapped_column(primary_key=True, doc="last day")
    naam: Mapped[str]
    wijziging: Mapped[uuid.UUID] = mapped_column(ForeignKey("indelingswijziging.id"), doc="that ended it")


class Inwonertal(Base):
    """The figure that holds now; a trigger keeps the one before."""

    __tablename__ = "inwonertal"

    gemeentecode: Mapped[str] = mapped_column(ForeignKey("gemeente.code"), primary_key=True)
    peildatum: Mapped[date] = mapped_column(primary_key=True)
    aantal: Mapped[int]
    status: Mapped[str | None] = mapped_column(doc="voorlopig or definitief; empty where the source does not say")
    vastgelegd_op: Mapped[datetime | None] = mapped_column(doc="empty for what was loaded before this was kept")
    bestand: Mapped[str | None] = mapped_column(doc="SHA-256 of the file that was sent; empty: it came with the release")


class EerderInwonertal(Base):
    """A figure that was corrected; written by the trigger alone."""

    __tablename__ = "inwonertal_eerder"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    gemeentecode: Mapped[str]
    peildatum: Mapped[date]
    aantal: Mapped[int]
    status: Mapped[str | None]
    vastgelegd_op: Mapped[datetime | None]
    bestand: Mapped[str | None]
    vervangen_op: Mapped[datetime]
