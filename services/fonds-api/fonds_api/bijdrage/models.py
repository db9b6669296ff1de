"""Tables of bijdragen. A round may change until it is vastgesteld; a bijdrage never changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


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
    totaal_cent: Mapped[int | None] = mapped_column(BigInteger, doc="the bijdragen together; empty in older rounds of an omvang")
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
    inwonerstatus: Mapped[str | None] = mapped_column(doc="voorlopig or definitief, where the source said")
    bruto_cent: Mapped[int | None] = mapped_column(BigInteger, doc="by the rule, before compensation; empty in older rows")
    compensatie_cent: Mapped[int] = mapped_column(BigInteger, default=0)
    voorgangers: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, doc="code, naam, inwoners, peildatum of each")
