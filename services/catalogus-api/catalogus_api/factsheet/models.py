"""Table of factsheets: insert only. A trigger numbers nothing, but refuses a version that does not follow the one before."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Factsheet(Base):
    __tablename__ = "factsheet"

    voorziening: Mapped[str] = mapped_column(ForeignKey("voorziening.code"), primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    naam: Mapped[str] = mapped_column(doc="of the voorziening, as it was called then: a page stays what it was")
    datum: Mapped[date] = mapped_column(doc="what it says is as of this day")
    publicatiestatus: Mapped[str]
    ontwikkeld_door: Mapped[str | None]
    wat_is_het: Mapped[str | None]
    wie_gebruikt_het: Mapped[str | None]
    implementatie_it: Mapped[str | None]
    implementatie_werkproces: Mapped[str | None]
    implementatie_veranderkundig: Mapped[str | None]
    implementatie_personeel: Mapped[str | None]
    kosten_en_besparing: Mapped[str | None]
    posten: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    bronvermelding: Mapped[str]
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[str | None] = mapped_column(doc="OIN of the peer; empty where it came with the product")
    vastgelegd_namens: Mapped[str | None] = mapped_column(doc="OIN on whose behalf")
