"""Table of events. Insert only; the database gives each its number at the commit."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, FetchedValue, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

BLOK = 10_000


class Gebeurtenis(Base):
    __tablename__ = "gebeurtenis"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int | None] = mapped_column(
        BigInteger, server_default=FetchedValue(), unique=True, doc="in the order of the commits; empty until the commit"
    )
    type: Mapped[str]
    onderwerp: Mapped[str] = mapped_column(doc="path of what changed")
    tijd: Mapped[datetime] = mapped_column(doc="by the service's clock")
    data: Mapped[dict[str, Any]] = mapped_column(JSONB, doc="what changed in it, as in the audit row")
    zichtbaar_voor: Mapped[list[str]] = mapped_column(ARRAY(Text), doc="labels of toegang.py; empty: catalogusbeheer alone")


class Gebeurtenistelling(Base):
    """How many events there are of a type with these labels, of each block of numbers. Kept by the trigger that numbers them."""

    __tablename__ = "gebeurtenis_telling"

    blok: Mapped[int] = mapped_column(BigInteger, primary_key=True, doc="volgnummer / BLOK")
    type: Mapped[str] = mapped_column(primary_key=True)
    zichtbaar_voor: Mapped[list[str]] = mapped_column(ARRAY(Text), primary_key=True)
    aantal: Mapped[int]
