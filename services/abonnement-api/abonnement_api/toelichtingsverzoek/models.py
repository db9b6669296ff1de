"""Tables of questions of gemeenten. Insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column


class Toelichtingsverzoek(Base):
    __tablename__ = "toelichtingsverzoek"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), doc="order in which they came")
    gemeentecode: Mapped[str] = mapped_column(doc="who asks")
    aanbieder: Mapped[str] = mapped_column(doc="who is asked")
    stuk: Mapped[uuid.UUID | None] = mapped_column(doc="the adopted submission that it is about")
    vraag: Mapped[str]
    gesteld_op: Mapped[datetime]
    uiterlijk: Mapped[date] = mapped_column(doc="last day to answer")
    peer_id: Mapped[str]
    rol: Mapped[str]
    contract: Mapped[str]


class Toelichting(Base):
    """The answer."""

    __tablename__ = "toelichting"

    verzoek: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    antwoord: Mapped[str]
    gegeven_op: Mapped[datetime]
    peer_id: Mapped[str]
    rol: Mapped[str]
    contract: Mapped[str]


class Toelichtingspublicatie(Base):
    """That an answer is open to all gemeenten."""

    __tablename__ = "toelichtingspublicatie"

    verzoek: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    gepubliceerd_op: Mapped[datetime]
    peer_id: Mapped[str]
    rol: Mapped[str]
    contract: Mapped[str]
