"""Tables of nota's, and of what pays them: receipts, and other nota's. Insert only."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Nota(Base):
    __tablename__ = "nota"

    id: Mapped[str] = mapped_column(primary_key=True, doc="fonds, year and number, e.g. ggu-2020-00001")
    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"))
    jaar: Mapped[int] = mapped_column(doc="of its date")
    nummer: Mapped[int] = mapped_column(doc="1, 2 … per fonds and year; the database refuses a gap")
    soort: Mapped[str] = mapped_column(doc="nota or creditnota")
    gemeentecode: Mapped[str]
    gemeentenaam: Mapped[str]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="positive to pay, negative to get back")
    tegenrekening: Mapped[str] = mapped_column(doc="8000, or 1310 for advances and settlements")
    datum: Mapped[date]
    vervaldatum: Mapped[date]
    omschrijving: Mapped[str]
    ronde: Mapped[str | None] = mapped_column(ForeignKey("bijdrageronde.id"))
    termijn: Mapped[int | None]
    afrekening: Mapped[str | None] = mapped_column(ForeignKey("afrekening.id"))
    betreft: Mapped[str | None] = mapped_column(ForeignKey("nota.id"), doc="the nota that it credits")
    reden: Mapped[str | None]
    gemaakt_op: Mapped[datetime]


class Toerekening(Base):
    __tablename__ = "toerekening"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    ontvangst: Mapped[uuid.UUID] = mapped_column(ForeignKey("ontvangst.id"))
    nota: Mapped[str] = mapped_column(ForeignKey("nota.id"))
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    toegerekend_op: Mapped[datetime]


class Verrekening(Base):
    __tablename__ = "notaverrekening"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"))
    gemeentecode: Mapped[str]
    van: Mapped[str] = mapped_column(ForeignKey("nota.id"), doc="has something to get back")
    met: Mapped[str] = mapped_column(ForeignKey("nota.id"), doc="is paid with it")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="negative in the row that undoes another")
    reden: Mapped[str]
    herroept: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("notaverrekening.id"), unique=True, doc="the row that it mirrors"
    )
    vastgelegd_op: Mapped[datetime]
