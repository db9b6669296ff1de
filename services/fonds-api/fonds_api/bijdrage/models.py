"""Tables of bijdragen. A round may change until it is vastgesteld; a bijdrage never changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Omslag(Base):
    __tablename__ = "omslag"

    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"), primary_key=True)
    jaar: Mapped[int] = mapped_column(primary_key=True)
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    indeling: Mapped[date] = mapped_column(doc="day whose gemeenten pay")
    peildatum: Mapped[date] = mapped_column(doc="day whose inhabitants count")
    besluit: Mapped[str]
    bronvermelding: Mapped[str]


class Bijdrageronde(Base):
    __tablename__ = "bijdrageronde"
    __table_args__ = (ForeignKeyConstraint(["fonds", "jaar"], ["omslag.fonds", "omslag.jaar"]),)

    id: Mapped[str] = mapped_column(primary_key=True, doc="fonds and year, e.g. ggu-2020")
    fonds: Mapped[str]
    jaar: Mapped[int]
    status: Mapped[str] = mapped_column(doc="aangevraagd, vastgesteld or mislukt")
    aangevraagd_op: Mapped[datetime]
    vastgesteld_op: Mapped[datetime | None]
    aantal: Mapped[int | None] = mapped_column(doc="number of bijdragen, once vastgesteld")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), doc="why it is mislukt")


class Bijdrage(Base):
    __tablename__ = "bijdrage"
    __table_args__ = (ForeignKeyConstraint(["fonds", "jaar"], ["bijdrageronde.fonds", "bijdrageronde.jaar"]),)

    id: Mapped[str] = mapped_column(primary_key=True, doc="round and gemeentecode, e.g. ggu-2020-GM0344")
    fonds: Mapped[str]
    jaar: Mapped[int]
    gemeentecode: Mapped[str] = mapped_column(index=True)
    gemeentenaam: Mapped[str] = mapped_column(doc="as catalogus gave it when the round was vastgesteld")
    inwoners: Mapped[int] = mapped_column(doc="as catalogus gave it when the round was vastgesteld")
    peildatum: Mapped[date]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
