"""Tables of inkoopopgaven. One may change until it is gereed; what it holds never does."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Opgave(Base):
    __tablename__ = "inkoopopgave"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    deelnemer: Mapped[str] = mapped_column(doc="path of a gemeente or samenwerkingsverband in catalogus")
    peildatum: Mapped[date] = mapped_column(doc="day whose members and inhabitants these are")
    status: Mapped[str] = mapped_column(doc="aangevraagd, gereed or mislukt")
    aangevraagd_op: Mapped[datetime]
    gereed_op: Mapped[datetime | None]
    inwoners: Mapped[int | None] = mapped_column(BigInteger, doc="of all its gemeenten")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class Lid(Base):
    __tablename__ = "inkoopopgavelid"

    opgave: Mapped[uuid.UUID] = mapped_column(ForeignKey("inkoopopgave.id"), primary_key=True)
    gemeentecode: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    inwoners: Mapped[int]
