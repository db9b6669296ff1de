"""Tables of witnesses and their cosignatures. Insert only."""

from __future__ import annotations

from datetime import datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Identity
from sqlalchemy.orm import Mapped, mapped_column


class Getuige(Base):
    __tablename__ = "getuige"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    gemeentecode: Mapped[str] = mapped_column(index=True)
    oin: Mapped[str] = mapped_column(doc="of the organisation that made the key known")
    naam: Mapped[str] = mapped_column(doc="name of the key")
    publiek: Mapped[bytes] = mapped_column(unique=True, doc="Ed25519 public key")
    vorige: Mapped[int | None] = mapped_column(ForeignKey("getuige.id"), unique=True, doc="key of this gemeente before it")
    aangemeld_op: Mapped[datetime]


class GetuigeIntrekking(Base):
    __tablename__ = "getuige_intrekking"

    getuige: Mapped[int] = mapped_column(ForeignKey("getuige.id"), primary_key=True)
    reden: Mapped[str]
    naam: Mapped[str] = mapped_column(doc="of the person who withdrew it")
    ingetrokken_op: Mapped[datetime]


class Medeondertekening(Base):
    __tablename__ = "medeondertekening"
    __table_args__ = (ForeignKeyConstraint(["fonds", "grootte"], ["checkpoint.fonds", "checkpoint.grootte"]),)

    fonds: Mapped[str] = mapped_column(primary_key=True)
    grootte: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    getuige: Mapped[int] = mapped_column(ForeignKey("getuige.id"), primary_key=True, index=True)
    tijdstip: Mapped[datetime] = mapped_column(doc="when the witness says that it signed")
    handtekening: Mapped[bytes]
    ontvangen_op: Mapped[datetime]
