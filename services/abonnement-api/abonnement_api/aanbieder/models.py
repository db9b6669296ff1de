"""Tables of aanbieders and their diensten. Migrations fill them; the service never does."""

from __future__ import annotations

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Aanbieder(Base):
    __tablename__ = "aanbieder"

    code: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    reeks: Mapped[int] = mapped_column(doc="first digit of its invoice numbers: a series per seller")


class Dienst(Base):
    __tablename__ = "dienst"

    code: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    aanbieder: Mapped[str] = mapped_column(ForeignKey("aanbieder.code"), doc="who gets the money")
    voorziening: Mapped[str | None] = mapped_column(doc="code in catalogus")
    rekening_gefactureerd: Mapped[str] = mapped_column(doc="in fonds derdengelden: invoiced, not yet distributed")
    rekening_af_te_dragen: Mapped[str] = mapped_column(doc="in fonds derdengelden: distributed, to be paid out")
