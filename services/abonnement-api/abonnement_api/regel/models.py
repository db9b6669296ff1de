"""Views over what other features keep, a row per dienst."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column


class Dienstfactuurregel(Base):
    __tablename__ = "dienstfactuurregel"

    factuur: Mapped[str] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    aanbieder: Mapped[str]
    jaar: Mapped[int]
    volgnummer: Mapped[int]
    gemeentecode: Mapped[str]
    gemeentenaam: Mapped[str]
    factuurdatum: Mapped[date]
    vervaldatum: Mapped[date]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    gecrediteerd_cent: Mapped[int] = mapped_column(BigInteger)
    betaald_cent: Mapped[int] = mapped_column(BigInteger)


class Dienstontvangst(Base):
    __tablename__ = "dienstontvangst"

    betaling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    koppeling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    factuur: Mapped[str] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    aanbieder: Mapped[str]
    jaar: Mapped[int]
    gemeentecode: Mapped[str]
    datum: Mapped[date] = mapped_column(doc="of the receipt, or of what was done with it later")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="negative for what was taken back")


class Dienstverdeling(Base):
    __tablename__ = "dienstverdeling"

    verdeling: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    aanbieder: Mapped[str]
    volgnummer: Mapped[int] = mapped_column(BigInteger)
    tot_en_met: Mapped[date]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    vastgesteld_op: Mapped[datetime]
