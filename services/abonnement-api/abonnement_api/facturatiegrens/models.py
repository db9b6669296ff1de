"""Table of the bounds. A change is a new version."""

from __future__ import annotations

from datetime import datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column


class Facturatiegrens(Base):
    __tablename__ = "facturatiegrens"

    vanaf_jaar: Mapped[int] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    per_factuur_cent: Mapped[int] = mapped_column(BigInteger)
    totaal_cent: Mapped[int] = mapped_column(BigInteger)
    gemeente_procent: Mapped[int] = mapped_column(doc="of last year's amount of the gemeente")
    totaal_procent: Mapped[int] = mapped_column(doc="of last year's total")
    voorvertoning_cent: Mapped[int] = mapped_column(BigInteger)
    bron: Mapped[str]
    vastgelegd_op: Mapped[datetime]
