"""Tables of afrekeningen. Insert only."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Afrekening(Base):
    __tablename__ = "afrekening"

    id: Mapped[str] = mapped_column(primary_key=True, doc="round and number, e.g. ggu-2020-1")
    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"))
    ronde: Mapped[str] = mapped_column(ForeignKey("bijdrageronde.id"))
    nummer: Mapped[int]
    peiling: Mapped[uuid.UUID] = mapped_column(ForeignKey("peiling.id"))
    datum: Mapped[date]
    omschrijving: Mapped[str]
    aantal: Mapped[int]
    totaal_cent: Mapped[int] = mapped_column(BigInteger, doc="what the round should have been")
    verschil_cent: Mapped[int] = mapped_column(BigInteger, doc="still to be charged, all together")
    opbrengst_cent: Mapped[int] = mapped_column(BigInteger, doc="booked from 1310 to 8000")
    vastgesteld_op: Mapped[datetime]


class Afrekeningregel(Base):
    __tablename__ = "afrekeningregel"

    afrekening: Mapped[str] = mapped_column(ForeignKey("afrekening.id"), primary_key=True)
    regelnummer: Mapped[int] = mapped_column(primary_key=True)
    gemeentecode: Mapped[str]
    gemeentenaam: Mapped[str]
    inwoners_eerst: Mapped[int] = mapped_column(doc="of the bijdrage")
    inwoners: Mapped[int] = mapped_column(doc="of the peiling")
    inwonerstatus: Mapped[str | None]
    bruto_cent: Mapped[int] = mapped_column(BigInteger)
    compensatie_cent: Mapped[int] = mapped_column(BigInteger)
    voorgangers: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="what it should have been")
    berekend_cent: Mapped[int] = mapped_column(BigInteger, doc="the terms and earlier settlements together")
    verschil_cent: Mapped[int] = mapped_column(BigInteger)
