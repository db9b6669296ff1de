"""Tables of herindelingen, as far as subscriptions go over."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Overgangsronde(Base):
    """Asking catalogus which herindelingen there are; one at a time."""

    __tablename__ = "overgangsronde"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    tot_en_met: Mapped[date]
    status: Mapped[str] = mapped_column(doc="aangevraagd, verwerkt or mislukt")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    aantal: Mapped[int | None] = mapped_column(doc="how many overgangen it found")
    aangevraagd_op: Mapped[datetime]
    afgerond_op: Mapped[datetime | None]


class Overgang(Base):
    """A gemeente that receives, and the day."""

    __tablename__ = "overgang"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    gemeentecode: Mapped[str]
    gemeentenaam: Mapped[str]
    ingangsdatum: Mapped[date]
    reden: Mapped[str | None] = mapped_column(doc="why a person must decide; None when nobody had to")
    vastgelegd_op: Mapped[datetime]


class Overgangsdeel(Base):
    """A gemeente that went into it, and a subscription that it had, if any."""

    __tablename__ = "overgangsdeel"

    overgang: Mapped[uuid.UUID] = mapped_column(ForeignKey("overgang.id"), primary_key=True)
    gemeentecode: Mapped[str] = mapped_column(primary_key=True)
    gemeentenaam: Mapped[str]
    abonnement: Mapped[uuid.UUID | None] = mapped_column(primary_key=True)


class Overgangsbesluit(Base):
    __tablename__ = "overgangsbesluit"

    overgang: Mapped[uuid.UUID] = mapped_column(ForeignKey("overgang.id"), primary_key=True)
    wijze: Mapped[str] = mapped_column(doc="vanzelf or besloten")
    pakket: Mapped[str | None]
    einddatum: Mapped[date | None]
    abonnement: Mapped[uuid.UUID | None] = mapped_column(doc="that it made")
    naam: Mapped[str | None]
    functie: Mapped[str | None]
    grondslag: Mapped[str | None]
    kenmerk: Mapped[str | None]
    besluitdatum: Mapped[date | None]
    toelichting: Mapped[str | None]
    vastgelegd_op: Mapped[datetime]
