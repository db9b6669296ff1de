"""Tables of peilingen. A peiling may change until it is gereed; what it holds never does."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Gemeentepeiling(Base):
    __tablename__ = "gemeentepeiling"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    peildatum: Mapped[date] = mapped_column(doc="day whose gemeenten and inhabitants these are")
    status: Mapped[str] = mapped_column(doc="aangevraagd, gereed or mislukt")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    aantal: Mapped[int | None]
    aangevraagd_op: Mapped[datetime]
    afgerond_op: Mapped[datetime | None]


class Gemeentepeilingregel(Base):
    __tablename__ = "gemeentepeilingregel"

    peiling: Mapped[uuid.UUID] = mapped_column(ForeignKey("gemeentepeiling.id"), primary_key=True)
    gemeentecode: Mapped[str] = mapped_column(primary_key=True)
    gemeentenaam: Mapped[str]
    inwoners: Mapped[int | None] = mapped_column(doc="null where catalogus has none of that day")
