"""Tables of the comparison with fonds."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Identity
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Aansluiting(Base):
    """The transaction that stores a page locks this row."""

    __tablename__ = "aansluiting"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), doc="order in which they were asked for")
    status: Mapped[str] = mapped_column(doc="aangevraagd, vergeleken or mislukt")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    aangevraagd_op: Mapped[datetime]
    begonnen_op: Mapped[datetime | None] = mapped_column(doc="what was sent after this is not judged")
    vergeleken_op: Mapped[datetime | None]
    pagina: Mapped[int] = mapped_column(doc="of the list of fonds, the next to ask for")
    aantal_documenten: Mapped[int] = mapped_column(BigInteger)
    aantal_boekingen: Mapped[int] = mapped_column(BigInteger, doc="entries of our documents that fonds has shown so far")
    verschillen: Mapped[dict[str, Any]] = mapped_column(JSONB, doc="kind to number")


class Aansluitingsboeking(Base):
    """An entry that fonds has shown; kept until the comparison."""

    __tablename__ = "aansluitingsboeking"

    aansluiting: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    boeking: Mapped[str] = mapped_column(primary_key=True)
    pad: Mapped[str] = mapped_column(doc="of the document")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="sum of its debet lines")
    gestorneerd: Mapped[bool]


class Aansluitingsverschil(Base):
    __tablename__ = "aansluitingsverschil"

    aansluiting: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(primary_key=True)
    soort: Mapped[str]
    document: Mapped[str] = mapped_column(doc="path, here or so said by fonds")
    boeking: Mapped[str | None] = mapped_column(doc="path in fonds")
    hier_cent: Mapped[int | None] = mapped_column(BigInteger)
    fonds_cent: Mapped[int | None] = mapped_column(BigInteger)
