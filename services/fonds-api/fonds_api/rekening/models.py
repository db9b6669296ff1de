"""Table of rekeningen."""

from __future__ import annotations

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Rekening(Base):
    __tablename__ = "rekening"

    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"), primary_key=True)
    nummer: Mapped[str] = mapped_column(primary_key=True, doc="four digits")
    naam: Mapped[str]
    soort: Mapped[str] = mapped_column(doc="activa, passiva, baten or lasten")
    boven: Mapped[str | None] = mapped_column(doc="account that this one rolls up into")
    boekbaar: Mapped[bool] = mapped_column(server_default="true", doc="false for an account that others roll up into")
    prioriteit: Mapped[str | None] = mapped_column(doc="with budgetsoort, the begrotingspost whose spending it holds")
    budgetsoort: Mapped[str | None]
