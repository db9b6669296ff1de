"""Tables of how documents get to gemeenten. Insert only; what becomes of a document is a row for each step."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Bezorgwijze(Base):
    __tablename__ = "bezorgwijze"

    gemeentecode: Mapped[str] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    vanaf: Mapped[date] = mapped_column(doc="first day on which it counts")
    wijze: Mapped[str] = mapped_column(doc="ophalen, email or toegangspunt")
    vastgelegd_op: Mapped[datetime]


class Bezorgstap(Base):
    __tablename__ = "bezorgstap"

    nummer: Mapped[str] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(primary_key=True)
    stap: Mapped[str] = mapped_column(doc="aangeboden, bezorgd, geweigerd or opnieuw")
    wijze: Mapped[str]
    bericht: Mapped[uuid.UUID] = mapped_column(doc="identifies the attempt; of opnieuw the next one")
    kenmerk: Mapped[str | None] = mapped_column(doc="what who delivers calls it")
    reden: Mapped[str | None] = mapped_column(doc="why it was refused, or is sent again")
    rol: Mapped[str | None] = mapped_column(doc="who said so; empty for the service's own job")
    peer_id: Mapped[str | None]
    op: Mapped[datetime]


class Bezorgstand(Base):
    """View: every invoice and credit note with where it is; `gekozen` is the way of its last step."""

    __tablename__ = "bezorgstand"

    nummer: Mapped[str] = mapped_column(primary_key=True)
    soort: Mapped[str]
    jaar: Mapped[int]
    gemeentecode: Mapped[str]
    betaler: Mapped[str | None] = mapped_column(doc="who pays for the gemeente, and gets the document")
    datum: Mapped[date]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str]
    ubl_sha256: Mapped[str | None]
    opgemaakt_op: Mapped[datetime | None]
    fouten: Mapped[list[Any]] = mapped_column(JSONB)
    volgnummer: Mapped[int]
    gekozen: Mapped[str | None]
    bericht: Mapped[uuid.UUID | None]
    sinds: Mapped[datetime | None]
