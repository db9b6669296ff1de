"""Tables of mijlpalen. A version never changes; a mijlpaal only says which of its versions holds."""

from __future__ import annotations

from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column


class Mijlpaal(Base):
    __tablename__ = "mijlpaal"

    id: Mapped[str] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(doc="that holds now; only ever the next")


class MijlpaalVersie(Base):
    __tablename__ = "mijlpaal_versie"

    id: Mapped[str] = mapped_column(ForeignKey("mijlpaal.id", deferrable=True, initially="DEFERRED"), primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    naam: Mapped[str]
    voorziening: Mapped[str | None] = mapped_column(ForeignKey("voorziening.code"), index=True)
    soort: Mapped[str]
    begin: Mapped[date] = mapped_column(doc="first day that it can be")
    eind: Mapped[date] = mapped_column(doc="last day that it can be, or of the phase")
    nauwkeurigheid: Mapped[str]
    status: Mapped[str]
    publicatiestatus: Mapped[str]
    omschrijving: Mapped[str]
    bronvermelding: Mapped[str]
    afhankelijk_van: Mapped[list[str]] = mapped_column(ARRAY(Text))
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[str | None] = mapped_column(doc="peer; empty for what was read from bron/")
