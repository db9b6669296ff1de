"""Tables of the end of a year. A closed year never changes; what becomes of its resultaat changes until it is vastgesteld."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Jaarafsluiting(Base):
    __tablename__ = "jaarafsluiting"

    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"), primary_key=True)
    jaar: Mapped[int] = mapped_column(primary_key=True)
    baten_cent: Mapped[int] = mapped_column(BigInteger)
    lasten_cent: Mapped[int] = mapped_column(BigInteger)
    boeking: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("boeking.id"), doc="none when there was nothing to close")
    afgesloten_op: Mapped[datetime]


class Bestemming(Base):
    __tablename__ = "resultaatbestemming"
    __table_args__ = (ForeignKeyConstraint(["fonds", "jaar"], ["jaarafsluiting.fonds", "jaarafsluiting.jaar"]),)

    fonds: Mapped[str] = mapped_column(primary_key=True)
    jaar: Mapped[int] = mapped_column(primary_key=True)
    uitkeren_cent: Mapped[int] = mapped_column(BigInteger, doc="to the participants")
    reserve_cent: Mapped[int] = mapped_column(BigInteger, doc="to the reserve; below zero when it pays a shortage")
    bron: Mapped[str]
    pad: Mapped[str] = mapped_column(doc="path of the decision at catalogus")
    status: Mapped[str] = mapped_column(doc="aangevraagd, vastgesteld or geweigerd")
    aangevraagd_op: Mapped[datetime]
    boekdatum: Mapped[date]
    vastgesteld_op: Mapped[datetime | None]
    boeking: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("boeking.id"))
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), doc="why it is geweigerd")


class Uitkering(Base):
    __tablename__ = "resultaatuitkering"
    __table_args__ = (ForeignKeyConstraint(["fonds", "jaar"], ["resultaatbestemming.fonds", "resultaatbestemming.jaar"]),)

    fonds: Mapped[str] = mapped_column(primary_key=True)
    jaar: Mapped[int] = mapped_column(primary_key=True)
    gemeentecode: Mapped[str] = mapped_column(primary_key=True)
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
