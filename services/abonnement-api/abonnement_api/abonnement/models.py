"""Tables of subscriptions and collective registrations."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class CollectieveAanmelding(Base):
    __tablename__ = "collectieve_aanmelding"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    vingerafdruk: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    begindatum: Mapped[date]
    einddatum: Mapped[date] = mapped_column(doc="last day")
    pakket: Mapped[str]
    uitzonderingen: Mapped[dict[str, str]] = mapped_column(JSONB, doc="gemeentecode to package")
    status: Mapped[str] = mapped_column(doc="aangevraagd, verwerkt or mislukt")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    aangevraagd_op: Mapped[datetime]
    afgerond_op: Mapped[datetime | None]


class Abonnement(Base):
    """An exclusion constraint ensures that a gemeente never has two on one day."""

    __tablename__ = "abonnement"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    gemeentecode: Mapped[str]
    gemeentenaam: Mapped[str] = mapped_column(doc="as catalogus gave it when the subscription was made")
    pakket: Mapped[str] = mapped_column(doc="code; what it costs is decided per year")
    begindatum: Mapped[date]
    einddatum: Mapped[date] = mapped_column(doc="last day")
    aanmelding: Mapped[uuid.UUID] = mapped_column(ForeignKey("collectieve_aanmelding.id"))
