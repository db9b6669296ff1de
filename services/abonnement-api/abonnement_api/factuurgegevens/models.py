"""Table of what gemeenten want on their invoices. A change is a new version."""

from __future__ import annotations

from datetime import datetime

from gemeengoed_kit.db import Base
from sqlalchemy.orm import Mapped, mapped_column


class Factuurgegevens(Base):
    __tablename__ = "factuurgegevens"

    gemeentecode: Mapped[str] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    profiel: Mapped[str] = mapped_column(doc="peppol or nlcius")
    naam: Mapped[str] = mapped_column(doc="name of the gemeente as a party: gemeente Utrecht")
    oin: Mapped[str] = mapped_column(doc="electronic address, and legal identifier")
    straat: Mapped[str]
    postcode: Mapped[str]
    plaats: Mapped[str]
    kenmerk_afnemer: Mapped[str | None] = mapped_column(doc="BT-10")
    ordernummer: Mapped[str | None] = mapped_column(doc="BT-13")
    contract: Mapped[str | None] = mapped_column(doc="BT-12")
    kostenplaats: Mapped[str | None] = mapped_column(doc="BT-19")
    taakveld: Mapped[str | None] = mapped_column(doc="Iv3 taakveld, BT-133")
    email: Mapped[str | None] = mapped_column(doc="where a file may be mailed to")
    vastgelegd_op: Mapped[datetime]
