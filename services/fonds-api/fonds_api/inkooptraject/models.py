"""Tables of inkooptrajecten. Insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column


class Traject(Base):
    __tablename__ = "inkooptraject"

    code: Mapped[str] = mapped_column(ForeignKey("fonds.code"), primary_key=True)
    naam: Mapped[str]
    bronvermelding: Mapped[str]
    sleutel: Mapped[str]
    peildatum: Mapped[date | None] = mapped_column(doc="day of which inhabitants count")
    vastgelegd_op: Mapped[datetime]


class Mutatie(Base):
    """Somebody joined, left, or got another weight."""

    __tablename__ = "inkoopmutatie"

    traject: Mapped[str] = mapped_column(ForeignKey("inkooptraject.code"), primary_key=True)
    nummer: Mapped[int] = mapped_column(primary_key=True)
    soort: Mapped[str]
    deelnemer: Mapped[str] = mapped_column(doc="path of a gemeente or samenwerkingsverband in catalogus")
    naam: Mapped[str]
    gewicht: Mapped[int] = mapped_column(doc="from now on; 0 for who left")
    opgave: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("inkoopopgave.id"), doc="where the weight comes from")
    toelichting: Mapped[str]
    vastgelegd_op: Mapped[datetime]


class Machtiging(Base):
    """Somebody else lets a large post be booked or taken back, once."""

    __tablename__ = "inkoopmachtiging"

    traject: Mapped[str] = mapped_column(ForeignKey("inkooptraject.code"), primary_key=True)
    nummer: Mapped[int] = mapped_column(primary_key=True)
    soort: Mapped[str] = mapped_column(doc="of the post, or storno")
    deelnemer: Mapped[str | None]
    storneert: Mapped[int | None] = mapped_column(doc="number of the post that may be taken back")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    naam: Mapped[str]
    toelichting: Mapped[str]
    vastgelegd_op: Mapped[datetime]
    verloopt_op: Mapped[datetime]
    peer_id: Mapped[str]
    rol: Mapped[str]
    contract: Mapped[str]


class Post(Base):
    __tablename__ = "inkooppost"

    traject: Mapped[str] = mapped_column(ForeignKey("inkooptraject.code"), primary_key=True)
    nummer: Mapped[int] = mapped_column(primary_key=True)
    soort: Mapped[str]
    kostensoort: Mapped[str | None]
    deelnemer: Mapped[str | None]
    storneert: Mapped[int | None] = mapped_column(doc="number of the post that it takes back")
    bedrag_cent: Mapped[int] = mapped_column(BigInteger, doc="with BTW; negative for a storno")
    btw_cent: Mapped[int] = mapped_column(BigInteger, doc="of costs, the part of the amount that is BTW")
    machtiging: Mapped[int | None] = mapped_column(doc="number of what somebody else let")
    peer_id: Mapped[str]
    rol: Mapped[str]
    contract: Mapped[str]
    boekdatum: Mapped[date]
    omschrijving: Mapped[str]
    boeking: Mapped[uuid.UUID] = mapped_column(ForeignKey("boeking.id"))
    vastgelegd_op: Mapped[datetime]


class Afrekening(Base):
    __tablename__ = "inkoopafrekening"

    traject: Mapped[str] = mapped_column(ForeignKey("inkooptraject.code"), primary_key=True)
    nummer: Mapped[int] = mapped_column(primary_key=True)
    kosten_cent: Mapped[int] = mapped_column(BigInteger, doc="all costs until now")
    tot_mutatie: Mapped[int] = mapped_column(doc="the last change of participants that counts")
    tot_post: Mapped[int] = mapped_column(doc="the last post that counts")
    aantal_regels: Mapped[int]
    boekdatum: Mapped[date]
    toelichting: Mapped[str]
    boeking: Mapped[uuid.UUID] = mapped_column(ForeignKey("boeking.id"))
    vastgelegd_op: Mapped[datetime]


class Afrekeningsregel(Base):
    __tablename__ = "inkoopafrekeningsregel"
    __table_args__ = (ForeignKeyConstraint(["traject", "afrekening"], ["inkoopafrekening.traject", "inkoopafrekening.nummer"]),)

    traject: Mapped[str] = mapped_column(primary_key=True)
    afrekening: Mapped[int] = mapped_column(primary_key=True)
    nummer: Mapped[int] = mapped_column(primary_key=True)
    deelnemer: Mapped[str]
    naam: Mapped[str]
    gewicht: Mapped[int]
    aandeel_cent: Mapped[int] = mapped_column(BigInteger, doc="of all costs until now")
    eerder_cent: Mapped[int] = mapped_column(BigInteger, doc="by the settlement before")
    verschil_cent: Mapped[int] = mapped_column(BigInteger, doc="what it pays or gets back now")


class Sluiting(Base):
    __tablename__ = "inkoopsluiting"

    traject: Mapped[str] = mapped_column(ForeignKey("inkooptraject.code"), primary_key=True)
    boekdatum: Mapped[date]
    boeking: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("boeking.id"))
    vastgelegd_op: Mapped[datetime]
