"""Table of what each post has and what of it is committed and spent. Only the database's triggers write it."""

from __future__ import annotations

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column


class Budgetstand(Base):
    __tablename__ = "budgetstand"

    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"), primary_key=True)
    jaar: Mapped[int] = mapped_column(primary_key=True)
    prioriteit: Mapped[str] = mapped_column(primary_key=True, doc="empty where the begroting names none, and for BTW")
    budgetsoort: Mapped[str] = mapped_column(primary_key=True, doc="btw for the BTW line")
    begroot_cent: Mapped[int] = mapped_column(Numeric(24), doc="of the version that was adopted last")
    overgeheveld_cent: Mapped[int] = mapped_column(Numeric(24), doc="from the year before, less what went to the next")
    verplicht_cent: Mapped[int] = mapped_column(Numeric(24), doc="committed, and neither spent nor released")
    besteed_cent: Mapped[int] = mapped_column(Numeric(24))
