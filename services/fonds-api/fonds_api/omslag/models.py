"""Tables of omslagen: proposals in versions, and which of them was decided. All but the aanvraag are insert only."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Date, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
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
    geindexeerd: Mapped[list[int]] = mapped_column(
        ARRAY(Integer), doc="what has a toepassing: 0 the size, 1, 2 … a band; the database refuses any other set"
    )
    gedeeld: Mapped[bool] = mapped_column(doc="gemeenten see it before it is decided")
    voorgesteld_op: Mapped[datetime]


class Omslagtoepassing(Base):
    __tablename__ = "omslagtoepassing"

    voorstel: Mapped[str] = mapped_column(ForeignKey("omslagvoorstel.id"), primary_key=True)
    plek: Mapped[int] = mapped_column(primary_key=True, doc="0 the size, 1, 2 … a band")
    toepassing: Mapped[uuid.UUID] = mapped_column(ForeignKey("indexatietoepassing.id"))


class Omslagaanvraag(Base):
    """Changes until the decision behind it is known to carry it."""

    __tablename__ = "omslagaanvraag"

    voorstel: Mapped[str] = mapped_column(ForeignKey("omslagvoorstel.id"), primary_key=True)
    bron: Mapped[str] = mapped_column(doc="source that keeps the decision")
    pad: Mapped[str] = mapped_column(doc="path of the decision at that source")
    tekst: Mapped[str]
    bronvermelding: Mapped[str]
    door: Mapped[str] = mapped_column(doc="role that asked")
    status: Mapped[str] = mapped_column(doc="aangevraagd, vastgesteld or geweigerd")
    aangevraagd_op: Mapped[datetime]
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), doc="why it is geweigerd")


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
    gremium: Mapped[str | None] = mapped_column(doc="who decided, as catalogus said")
    besloten_op: Mapped[date | None] = mapped_column(doc="day of the decision, as catalogus said")
