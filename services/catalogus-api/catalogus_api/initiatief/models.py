"""Tables of initiatieven. A version never changes; an initiatief only says which of its versions holds."""

from __future__ import annotations

import uuid
from datetime import datetime

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Initiatief(Base):
    __tablename__ = "initiatief"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(doc="that holds now; only ever the next")


class InitiatiefVersie(Base):
    __tablename__ = "initiatief_versie"

    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("initiatief.id", deferrable=True, initially="DEFERRED"), primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    titel: Mapped[str]
    probleem: Mapped[str]
    voorstel: Mapped[str]
    domein: Mapped[str]
    gemeentecode: Mapped[str | None] = mapped_column(ForeignKey("gemeente.code"), index=True, doc="who submitted it, or")
    samenwerkingsverband: Mapped[str | None] = mapped_column(ForeignKey("samenwerkingsverband.code"), index=True)
    status: Mapped[str]
    zichtbaar_voor: Mapped[str] = mapped_column(doc="indiener, aangesloten or openbaar")
    reden: Mapped[str | None] = mapped_column(doc="of the last change of status")
    voorziening: Mapped[str | None] = mapped_column(ForeignKey("voorziening.code"), doc="that it became")
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[str | None] = mapped_column(doc="OIN of the peer")
    vastgelegd_namens: Mapped[str | None] = mapped_column(doc="OIN on whose behalf")
