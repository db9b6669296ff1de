"""Tables of indexations of decisions."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey, Identity
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Tariefindexatie(Base):
    """What was asked, and, from `voorgesteld` on, what fonds answered."""

    __tablename__ = "tariefindexatie"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(Identity(always=True))
    tariefbesluit: Mapped[str] = mapped_column(doc="whose prices are indexed")
    grondslag: Mapped[str] = mapped_column(doc="decision that allows it")
    jaar: Mapped[int] = mapped_column(doc="that the next decision is for")
    clausule: Mapped[str] = mapped_column(doc="code in fonds")
    nieuw: Mapped[str] = mapped_column(doc="id of the next decision")
    datum: Mapped[date]
    gremium: Mapped[str]
    omschrijving: Mapped[str]
    bronvermelding: Mapped[str]
    indexatie: Mapped[uuid.UUID | None] = mapped_column(doc="id in fonds")
    versie: Mapped[int | None]
    stand: Mapped[str | None]
    factor: Mapped[Decimal | None]
    keten_decimalen: Mapped[int | None]
    keten_afronding: Mapped[str | None]
    prijs_decimalen: Mapped[int | None]
    prijs_afronding: Mapped[str | None]
    status: Mapped[str] = mapped_column(doc="aangevraagd, voorgesteld, verwerkt or mislukt")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    aangevraagd_op: Mapped[datetime]
    afgerond_op: Mapped[datetime | None] = mapped_column(doc="when fonds had answered, or it failed")
    peer_id: Mapped[str]
    rol: Mapped[str]
    contract: Mapped[str]


class Regel(Base):
    """A part of a price before and after, in euros."""

    __tablename__ = "tariefindexatieregel"

    tariefindexatie: Mapped[uuid.UUID] = mapped_column(ForeignKey("tariefindexatie.id"), primary_key=True)
    pakket: Mapped[str] = mapped_column(primary_key=True)
    onderdeel: Mapped[str] = mapped_column(primary_key=True)
    oud: Mapped[Decimal]
    nieuw: Mapped[Decimal] = mapped_column(doc="what the next year goes on with")
    prijs: Mapped[Decimal] = mapped_column(doc="what is paid")


class Bevestiging(Base):
    """By whose eyes it became a decision."""

    __tablename__ = "tariefindexatiebevestiging"

    tariefindexatie: Mapped[uuid.UUID] = mapped_column(ForeignKey("tariefindexatie.id"), primary_key=True)
    op: Mapped[datetime]
    peer_id: Mapped[str]
    rol: Mapped[str]
    contract: Mapped[str]
