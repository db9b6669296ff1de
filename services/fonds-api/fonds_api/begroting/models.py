"""Tables of begrotingen. All but the aanvraag are insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Begroting(Base):
    __tablename__ = "begroting"
    __table_args__ = (UniqueConstraint("fonds", "jaar", "versie"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"))
    jaar: Mapped[int]
    versie: Mapped[int] = mapped_column(doc="1, 2 … per fonds and year; the database refuses a gap")
    soort: Mapped[str]
    eenheid_euro: Mapped[int] = mapped_column(doc="euros in one unit of its amounts")
    titel: Mapped[str]
    bronvermelding: Mapped[str]
    kenmerk: Mapped[str] = mapped_column(doc="SHA-256 of the file, hexadecimal")
    aantal_regels: Mapped[int] = mapped_column(doc="lines are numbered 1 to this; the database refuses any other set")
    onverklaard: Mapped[list[str]] = mapped_column(ARRAY(Text), doc="differences to be accepted before it can be adopted")
    ingelezen_op: Mapped[datetime]


class Begrotingsregel(Base):
    __tablename__ = "begrotingsregel"

    begroting: Mapped[uuid.UUID] = mapped_column(ForeignKey("begroting.id"), primary_key=True)
    regelnummer: Mapped[int] = mapped_column(primary_key=True, doc="in the order of the file")
    rij: Mapped[str]
    prioriteit: Mapped[str | None]
    budgetsoort: Mapped[str | None]
    omschrijving: Mapped[str]
    bedrag: Mapped[int] = mapped_column(BigInteger, doc="whole units, as the source prints them")
    pagina: Mapped[int | None]


class Aanvaarding(Base):
    __tablename__ = "begrotingsaanvaarding"

    begroting: Mapped[uuid.UUID] = mapped_column(ForeignKey("begroting.id"), primary_key=True)
    verschil: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str] = mapped_column(doc="who accepts it")
    reden: Mapped[str]
    aanvaard_op: Mapped[datetime]


class Vaststellingsaanvraag(Base):
    """Changes until the decision behind it is known to carry it."""

    __tablename__ = "vaststellingsaanvraag"

    begroting: Mapped[uuid.UUID] = mapped_column(ForeignKey("begroting.id"), primary_key=True)
    bron: Mapped[str] = mapped_column(doc="source that keeps the decision")
    pad: Mapped[str] = mapped_column(doc="path of the decision at that source")
    status: Mapped[str] = mapped_column(doc="aangevraagd, vastgesteld or geweigerd")
    aangevraagd_op: Mapped[datetime]
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), doc="why it is geweigerd")


class Vaststelling(Base):
    __tablename__ = "begrotingsvaststelling"

    begroting: Mapped[uuid.UUID] = mapped_column(ForeignKey("begroting.id"), primary_key=True)
    bron: Mapped[str] = mapped_column(doc="source that keeps the decision")
    pad: Mapped[str] = mapped_column(doc="path of the decision at that source")
    gremium: Mapped[str] = mapped_column(doc="who decided, as catalogus said")
    besloten_op: Mapped[date] = mapped_column(doc="day of the decision, as catalogus said")
    vastgesteld_op: Mapped[datetime] = mapped_column(doc="moment at which it was recorded here")
