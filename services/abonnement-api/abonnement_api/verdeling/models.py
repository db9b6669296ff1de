"""Tables of distributions. Insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Identity
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Verdelingsvoorstel(Base):
    """What somebody proposes to distribute; the distribution has the same id."""

    __tablename__ = "verdelingsvoorstel"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), doc="order in which they came")
    tot: Mapped[date] = mapped_column(doc="last day of the receipts in it, and boekdatum")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    regels: Mapped[dict[str, Any]] = mapped_column(JSONB, doc="dienst to cents")
    delen_sha256: Mapped[str] = mapped_column(doc="digest of the parts of receipts that it takes")
    voorgesteld_op: Mapped[datetime]
    peer_id: Mapped[str] = mapped_column(doc="OIN of who proposed it")
    rol: Mapped[str]
    contract: Mapped[str] = mapped_column(doc="hash of the grant by which it was proposed")


class Verdelingsbesluit(Base):
    """What other eyes decided about a proposal."""

    __tablename__ = "verdelingsbesluit"

    voorstel: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    uitkomst: Mapped[str] = mapped_column(doc="vastgesteld or afgewezen")
    reden: Mapped[str | None]
    op: Mapped[datetime]
    peer_id: Mapped[str]
    rol: Mapped[str]
    contract: Mapped[str]


class Verdeling(Base):
    __tablename__ = "verdeling"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), doc="order in which they came")
    tot: Mapped[date] = mapped_column(doc="last day of the receipts in it, and boekdatum")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    vastgesteld_op: Mapped[datetime]


class Verdelingsregel(Base):
    __tablename__ = "verdelingsregel"

    verdeling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    aanbieder: Mapped[str]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)


class VerdeeldeToewijzing(Base):
    """The part of a receipt that a distribution took; the primary key prevents that it is taken twice."""

    __tablename__ = "verdeelde_toewijzing"

    betaling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    factuur: Mapped[str] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    koppeling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    verdeling: Mapped[uuid.UUID]


class Toewijzingstand(Base):
    """View: the part of a receipt that pays a line, and the distribution that took it, if any."""

    __tablename__ = "toewijzingstand"

    betaling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    factuur: Mapped[str] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    koppeling: Mapped[uuid.UUID] = mapped_column(primary_key=True, doc="zero for what was matched when it was read")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="negative for what is taken back")
    boekdatum: Mapped[date] = mapped_column(doc="of the receipt, or of what was done with it later")
    jaar: Mapped[int] = mapped_column(doc="of the invoice")
    verdeling: Mapped[uuid.UUID | None]
