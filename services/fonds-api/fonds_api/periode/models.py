"""Tables of periods. Steps are insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column


class Periode(Base):
    __tablename__ = "periode"

    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"), primary_key=True)
    tot_en_met: Mapped[date] = mapped_column(primary_key=True, doc="last day; it begins after the period before")
    status: Mapped[str] = mapped_column(default="open")
    versie: Mapped[int] = mapped_column(default=1, doc="1, and one more with each step")


class Periodestap(Base):
    __tablename__ = "periodestap"
    __table_args__ = (ForeignKeyConstraint(["fonds", "tot_en_met"], ["periode.fonds", "periode.tot_en_met"]),)

    fonds: Mapped[str] = mapped_column(primary_key=True)
    tot_en_met: Mapped[date] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True, doc="of the period, that the step made")
    naar: Mapped[str]
    naam: Mapped[str] = mapped_column(doc="who decides it")
    reden: Mapped[str | None] = mapped_column(doc="always there where it opens again")
    op: Mapped[datetime]
    peer_id: Mapped[str | None]
