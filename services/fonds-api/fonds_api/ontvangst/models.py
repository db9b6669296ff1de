"""Table of ontvangsten. Insert only; a mistake is undone by a mirrored row."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Ontvangst(Base):
    __tablename__ = "ontvangst"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"))
    gemeentecode: Mapped[str]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="positive came in, negative went back")
    boekdatum: Mapped[date]
    kenmerk: Mapped[str] = mapped_column(doc="of the bank; once per fonds")
    omschrijving: Mapped[str]
    herroept: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("ontvangst.id"), unique=True, doc="the row that it mirrors")
    vastgelegd_op: Mapped[datetime]
