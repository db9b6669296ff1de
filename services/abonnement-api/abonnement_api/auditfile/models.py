"""The journal: every entry that was ordered of fonds. The database itself writes it, when the order is put in the outbox."""

from __future__ import annotations

from datetime import date

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Journaalpost(Base):
    __tablename__ = "journaalpost"

    nummer: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    onderwerp: Mapped[str] = mapped_column(unique=True, doc="path of the document")
    boekdatum: Mapped[date]
    omschrijving: Mapped[str]


class Journaalregel(Base):
    __tablename__ = "journaalregel"

    onderwerp: Mapped[str] = mapped_column(ForeignKey("journaalpost.onderwerp"), primary_key=True)
    regel: Mapped[int] = mapped_column(primary_key=True)
    rekening: Mapped[str]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="debet positive")


class Journaaldebiteur(Base):
    """View: of which gemeente and invoice an entry is, where it is of one."""

    __tablename__ = "journaaldebiteur"

    onderwerp: Mapped[str] = mapped_column(primary_key=True)
    gemeentecode: Mapped[str]
    factuur: Mapped[str | None]


class Debiteurmutatie(Base):
    """View: what happened to what gemeenten owe."""

    __tablename__ = "debiteurmutatie"

    factuur: Mapped[str] = mapped_column(primary_key=True)
    gemeentecode: Mapped[str]
    gemeentenaam: Mapped[str]
    vervaldatum: Mapped[date] = mapped_column(doc="of the invoice")
    datum: Mapped[date] = mapped_column(primary_key=True, doc="of what happened")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="negative for what was credited or received")
