"""Tables of peilingen. A peiling may change until it is gereed; what it holds never does."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Peiling(Base):
    __tablename__ = "peiling"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    indeling: Mapped[date] = mapped_column(doc="day whose gemeenten these are")
    peildatum: Mapped[date] = mapped_column(doc="day whose inhabitants these are")
    compensatie_jaren: Mapped[int] = mapped_column(doc="years of herindelingen of which the predecessors were asked for")
    status: Mapped[str] = mapped_column(doc="aangevraagd, gereed or mislukt")
    aangevraagd_op: Mapped[datetime]
    gereed_op: Mapped[datetime | None]
    aantal: Mapped[int | None]
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class Peilinggemeente(Base):
    __tablename__ = "peilinggemeente"

    peiling: Mapped[uuid.UUID] = mapped_column(ForeignKey("peiling.id"), primary_key=True)
    gemeentecode: Mapped[str] = mapped_column(primary_key=True)
    gemeentenaam: Mapped[str]
    inwoners: Mapped[int]
    inwonerstatus: Mapped[str | None] = mapped_column(doc="voorlopig or definitief, where the source says")
    voorgangers: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, doc="code, naam, inwoners, peildatum of each")
