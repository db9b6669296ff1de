"""Tables of payment orders. Insert only; triggers and the role's rights enforce it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Identity, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column


class Betaalopdracht(Base):
    __tablename__ = "betaalopdracht"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), doc="order in which they came")
    soort: Mapped[str] = mapped_column(doc="verdeling or terugbetaling")
    kenmerk: Mapped[str] = mapped_column(unique=True, doc="MsgId and PmtInfId")
    datum: Mapped[date] = mapped_column(doc="day on which the bank is to carry it out")
    iban: Mapped[str] = mapped_column(doc="own account")
    naam: Mapped[str] = mapped_column(doc="of who pays, in SEPA letters")
    verzamelboeking: Mapped[bool]
    aantal: Mapped[int]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    voorgesteld_op: Mapped[datetime]
    peer_id: Mapped[str] = mapped_column(doc="OIN of who proposed it")
    rol: Mapped[str]
    contract: Mapped[str] = mapped_column(doc="hash of the grant by which it was proposed")


class Betaalopdrachtregel(Base):
    """A payment: the share of an aanbieder in a distribution, or what is left of a receipt."""

    __tablename__ = "betaalopdrachtregel"

    opdracht: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(primary_key=True)
    eindnaareind: Mapped[str] = mapped_column(unique=True, doc="EndToEndId")
    naam: Mapped[str] = mapped_column(doc="as it was recorded; the message has it in SEPA letters")
    iban: Mapped[str]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    omschrijving: Mapped[str]
    verdeling: Mapped[uuid.UUID | None]
    aanbieder: Mapped[str | None]
    betaling: Mapped[uuid.UUID | None] = mapped_column(doc="the receipt of which it gives something back")


class Betaalregelstand(Base):
    """View: a line with its order and where it stands."""

    __tablename__ = "betaalregelstand"

    opdracht: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(primary_key=True)
    eindnaareind: Mapped[str]
    naam: Mapped[str]
    iban: Mapped[str]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    omschrijving: Mapped[str]
    verdeling: Mapped[uuid.UUID | None]
    aanbieder: Mapped[str | None]
    betaling: Mapped[uuid.UUID | None]
    soort: Mapped[str]
    kenmerk: Mapped[str]
    datum: Mapped[date]
    eigen_iban: Mapped[str]
    stand: Mapped[str] = mapped_column(doc="voorgesteld, afgewezen, onderweg, betaald, geweigerd or teruggekomen")


class Betaalbesluit(Base):
    """What other eyes decided about an order."""

    __tablename__ = "betaalbesluit"

    opdracht: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    uitkomst: Mapped[str] = mapped_column(doc="goedgekeurd or afgewezen")
    reden: Mapped[str | None]
    op: Mapped[datetime]
    peer_id: Mapped[str]
    rol: Mapped[str]
    contract: Mapped[str]


class Betaalbericht(Base):
    """What goes to the bank, byte for byte."""

    __tablename__ = "betaalbericht"

    opdracht: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    bericht: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]


class Betaaluitkomst(Base):
    """What became of a line."""

    __tablename__ = "betaaluitkomst"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), doc="order in which they came")
    opdracht: Mapped[uuid.UUID]
    regel: Mapped[int]
    soort: Mapped[str] = mapped_column(doc="betaald, geweigerd or retour")
    datum: Mapped[date] = mapped_column(doc="boekdatum")
    afschrijving: Mapped[uuid.UUID | None] = mapped_column(doc="the debit that carried it out")
    betaling: Mapped[uuid.UUID | None] = mapped_column(doc="the credit by which it came back")
    toelichting: Mapped[str | None]
    vastgelegd_op: Mapped[datetime]
