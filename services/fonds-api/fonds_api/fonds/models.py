"""Table of fondsen."""

from __future__ import annotations

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column


class Fonds(Base):
    __tablename__ = "fonds"

    code: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    omschrijving: Mapped[str]
    bronvermelding: Mapped[str]
    boekingsrollen: Mapped[list[str]] = mapped_column(ARRAY(Text), doc="roles that may see and book in it")
    vier_ogen_vanaf_cent: Mapped[int | None] = mapped_column(BigInteger, doc="entries from this amount on wait for somebody else")
    vier_ogen_vrij: Mapped[list[str]] = mapped_column(ARRAY(Text), doc="sources whose entries do not wait")
    versie: Mapped[int] = mapped_column(default=1, doc="counts its changes")
