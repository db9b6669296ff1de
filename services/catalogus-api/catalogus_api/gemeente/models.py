"""Tables of gemeenten."""

from __future__ import annotations

from datetime import date

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Gemeente(Base):
    __tablename__ = "gemeente"

    code: Mapped[str] = mapped_column(primary_key=True, doc="CBS code, GM and four digits")
    naam: Mapped[str]
    provincie: Mapped[str]
    begindatum: Mapped[date | None] = mapped_column(doc="first day; empty when it existed before 2012")
    einddatum: Mapped[date | None] = mapped_column(doc="last day; empty while it exists")


class Herindeling(Base):
    __tablename__ = "herindeling"

    ingangsdatum: Mapped[date] = mapped_column(primary_key=True)
    oude_code: Mapped[str] = mapped_column(ForeignKey("gemeente.code"), primary_key=True)
    nieuwe_code: Mapped[str] = mapped_column(ForeignKey("gemeente.code"), primary_key=True)
    soort: Mapped[str]
    nieuw_ingesteld: Mapped[bool]
    grondslag: Mapped[str | None] = mapped_column(doc="URL of the act")


class Inwonertal(Base):
    __tablename__ = "inwonertal"

    gemeentecode: Mapped[str] = mapped_column(ForeignKey("gemeente.code"), primary_key=True)
    peildatum: Mapped[date] = mapped_column(primary_key=True)
    aantal: Mapped[int]
