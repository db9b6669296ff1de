"""Table of voorzieningen."""

from __future__ import annotations

from gemeengoed_kit.db import Base
from sqlalchemy.orm import Mapped, mapped_column


class Voorziening(Base):
    __tablename__ = "voorziening"

    code: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    soort: Mapped[str]
    domein: Mapped[str]
    omschrijving: Mapped[str]
    eigenaar: Mapped[str]
    fase: Mapped[str]
    mate_van_binding: Mapped[str]
    bronvermelding: Mapped[str]
