"""Tables of pilots. A version never changes; a pilot only says which of its versions holds."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, Identity, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column


class Pilot(Base):
    __tablename__ = "pilot"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    voorziening: Mapped[str] = mapped_column(ForeignKey("voorziening.code"))
    versie: Mapped[int] = mapped_column(doc="that holds now; only ever the next")


class PilotVersie(Base):
    __tablename__ = "pilot_versie"

    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pilot.id", deferrable=True, initially="DEFERRED"), primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    naam: Mapped[str]
    doel: Mapped[str]
    begin: Mapped[date] = mapped_column(doc="first day, planned until it runs")
    eind: Mapped[date] = mapped_column(doc="last day, planned until it is over")
    status: Mapped[str]
    geslaagd: Mapped[bool | None] = mapped_column(doc="of a pilot that is over")
    resultaat: Mapped[str | None]
    lessen: Mapped[list[str]] = mapped_column(ARRAY(Text))
    reden: Mapped[str | None] = mapped_column(doc="why it was broken off")
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[str | None] = mapped_column(doc="OIN of the peer")
    vastgelegd_namens: Mapped[str | None] = mapped_column(doc="OIN on whose behalf")


class PilotDeelnemer(Base):
    """Joins once and leaves once; who comes back has a second row."""

    __tablename__ = "pilot_deelnemer"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    pilot: Mapped[uuid.UUID] = mapped_column(ForeignKey("pilot.id"))
    gemeentecode: Mapped[str] = mapped_column(ForeignKey("gemeente.code"))
    toegetreden_op: Mapped[datetime]
    toegetreden_door: Mapped[str | None] = mapped_column(doc="OIN of the peer")
    toegetreden_namens: Mapped[str | None] = mapped_column(doc="OIN on whose behalf")
    uitgetreden_op: Mapped[datetime | None]
    uitgetreden_door: Mapped[str | None]
