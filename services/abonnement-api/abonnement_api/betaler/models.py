"""Tables of who pays for others. A change is a new version."""

from __future__ import annotations

from datetime import date, datetime

from gemeengoed_kit.db import Base
from sqlalchemy.orm import Mapped, mapped_column


class Betaler(Base):
    __tablename__ = "betaler"

    code: Mapped[str] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    soort: Mapped[str] = mapped_column(doc="samenwerkingsverband, leverancier or gemeente")
    profiel: Mapped[str] = mapped_column(doc="peppol or nlcius")
    naam: Mapped[str]
    oin: Mapped[str]
    straat: Mapped[str]
    postcode: Mapped[str]
    plaats: Mapped[str]
    kenmerk_afnemer: Mapped[str | None] = mapped_column(doc="BT-10")
    ordernummer: Mapped[str | None] = mapped_column(doc="BT-13")
    contract: Mapped[str | None] = mapped_column(doc="BT-12")
    kostenplaats: Mapped[str | None] = mapped_column(doc="BT-19")
    email: Mapped[str | None]
    vastgelegd_op: Mapped[datetime]


class Betaalafspraak(Base):
    __tablename__ = "betaalafspraak"

    gemeentecode: Mapped[str] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    vanaf: Mapped[date]
    betaler: Mapped[str | None] = mapped_column(doc="None: the gemeente pays itself again")
    betaler_versie: Mapped[int | None] = mapped_column(doc="as it was when this was agreed; an invoice has the last version")
    bron: Mapped[str]
    vastgelegd_op: Mapped[datetime]
