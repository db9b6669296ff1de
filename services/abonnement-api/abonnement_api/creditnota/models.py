"""Tables of credit notes. Insert only, as invoices; together they never exceed a line of their invoice."""

from __future__ import annotations

from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column


class Creditnummering(Base):
    """The last number used in a year; the transaction that takes the next one locks it."""

    __tablename__ = "creditnummering"

    jaar: Mapped[int] = mapped_column(primary_key=True)
    laatste: Mapped[int]


class Creditnota(Base):
    __tablename__ = "creditnota"

    nummer: Mapped[str] = mapped_column(primary_key=True)
    jaar: Mapped[int] = mapped_column(doc="of its invoice")
    volgnummer: Mapped[int]
    factuur: Mapped[str]
    gemeentecode: Mapped[str]
    reden: Mapped[str] = mapped_column(doc="why, on the document")
    datum: Mapped[date]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    vastgesteld_op: Mapped[datetime]


class Creditnotaregel(Base):
    __tablename__ = "creditnotaregel"

    creditnota: Mapped[str] = mapped_column(primary_key=True)
    factuur: Mapped[str]
    dienst: Mapped[str] = mapped_column(primary_key=True)
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
