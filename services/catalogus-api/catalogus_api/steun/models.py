"""Table of steun."""

from __future__ import annotations

import uuid
from datetime import datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column


class Steun(Base):
    """Given once and withdrawn once, by trigger and by right. For an initiatief, or for a voorziening that came from none."""

    __tablename__ = "steun"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    initiatief: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("initiatief.id"))
    voorziening: Mapped[str | None] = mapped_column(ForeignKey("voorziening.code"))
    gemeentecode: Mapped[str] = mapped_column(ForeignKey("gemeente.code"))
    toelichting: Mapped[str | None]
    gegeven_op: Mapped[datetime]
    gegeven_door: Mapped[str | None] = mapped_column(doc="OIN of the peer")
    gegeven_namens: Mapped[str | None] = mapped_column(doc="OIN on whose behalf")
    ingetrokken_op: Mapped[datetime | None]
    ingetrokken_door: Mapped[str | None]
