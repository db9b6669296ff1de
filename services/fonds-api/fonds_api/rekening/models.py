"""Table of rekeningen."""

from __future__ import annotations

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, FetchedValue, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Rekening(Base):
    __tablename__ = "rekening"

    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"), primary_key=True)
    nummer: Mapped[str] = mapped_column(primary_key=True, doc="four digits")
    naam: Mapped[str]
    soort: Mapped[str] = mapped_column(doc="activa, passiva, baten or lasten")
    boven: Mapped[str | None] = mapped_column(doc="account that this one rolls up into")
    boekbaar: Mapped[bool] = mapped_column(default=True, doc="false for an account that others roll up into")
    contra: Mapped[bool] = mapped_column(default=False, doc="grows on the other side than its soort does")
    normale_zijde: Mapped[str] = mapped_column(FetchedValue(), doc="made by the database: debet or credit")
    minimum_cent: Mapped[int | None] = mapped_column(BigInteger, doc="lowest balance (debet minus credit) that is let in")
    maximum_cent: Mapped[int | None] = mapped_column(BigInteger, doc="highest balance (debet minus credit) that is let in")
    geblokkeerd: Mapped[bool] = mapped_column(default=False, doc="nothing is booked on it any more")
    versie: Mapped[int] = mapped_column(default=1, doc="counts its changes")
    prioriteit: Mapped[str | None] = mapped_column(doc="with budgetsoort, the begrotingspost whose spending it holds")
    budgetsoort: Mapped[str | None]
    beheerd: Mapped[bool] = mapped_column(default=False, doc="only documents that this service keeps itself book on it")
