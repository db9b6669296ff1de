"""Table of impactanalyses: insert only, by trigger and by right."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Impactanalyse(Base):
    __tablename__ = "impactanalyse"

    voorziening: Mapped[str] = mapped_column(ForeignKey("voorziening.code"), primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    datum: Mapped[date]
    pilots: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid))
    it: Mapped[dict[str, Any]] = mapped_column(JSONB)
    werkproces: Mapped[dict[str, Any]] = mapped_column(JSONB)
    veranderkundig: Mapped[dict[str, Any]] = mapped_column(JSONB)
    personeel: Mapped[dict[str, Any]] = mapped_column(JSONB)
    kosten_eenmalig_cent: Mapped[int | None] = mapped_column(BigInteger)
    kosten_per_jaar_cent: Mapped[int | None] = mapped_column(BigInteger)
    baten_per_jaar_cent: Mapped[int | None] = mapped_column(BigInteger)
    kosten_en_baten: Mapped[str]
    conclusie: Mapped[str]
    onderbouwing: Mapped[str]
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[str | None] = mapped_column(doc="OIN of the peer")
    vastgelegd_namens: Mapped[str | None] = mapped_column(doc="OIN on whose behalf")
