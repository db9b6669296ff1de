"""Tables of subscriptions and collective registrations."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class CollectieveAanmelding(Base):
    __tablename__ = "collectieve_aanmelding"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    vingerafdruk: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    begindatum: Mapped[date]
    einddatum: Mapped[date] = mapped_column(doc="last day")
    pakket: Mapped[str]
    uitzonderingen: Mapped[dict[str, str]] = mapped_column(JSONB, doc="gemeentecode to package")
    status: Mapped[str] = mapped_column(doc="aangevraagd, verwerkt or mislukt")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    aangevraagd_op: Mapped[datetime]
    afgerond_op: Mapped[datetime | None]


class Abonnement(Base):
    """What was agreed; it never changes. `Abonnementstand` is what became of it."""

    __tablename__ = "abonnement"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    gemeentecode: Mapped[str]
    gemeentenaam: Mapped[str] = mapped_column(doc="as catalogus gave it when the subscription was made")
    pakket: Mapped[str] = mapped_column(doc="code; what it costs is decided per year")
    begindatum: Mapped[date]
    einddatum: Mapped[date] = mapped_column(doc="last day, as agreed")
    aanmelding: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("collectieve_aanmelding.id"))
    aanbod: Mapped[str | None] = mapped_column(doc="whose terms it has")
    overgang: Mapped[uuid.UUID | None] = mapped_column(doc="the herindeling that it comes from")


class Abonnementstand(Base):
    """The state of a subscription, which a trigger keeps. An exclusion constraint ensures that a gemeente never has two on one
    day, also after a herindeling."""

    __tablename__ = "abonnementstand"

    abonnement: Mapped[uuid.UUID] = mapped_column(ForeignKey("abonnement.id"), primary_key=True)
    gemeentecode: Mapped[str]
    begindatum: Mapped[date]
    einddatum: Mapped[date] = mapped_column(
        doc="last day, as it is now; the day before the first if it went over before it began"
    )
    verschuldigd_vanaf: Mapped[date]
    verschuldigd_tot_en_met: Mapped[date]
    opgezegd: Mapped[bool]
    overgegaan_op: Mapped[date | None] = mapped_column(doc="first day on which it is of a successor")
    gebeurtenissen: Mapped[int] = mapped_column(doc="how many there are")


class Abonnementsgebeurtenis(Base):
    """What happens to a subscription; the database checks that it can, and changes its state."""

    __tablename__ = "abonnementsgebeurtenis"

    abonnement: Mapped[uuid.UUID] = mapped_column(ForeignKey("abonnement.id"), primary_key=True)
    volgnummer: Mapped[int] = mapped_column(primary_key=True)
    soort: Mapped[str] = mapped_column(doc="opzegging, verlenging, pakketwijziging or overgang")
    ingangsdatum: Mapped[date] = mapped_column(doc="opzegging and verlenging: the last day; else the first day of what is new")
    datum: Mapped[date] = mapped_column(doc="day of the act")
    pakket: Mapped[str | None]
    verlenging: Mapped[uuid.UUID | None]
    naam: Mapped[str | None] = mapped_column(doc="who signed")
    functie: Mapped[str | None]
    grondslag: Mapped[str | None] = mapped_column(doc="collegebesluit, raadsbesluit or mandaatbesluit")
    kenmerk: Mapped[str | None]
    besluitdatum: Mapped[date | None]
    toelichting: Mapped[str | None]
    vastgelegd_op: Mapped[datetime]
