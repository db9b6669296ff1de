"""Table of faseovergangen: insert only, by trigger and by right."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column


class Faseovergang(Base):
    """The step that made a version of a voorziening. The database lets no fase change without one."""

    __tablename__ = "faseovergang"
    __table_args__ = (
        ForeignKeyConstraint(["voorziening", "versie"], ["voorziening_versie.code", "voorziening_versie.versie"]),
        ForeignKeyConstraint(["voorziening", "pilot"], ["pilot.voorziening", "pilot.id"]),
        ForeignKeyConstraint(["voorziening", "impactanalyse"], ["impactanalyse.voorziening", "impactanalyse.versie"]),
    )

    voorziening: Mapped[str] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True, doc="of the voorziening, that it made")
    van: Mapped[str | None]
    naar: Mapped[str | None] = mapped_column(doc="empty where papers no longer say one")
    beheerstap: Mapped[str | None] = mapped_column(doc="after it")
    datum: Mapped[date | None] = mapped_column(doc="since when; empty where papers do not say")
    besluit: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("besluit.id"))
    pilot: Mapped[uuid.UUID | None]
    impactanalyse: Mapped[int | None]
    initiatief: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("initiatief.id"))
    gebeurtenis: Mapped[str | None]
    stuk: Mapped[str | None] = mapped_column(doc="paper that says so, of what came with the product")
    reden: Mapped[str | None]
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[str | None] = mapped_column(doc="OIN of the peer; empty where it came with the product")
    vastgelegd_namens: Mapped[str | None] = mapped_column(doc="OIN on whose behalf")
