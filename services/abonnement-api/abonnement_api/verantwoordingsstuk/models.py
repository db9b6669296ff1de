"""Tables of what foundations account for. Insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Identity, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Verantwoordingsdocument(Base):
    __tablename__ = "verantwoordingsdocument"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    aanbieder: Mapped[str]
    sha256: Mapped[str] = mapped_column(doc="the database recalculates it")
    inhoud: Mapped[bytes] = mapped_column(LargeBinary)
    grootte: Mapped[int] = mapped_column(doc="bytes")
    ontvangen_op: Mapped[datetime]
    peer_id: Mapped[str]
    rol: Mapped[str]
    contract: Mapped[str]


class Verantwoordingsstuk(Base):
    __tablename__ = "verantwoordingsstuk"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), doc="order in which they came")
    aanbieder: Mapped[str]
    soort: Mapped[str] = mapped_column(doc="jaarplan, begroting or jaarrekening")
    jaar: Mapped[int]
    versie: Mapped[int]
    document: Mapped[uuid.UUID]
    bedragen: Mapped[dict[str, int]] = mapped_column(JSONB, doc="dienst to cents")
    toelichting: Mapped[str | None]
    ingediend_op: Mapped[datetime]
    peer_id: Mapped[str]
    rol: Mapped[str]
    contract: Mapped[str]


class Verantwoordingsbesluit(Base):
    __tablename__ = "verantwoordingsbesluit"

    stuk: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    uitkomst: Mapped[str] = mapped_column(doc="vastgesteld or teruggestuurd")
    commissie: Mapped[str]
    datum: Mapped[date]
    reden: Mapped[str | None]
    vastgelegd_op: Mapped[datetime]
    peer_id: Mapped[str]
    rol: Mapped[str]
    contract: Mapped[str]


class Verantwoordingsstukstand(Base):
    """View: how it stands with a submission."""

    __tablename__ = "verantwoordingsstukstand"

    stuk: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(doc="ingediend, vervangen, vastgesteld or teruggestuurd")
    commissie: Mapped[str | None]
    besluitdatum: Mapped[date | None]
    reden: Mapped[str | None]
    vastgelegd_op: Mapped[datetime | None] = mapped_column(doc="when the decision was recorded")
