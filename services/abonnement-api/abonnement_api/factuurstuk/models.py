"""Table of the documents of invoices: the exact bytes, their hashes, and what the check said. Insert only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Factuurstuk(Base):
    __tablename__ = "factuurstuk"

    nummer: Mapped[str] = mapped_column(primary_key=True)
    profiel: Mapped[str]
    ubl: Mapped[bytes]
    ubl_sha256: Mapped[str]
    pdf: Mapped[bytes]
    pdf_sha256: Mapped[str]
    controle: Mapped[dict[str, Any]] = mapped_column(JSONB)
    bewaren_tot: Mapped[date]
    opgemaakt_op: Mapped[datetime]


class OpTeMaken(Base):
    """View: the invoices that have no documents yet."""

    __tablename__ = "op_te_maken"

    nummer: Mapped[str] = mapped_column(primary_key=True)
