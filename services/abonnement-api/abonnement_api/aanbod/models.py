"""Tables of offers, answers and reminders."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Aanbod(Base):
    """Its terms never change; its gemeenten are there once it is open."""

    __tablename__ = "aanbod"

    code: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    bron: Mapped[str]
    pakket: Mapped[str]
    uitzonderingspakket: Mapped[str | None]
    begindatum: Mapped[date]
    einddatum: Mapped[date] = mapped_column(doc="last day")
    reageren_voor: Mapped[date]
    peildatum: Mapped[date]
    opzegtermijn_maanden: Mapped[int]
    tussentijds: Mapped[bool]
    uittreedbijdrage_procent: Mapped[int]
    status: Mapped[str] = mapped_column(doc="aangevraagd, open or mislukt")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    aangevraagd_op: Mapped[datetime]
    afgerond_op: Mapped[datetime | None]


class Aanbodgemeente(Base):
    __tablename__ = "aanbodgemeente"

    aanbod: Mapped[str] = mapped_column(ForeignKey("aanbod.code"), primary_key=True)
    gemeentecode: Mapped[str] = mapped_column(primary_key=True)
    gemeentenaam: Mapped[str]
    inwoners: Mapped[int | None] = mapped_column(doc="on the peildatum; None when there is no figure")


class Antwoord(Base):
    """The last one counts, and a signature is the last."""

    __tablename__ = "antwoord"

    aanbod: Mapped[str] = mapped_column(primary_key=True)
    gemeentecode: Mapped[str] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(primary_key=True)
    antwoord: Mapped[str] = mapped_column(doc="ondertekend or afgewezen")
    datum: Mapped[date]
    naam: Mapped[str] = mapped_column(doc="who signed for the gemeente")
    functie: Mapped[str]
    grondslag: Mapped[str] = mapped_column(doc="collegebesluit, raadsbesluit or mandaatbesluit")
    kenmerk: Mapped[str]
    besluitdatum: Mapped[date]
    toelichting: Mapped[str | None]
    pakket: Mapped[str | None]
    uitzondering: Mapped[str | None] = mapped_column(doc="why it takes another package")
    abonnement: Mapped[uuid.UUID | None]
    rol: Mapped[str] = mapped_column(doc="role of who recorded it")
    vastgelegd_op: Mapped[datetime]


class Rappel(Base):
    __tablename__ = "rappel"

    aanbod: Mapped[str] = mapped_column(primary_key=True)
    gemeentecode: Mapped[str] = mapped_column(primary_key=True)
    stap: Mapped[int] = mapped_column(primary_key=True)
    datum: Mapped[date]
    onderwerp: Mapped[str]
    tekst: Mapped[str]
    vastgelegd_op: Mapped[datetime]
