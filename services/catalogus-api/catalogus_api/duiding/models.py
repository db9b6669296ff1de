"""Tables of the duiding: insert only. A change is a next version of a weging, or a new score."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Computed, FetchedValue, ForeignKey, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class _Vastgelegd:
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[str | None] = mapped_column(doc="OIN of the peer; empty where it came with the product")
    vastgelegd_namens: Mapped[str | None] = mapped_column(doc="OIN on whose behalf")


class Criterium(_Vastgelegd, Base):
    __tablename__ = "criterium"

    code: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    vraag: Mapped[str]
    laagste: Mapped[str | None] = mapped_column(doc="what the lowest score means; empty: it is described, not scored")
    hoogste: Mapped[str | None]
    soort: Mapped[str] = mapped_column(Computed("CASE WHEN laagste IS NULL THEN 'kenmerk' ELSE 'weging' END", persisted=True))
    bronvermelding: Mapped[str]
    citaat: Mapped[str | None]


class Weging(_Vastgelegd, Base):
    __tablename__ = "weging"

    code: Mapped[str] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    naam: Mapped[str]
    toelichting: Mapped[str]
    gewichten: Mapped[dict[str, Any]] = mapped_column(JSONB, doc="criterium to weight")


class Score(_Vastgelegd, Base):
    __tablename__ = "score"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, server_default=FetchedValue())
    voorziening: Mapped[str] = mapped_column(ForeignKey("voorziening.code"))
    criterium: Mapped[str] = mapped_column(ForeignKey("criterium.code"))
    soort: Mapped[str] = mapped_column(doc="of the criterium")
    waarde: Mapped[int | None] = mapped_column(SmallInteger)
    fase: Mapped[str | None]
    toelichting: Mapped[str]
