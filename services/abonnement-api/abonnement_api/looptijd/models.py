"""Table of decisions that let subscriptions go on."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import FetchedValue
from sqlalchemy.orm import Mapped, mapped_column


class Verlenging(Base):
    """What became of each subscription is in its own events."""

    __tablename__ = "verlenging"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(FetchedValue())
    lopend_tot_en_met: Mapped[date]
    tot_en_met: Mapped[date]
    gremium: Mapped[str]
    datum: Mapped[date]
    bron: Mapped[str]
    aantal: Mapped[int]
    vastgelegd_op: Mapped[datetime]
