"""What has been folded into sums, and what has not yet. Only functions and triggers of the owner write them."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column


class LosseRegel(Base):
    """A view: the lines of entries that are not in the sums yet."""

    __tablename__ = "losse_regel"

    fonds: Mapped[str]
    volgnummer: Mapped[int] = mapped_column(BigInteger)
    boeking: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    boekdatum: Mapped[date]
    regelnummer: Mapped[int] = mapped_column(primary_key=True)
    rekening: Mapped[str]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)


class Rekeningregel(Base):
    """A folded line, where it stands among those of its account and day."""

    __tablename__ = "rekeningregel"

    fonds: Mapped[str] = mapped_column(primary_key=True)
    rekening: Mapped[str] = mapped_column(primary_key=True)
    boekdatum: Mapped[date] = mapped_column(primary_key=True)
    nummer: Mapped[int] = mapped_column(BigInteger, primary_key=True, doc="from 1, without a gap, in the order of folding")
    boeking: Mapped[uuid.UUID]
    regelnummer: Mapped[int]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    opgeteld_cent: Mapped[Decimal] = mapped_column(doc="sum of the day up to and including this line")
