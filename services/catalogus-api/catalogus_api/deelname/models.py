"""Tables of deelname. Its days follow from its steps, by trigger; the service can write neither conditions nor steps again."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import FetchedValue, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Deelnamevoorwaarden(Base):
    """Insert only."""

    __tablename__ = "deelnamevoorwaarden"

    voorziening: Mapped[str] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    vanaf: Mapped[date]
    einde: Mapped[bool] = mapped_column(doc="from then on nobody takes part")
    kosten: Mapped[str | None]
    opzegtermijn_maanden: Mapped[int | None]
    opzeggen_tegen: Mapped[str | None]
    uittreden: Mapped[str | None]
    kosten_vindplaats: Mapped[str | None] = mapped_column(doc="where the amount stands, such as a factsheet")
    bronvermelding: Mapped[str]
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[str | None]
    vastgelegd_namens: Mapped[str | None]


class Deelname(Base):
    __tablename__ = "deelname"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    voorziening: Mapped[str]
    gemeentecode: Mapped[str]
    inkoopgrond: Mapped[str]
    zichtbaarheid: Mapped[str]
    afkomstig_van: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("deelname.id"), doc="of a gemeente that ended")
    opvolger: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("deelname.id"), server_default=FetchedValue())
    versie: Mapped[int] = mapped_column(server_default=FetchedValue())
    voorwaarden_versie: Mapped[int | None] = mapped_column(server_default=FetchedValue())
    vanaf: Mapped[date]
    aangemeld_op: Mapped[date | None] = mapped_column(server_default=FetchedValue())
    implementatie_op: Mapped[date | None] = mapped_column(server_default=FetchedValue())
    gebruik_op: Mapped[date | None] = mapped_column(server_default=FetchedValue())
    tot: Mapped[date | None] = mapped_column(server_default=FetchedValue(), doc="first day on which it is no more")
    overgaat_op: Mapped[date | None] = mapped_column(server_default=FetchedValue(), doc="first day of `opvolger`")
    vastgelegd_op: Mapped[datetime]


class Deelnameovergang(Base):
    """Insert only."""

    __tablename__ = "deelnameovergang"

    deelname: Mapped[uuid.UUID] = mapped_column(ForeignKey("deelname.id"), primary_key=True)
    volgnummer: Mapped[int] = mapped_column(primary_key=True)
    naar: Mapped[str]
    datum: Mapped[date]
    einddatum: Mapped[date | None] = mapped_column(doc="last day, when it ends")
    voorwaarden_versie: Mapped[int | None] = mapped_column(doc="that were accepted")
    opvolger: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("deelname.id"))
    rol: Mapped[str] = mapped_column(doc="in which the peer acted")
    door: Mapped[str | None] = mapped_column(doc="OIN of the peer")
    namens: Mapped[str | None] = mapped_column(doc="OIN on whose behalf, by delegation")
    vastgelegd_op: Mapped[datetime]
