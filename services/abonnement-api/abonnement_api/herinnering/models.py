"""Tables of reminders. Insert only."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Identity, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Herinneringsbeleid(Base):
    """The ladder from a day on."""

    __tablename__ = "herinneringsbeleid"

    vanaf: Mapped[date] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    stappen: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    rentepercentage: Mapped[Decimal | None] = mapped_column(Numeric(4, 2), doc="per year, with the last step; NULL asks none")
    kosten_cent: Mapped[int | None] = mapped_column(BigInteger, doc="with the last step; NULL asks none")
    bron: Mapped[str]
    vastgelegd_op: Mapped[datetime]


class Herinnering(Base):
    __tablename__ = "herinnering"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    gemeentecode: Mapped[str]
    betaler: Mapped[str | None] = mapped_column(doc="who pays for the gemeente, and gets the letter")
    stap: Mapped[int]
    dag: Mapped[date]
    brief: Mapped[dict[str, Any]] = mapped_column(JSONB, doc="what it says; see rules.brief")
    gemaakt_op: Mapped[datetime]


class Herinneringsregel(Base):
    """An invoice in a letter: the how manieth reminder of that invoice it is, and what was open."""

    __tablename__ = "herinneringsregel"

    herinnering: Mapped[uuid.UUID]
    factuur: Mapped[str] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(primary_key=True)
    stap: Mapped[int]
    dag: Mapped[date]
    open_cent: Mapped[int] = mapped_column(BigInteger)


class Aanhouding(Base):
    __tablename__ = "aanhouding"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    factuur: Mapped[str]
    gemeentecode: Mapped[str]
    soort: Mapped[str] = mapped_column(doc="betwist or betalingsregeling")
    vanaf: Mapped[date]
    tot_en_met: Mapped[date | None]
    toelichting: Mapped[str]
    rol: Mapped[str]
    peer_id: Mapped[str]
    vastgelegd_op: Mapped[datetime]


class Opheffing(Base):
    __tablename__ = "opheffing"

    aanhouding: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    dag: Mapped[date] = mapped_column(doc="first day on which it does not count any more")
    toelichting: Mapped[str]
    vastgelegd_op: Mapped[datetime]


class Achterstand(Base):
    """View: every invoice of which something is open, with its last reminder."""

    __tablename__ = "achterstand"

    nummer: Mapped[str] = mapped_column(primary_key=True)
    jaar: Mapped[int]
    gemeentecode: Mapped[str]
    gemeentenaam: Mapped[str]
    betaler: Mapped[str | None]
    verkoper: Mapped[str]
    vervaldatum: Mapped[date]
    betalingskenmerk: Mapped[str]
    open_cent: Mapped[int] = mapped_column(BigInteger)
    laatste_stap: Mapped[int]
    laatste_dag: Mapped[date | None]
    aantal: Mapped[int]
    heropend: Mapped[date | None] = mapped_column(doc="last day on which money went from it again")
