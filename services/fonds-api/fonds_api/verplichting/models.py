"""Tables of verplichtingen. A verplichting changes once, when it is decided; triggers alone change what is left of a part."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Verplichting(Base):
    __tablename__ = "verplichting"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"))
    prioriteit: Mapped[str]
    budgetsoort: Mapped[str]
    omschrijving: Mapped[str]
    leverancier: Mapped[str]
    kenmerk: Mapped[str | None] = mapped_column(doc="of the contract or order, at the supplier or at us")
    voorziening: Mapped[str | None] = mapped_column(doc="path at catalogus; without one, no decision is asked for")
    besluit: Mapped[str | None] = mapped_column(doc="path at catalogus of the weightiest decision that permitted it")
    status: Mapped[str] = mapped_column(doc="aangevraagd, aangegaan or geweigerd")
    aangevraagd_op: Mapped[datetime]
    aangegaan_op: Mapped[datetime | None]
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), doc="why it is geweigerd")


class Verplichtingsdeel(Base):
    __tablename__ = "verplichtingsdeel"

    verplichting: Mapped[uuid.UUID] = mapped_column(ForeignKey("verplichting.id"), primary_key=True)
    jaar: Mapped[int] = mapped_column(primary_key=True)
    begroting: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("begroting.id"), doc="version in force when it was reserved; none when it came by overheveling"
    )
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="without BTW")
    btw_cent: Mapped[int] = mapped_column(BigInteger)
    vrijgevallen_cent: Mapped[int] = mapped_column(BigInteger)
    vrijgevallen_btw_cent: Mapped[int] = mapped_column(BigInteger)
    besteed_cent: Mapped[int] = mapped_column(BigInteger)
    besteed_btw_cent: Mapped[int] = mapped_column(BigInteger)


class Vrijval(Base):
    __tablename__ = "vrijval"
    __table_args__ = (
        ForeignKeyConstraint(["verplichting", "jaar"], ["verplichtingsdeel.verplichting", "verplichtingsdeel.jaar"]),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    verplichting: Mapped[uuid.UUID]
    jaar: Mapped[int]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    btw_cent: Mapped[int] = mapped_column(BigInteger)
    reden: Mapped[str]
    vrijgevallen_op: Mapped[datetime]
