"""Tables of sellers. A change is a new version; triggers and the role's rights prevent any other."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from gemeengoed_kit.db import Base
from sqlalchemy import Numeric
from sqlalchemy.orm import Mapped, mapped_column


class Verkopergegevens(Base):
    __tablename__ = "verkopergegevens"

    aanbieder: Mapped[str] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    vanaf: Mapped[date] = mapped_column(doc="first factuurdatum for which it counts")
    naam: Mapped[str] = mapped_column(doc="statutory name")
    kvk: Mapped[str]
    oin: Mapped[str | None]
    btw_id: Mapped[str | None]
    iban: Mapped[str | None] = mapped_column(doc="account on which it is paid by the bureau")
    straat: Mapped[str] = mapped_column(doc="street and number")
    postcode: Mapped[str]
    plaats: Mapped[str]
    email: Mapped[str]
    vastgelegd_op: Mapped[datetime]


class BtwBehandeling(Base):
    __tablename__ = "btw_behandeling"

    verkoper: Mapped[str] = mapped_column(primary_key=True)
    dienst: Mapped[str] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    vanaf: Mapped[date] = mapped_column(doc="first factuurdatum for which it counts")
    categorie: Mapped[str] = mapped_column(doc="S, E, O (EN 16931) or niet-vastgesteld")
    percentage: Mapped[Decimal] = mapped_column(Numeric(4, 2))
    tekst: Mapped[str | None] = mapped_column(doc="reason of the exemption, on the invoice")
    bron: Mapped[str] = mapped_column(doc="who established it, and where")
    vastgelegd_op: Mapped[datetime]


class Verkoopwijze(Base):
    __tablename__ = "verkoopwijze"

    vanaf_jaar: Mapped[int] = mapped_column(primary_key=True)
    versie: Mapped[int] = mapped_column(primary_key=True)
    wijze: Mapped[str] = mapped_column(doc="bureau, stichtingen or penvoerder")
    penvoerder: Mapped[str | None]
    bron: Mapped[str]
    vastgelegd_op: Mapped[datetime]
