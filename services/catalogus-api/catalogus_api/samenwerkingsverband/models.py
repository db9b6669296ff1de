"""Tables of samenwerkingsverbanden."""

from __future__ import annotations

from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Samenwerkingsverband(Base):
    __tablename__ = "samenwerkingsverband"

    code: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    vastgelegd_op: Mapped[datetime]


class Lidmaatschap(Base):
    """Begins once and ends once, by trigger and by right. A gemeente that ends is a member no more, whatever stands here."""

    __tablename__ = "lidmaatschap"

    verband: Mapped[str] = mapped_column(ForeignKey("samenwerkingsverband.code"), primary_key=True)
    gemeentecode: Mapped[str] = mapped_column(ForeignKey("gemeente.code"), primary_key=True)
    vanaf: Mapped[date] = mapped_column(primary_key=True, doc="first day")
    tot_en_met: Mapped[date | None] = mapped_column(doc="last day; empty while it goes on")
