"""Tables of proposals. Insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, Identity
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Boekingsvoorstel(Base):
    __tablename__ = "boekingsvoorstel"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"))
    bron: Mapped[str]
    pad: Mapped[str]
    debet_cent: Mapped[int] = mapped_column(BigInteger, doc="sum of its debet lines")
    inhoud: Mapped[dict[str, Any]] = mapped_column(JSONB, doc="the entry, as it was sent")
    ingediend_op: Mapped[datetime]
    verloopt_op: Mapped[datetime]
    peer_id: Mapped[str] = mapped_column(doc="OIN of who proposed it")
    rol: Mapped[str]
    contract: Mapped[str] = mapped_column(doc="hash of the grant by which it was proposed")


class Afhandeling(Base):
    __tablename__ = "boekingsvoorstelafhandeling"

    voorstel: Mapped[uuid.UUID] = mapped_column(ForeignKey("boekingsvoorstel.id"), primary_key=True)
    uitkomst: Mapped[str]
    boeking: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("boeking.id"))
    naam: Mapped[str]
    reden: Mapped[str | None]
    op: Mapped[datetime]
    peer_id: Mapped[str]
    rol: Mapped[str]
    contract: Mapped[str]
