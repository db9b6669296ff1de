"""Tables of omslagen: proposals in versions, and which of them was decided. Insert only."""

from __future__ import annotations

from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Date, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column


class Voorstel(Base):
    __tablename__ = "omslagvoorstel"
    __table_args__ = (UniqueConstraint("fonds", "jaar", "versie"),)

    id: Mapped[str] = mapped_column(primary_key=True, doc="fonds, year and version, e.g. ggu-2020-1")
    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"))
    jaar: Mapped[int]
    versie: Mapped[int]
    vorm: Mapped[str] = mapped_column(doc="omvang, tarief, klasse or schijf")
    bedrag_cent: Mapped[int | None] = mapped_column(BigInteger, doc="of omvang alone")
    grenzen: Mapped[list[int]] = mapped_column(ARRAY(Integer), doc="highest number of inhabitants of each band but the last")
    tarieven_millicent: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), doc="per inhabitant, in thousandths of a cent")
    indeling: Mapped[date] = mapped_column(doc="day whose gemeenten pay")
    peildatum: Mapped[date] = mapped_column(doc="day whose inhabitants count")
    btw_procent: Mapped[int] = mapped_column(doc="VAT that is in the amounts")
    a_conto: Mapped[bool] = mapped_column(doc="the terms are advances, settled by an afrekening")
    vervaldagen: Mapped[list[date]] = mapped_column(ARRAY(Date), doc="of each term")
    promillen: Mapped[list[int]] = mapped_column(ARRAY(Integer), doc="part of each term, in thousandths")
    compensatie_jaren: Mapped[int]
    iv3_taakveld: Mapped[str | None]
    iv3_categorie: Mapped[str | None]
    iv3_bron: Mapped[str | None]
    omschrijving: Mapped[str]
    bronvermelding: Mapped[str]
    gedeeld: Mapped[bool] = mapped_column(doc="gemeenten see it before it is decided")
    voorgesteld_op: Mapped[datetime]


class Omslag(Base):
    __tablename__ = "omslag"

    fonds: Mapped[str] = mapped_column(ForeignKey("fonds.code"), primary_key=True)
    jaar: Mapped[int] = mapped_column(primary_key=True)
    bedrag_cent: Mapped[int | None] = mapped_column(BigInteger)
    indeling: Mapped[date]
    peildatum: Mapped[date]
    besluit: Mapped[str]
    bronvermelding: Mapped[str]
    voorstel: Mapped[str] = mapped_column(ForeignKey("omslagvoorstel.id"), unique=True)
    besluit_bron: Mapped[str | None]
    besluit_pad: Mapped[str | None]
    vastgesteld_door: Mapped[str | None]
    vastgesteld_op: Mapped[datetime | None]
