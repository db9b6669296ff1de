"""Tables of besluiten. Insert only, and about which voorzieningen they are only the database writes."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Besluit(Base):
    __tablename__ = "besluit"
    __table_args__ = (UniqueConstraint("id", "datum"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    gremium: Mapped[str]
    soort: Mapped[str]
    datum: Mapped[date] = mapped_column(doc="last day that it can have been taken")
    nauwkeurigheid: Mapped[str] = mapped_column(doc="whether the day is known, or only its month or year")
    uitkomst: Mapped[str]
    voorzieningen: Mapped[list[str]] = mapped_column(ARRAY(Text))
    titel: Mapped[str]
    tekst: Mapped[str]
    uitrol: Mapped[str | None]
    tijdpad: Mapped[str | None]
    mate_van_binding: Mapped[str | None]
    samenwerkingsvorm: Mapped[str | None]
    uitvoeringsstructuur: Mapped[str | None]
    financiering: Mapped[str | None]
    advies_over: Mapped[str | None] = mapped_column(doc="of an advies: the soort of besluit that it prepares")
    volgt_op: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("besluit.id"), index=True)
    advies: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("besluit.id"), index=True)
    advies_gevolgd: Mapped[bool | None]
    bronvermelding: Mapped[str]
    vindplaatsen: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[str | None] = mapped_column(doc="OIN of the peer; empty where it came with the product")
    vastgelegd_namens: Mapped[str | None] = mapped_column(doc="OIN on whose behalf")
    vastgelegd_als: Mapped[str | None] = mapped_column(doc="role of who recorded it")


class BesluitVoorziening(Base):
    """Written by the trigger of `besluit` alone."""

    __tablename__ = "besluit_voorziening"
    __table_args__ = (
        ForeignKeyConstraint(["besluit", "datum"], ["besluit.id", "besluit.datum"]),
        UniqueConstraint("besluit", "voorziening", "datum"),
        UniqueConstraint("volgt_op", "voorziening"),
        ForeignKeyConstraint(
            ["volgt_op", "voorziening", "volgt_op_datum"],
            ["besluit_voorziening.besluit", "besluit_voorziening.voorziening", "besluit_voorziening.datum"],
        ),
    )

    besluit: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    voorziening: Mapped[str] = mapped_column(ForeignKey("voorziening.code"), primary_key=True)
    datum: Mapped[date]
    volgt_op: Mapped[uuid.UUID | None] = mapped_column(doc="the besluit about this voorziening whose place it takes")
    volgt_op_datum: Mapped[date | None]
