"""Tables of billing rounds, and of what was decided about their proposals."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import ARRAY, ForeignKey, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Facturatieronde(Base):
    """Who changes a round, or makes some of its invoices, locks this row."""

    __tablename__ = "facturatieronde"

    jaar: Mapped[int] = mapped_column(primary_key=True)
    tariefbesluit: Mapped[str]
    peildatum: Mapped[date]
    factuurdatum: Mapped[date]
    status: Mapped[str] = mapped_column(doc="see rules; the database knows which may follow which")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    voorstel: Mapped[uuid.UUID | None] = mapped_column(doc="voorvertoning; empty for rounds of before there were proposals")
    aangevraagd_op: Mapped[datetime]
    gefactureerd_op: Mapped[datetime | None]


class Facturatierondebesluit(Base):
    """Insert only."""

    __tablename__ = "facturatierondebesluit"

    voorvertoning: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    jaar: Mapped[int] = mapped_column(ForeignKey("facturatieronde.jaar"))
    uitkomst: Mapped[str] = mapped_column(doc="goedgekeurd or afgewezen")
    naam: Mapped[str]
    reden: Mapped[str | None]
    aanvaard: Mapped[list[str]] = mapped_column(ARRAY(Text), doc="bounds that it passes, and that were meant so")
    op: Mapped[datetime]
    peer_id: Mapped[str] = mapped_column(doc="OIN of who decided")
    rol: Mapped[str]
    contract: Mapped[str] = mapped_column(doc="hash of the grant by which it was decided")
