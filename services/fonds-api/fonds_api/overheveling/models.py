"""Table of overhevelingen. One changes until it is vastgesteld; a trigger then moves the budget."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Overheveling(Base):
    __tablename__ = "overheveling"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"))
    jaar: Mapped[int] = mapped_column(doc="from this year to the next")
    prioriteit: Mapped[str] = mapped_column(doc="empty for BTW")
    budgetsoort: Mapped[str]
    verplichting: Mapped[uuid.UUID | None] = mapped_column(doc="of which the rest goes along")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="of the post")
    btw_cent: Mapped[int] = mapped_column(BigInteger, doc="of the BTW line; only with a verplichting")
    reden: Mapped[str]
    bron: Mapped[str]
    pad: Mapped[str] = mapped_column(doc="path of the decision at catalogus")
    status: Mapped[str] = mapped_column(doc="aangevraagd, vastgesteld or geweigerd")
    aangevraagd_op: Mapped[datetime]
    vastgesteld_op: Mapped[datetime | None]
    boeking: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("boeking.id"), doc="into the reserve, on the last day of the year"
    )
    onttrekking: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("boeking.id"), doc="out of it, on the first day of the next")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), doc="why it is geweigerd")
