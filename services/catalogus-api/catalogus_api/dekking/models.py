"""What coverage is counted from; triggers of deelname and voorziening write it."""

from __future__ import annotations

from datetime import date

from gemeengoed_kit.db import Base
from sqlalchemy import Date
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column


class Dekkingsaanbod(Base):
    """A voorziening that can be taken part in, from its first conditions until their end."""

    __tablename__ = "dekkingsaanbod"

    voorziening: Mapped[str] = mapped_column(primary_key=True)
    domein: Mapped[str]
    vanaf: Mapped[date]
    tot: Mapped[date | None] = mapped_column(doc="first day on which it cannot any more")


class Dekkingscel(Base):
    """The days on which a gemeente began and ended to use the voorzieningen of a domein, each sorted, by who may see it. Of all
    domeinen together it is ''."""

    __tablename__ = "dekkingscel"

    domein: Mapped[str] = mapped_column(primary_key=True)
    gemeentecode: Mapped[str] = mapped_column(primary_key=True)
    begin_iedereen: Mapped[list[date]] = mapped_column(ARRAY(Date))
    eind_iedereen: Mapped[list[date]] = mapped_column(ARRAY(Date), doc="first days without")
    begin_gemeenten: Mapped[list[date]] = mapped_column(ARRAY(Date))
    eind_gemeenten: Mapped[list[date]] = mapped_column(ARRAY(Date))
    begin_deelnemers: Mapped[list[date]] = mapped_column(ARRAY(Date))
    eind_deelnemers: Mapped[list[date]] = mapped_column(ARRAY(Date))
