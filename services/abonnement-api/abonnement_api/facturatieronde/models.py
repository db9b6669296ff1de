"""Table of billing rounds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Facturatieronde(Base):
    """The transaction that makes its invoices locks this row."""

    __tablename__ = "facturatieronde"

    jaar: Mapped[int] = mapped_column(primary_key=True)
    tariefbesluit: Mapped[str]
    peildatum: Mapped[date]
    factuurdatum: Mapped[date]
    status: Mapped[str] = mapped_column(doc="aangevraagd, gefactureerd or mislukt")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    aangevraagd_op: Mapped[datetime]
    gefactureerd_op: Mapped[datetime | None]
