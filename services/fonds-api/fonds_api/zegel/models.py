"""Tables of the logs. Insert only: leaves and nodes by the database itself (`verzegel`), the rest by the service."""

from __future__ import annotations

import uuid
from datetime import datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column


class Blad(Base):
    __tablename__ = "blad"
    __table_args__ = (ForeignKeyConstraint(["boeking", "fonds"], ["boeking.id", "boeking.fonds"]),)  # kept by `verzegel`

    fonds: Mapped[str] = mapped_column(primary_key=True)
    nummer: Mapped[int] = mapped_column(BigInteger, primary_key=True, doc="place in the log, from 0")
    boeking: Mapped[uuid.UUID] = mapped_column(unique=True)
    hash: Mapped[bytes] = mapped_column(doc="RFC 6962 leaf hash")


class Zegelsleutel(Base):
    __tablename__ = "zegelsleutel"

    nummer: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    publiek: Mapped[bytes] = mapped_column(unique=True, doc="Ed25519 public key")
    oorsprong: Mapped[str] = mapped_column(doc="begins the origin of each log")
    overdracht: Mapped[bytes | None] = mapped_column(doc="signature of the key before it, if that handed over")
    sinds: Mapped[datetime]


class Checkpoint(Base):
    __tablename__ = "checkpoint"

    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"), primary_key=True)
    grootte: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    tekst: Mapped[str]
    sleutel: Mapped[int] = mapped_column(ForeignKey("zegelsleutel.nummer"))
    handtekening: Mapped[bytes]
    ondertekend_op: Mapped[datetime]
