"""Tables of voorzieningen. The database numbers the versions and keeps each of them whole, and keeps who has which value; nobody
writes them otherwise."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import FetchedValue, SmallInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY, BIT, JSONB
from sqlalchemy.orm import Mapped, mapped_column


class _Inhoud:
    """What an entry and each of its versions have."""

    code: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    soort: Mapped[str]
    spoor: Mapped[int | None] = mapped_column(SmallInteger)
    domein: Mapped[str]
    prioriteit: Mapped[str | None]
    omschrijving: Mapped[str]
    eigenaar: Mapped[str | None]
    ontwikkelaars: Mapped[list[str]] = mapped_column(ARRAY(Text))
    gebruikers: Mapped[list[str]] = mapped_column(ARRAY(Text))
    leveranciers: Mapped[list[str]] = mapped_column(ARRAY(Text))
    bouwstenen: Mapped[list[str]] = mapped_column(ARRAY(Text))
    broncode: Mapped[str | None]
    api_specificatie: Mapped[str | None]
    documentatie: Mapped[str | None]
    mate_van_binding: Mapped[str | None]
    fase: Mapped[str | None] = mapped_column(doc="of the faseovergang of this version, or of the version before")
    beheerstap: Mapped[str | None]
    publicatiestatus: Mapped[str]
    bronvermelding: Mapped[str]
    vindplaatsen: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    gewijzigd_op: Mapped[datetime]
    gewijzigd_door: Mapped[str | None] = mapped_column(doc="OIN of the peer; empty where it came with the product")
    gewijzigd_namens: Mapped[str | None] = mapped_column(doc="OIN on whose behalf")


class Voorziening(_Inhoud, Base):
    __tablename__ = "voorziening"

    versie: Mapped[int] = mapped_column(server_default=FetchedValue())


class VoorzieningVersie(_Inhoud, Base):
    """Insert only, by the trigger of `voorziening`."""

    __tablename__ = "voorziening_versie"

    versie: Mapped[int] = mapped_column(primary_key=True)


class VoorzieningWaarde(Base):
    """Which entries have a value of a filter: of number n, bit n % 8192 in part n / 8192. Kept by a trigger."""

    __tablename__ = "voorziening_waarde"

    filter: Mapped[str] = mapped_column(primary_key=True)
    waarde: Mapped[str] = mapped_column(primary_key=True)
    deel: Mapped[int] = mapped_column(primary_key=True)
    nummers: Mapped[str] = mapped_column(BIT(8192))
