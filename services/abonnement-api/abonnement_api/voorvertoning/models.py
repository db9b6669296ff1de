"""Tables of previews. Once one is berekend (or mislukt), neither it nor its lines change."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, ForeignKey, Identity, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Voorvertoning(Base):
    __tablename__ = "voorvertoning"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    jaar: Mapped[int]
    tariefbesluit: Mapped[str]
    peildatum: Mapped[date]
    voor_ronde: Mapped[bool] = mapped_column(doc="it is the proposal of a round")
    vergeleken_met: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("voorvertoning.id"))
    status: Mapped[str] = mapped_column(doc="aangevraagd, berekend or mislukt")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    aantal: Mapped[int | None] = mapped_column(doc="gemeenten that get an invoice")
    bedrag_cent: Mapped[int | None] = mapped_column(BigInteger, doc="without what is settled of earlier years")
    vorig_cent: Mapped[int | None] = mapped_column(BigInteger, doc="the year before, likewise")
    verrekend_cent: Mapped[int | None] = mapped_column(BigInteger)
    overschrijdingen: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    redenen: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    wijze: Mapped[str | None] = mapped_column(doc="who sells, see verkoper")
    penvoerder: Mapped[str | None]
    aangevraagd_op: Mapped[datetime]
    afgerond_op: Mapped[datetime | None]
    peer_id: Mapped[str] = mapped_column(doc="OIN of who asked")
    rol: Mapped[str]
    contract: Mapped[str] = mapped_column(doc="hash of the grant by which it was asked")


class Voorvertoningsregel(Base):
    """A draft invoice; without a subscription, a gemeente that had one last year and has none now. Those come last."""

    __tablename__ = "voorvertoningsregel"

    voorvertoning: Mapped[uuid.UUID] = mapped_column(ForeignKey("voorvertoning.id"), primary_key=True)
    volgnummer: Mapped[int] = mapped_column(primary_key=True)
    gemeentecode: Mapped[str]
    gemeentenaam: Mapped[str]
    abonnement: Mapped[uuid.UUID | None]
    pakket: Mapped[str | None]
    maanden: Mapped[int | None]
    inwoners: Mapped[int | None]
    voorlopig: Mapped[bool | None] = mapped_column(doc="the source calls the inhabitants provisional")
    tarief_per_inwoner: Mapped[Decimal | None] = mapped_column(Numeric(9, 4))
    betaler: Mapped[str | None]
    betaler_naam: Mapped[str | None]
    bedrag_cent: Mapped[int] = mapped_column(BigInteger)
    verrekeningen: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    verrekend_cent: Mapped[int] = mapped_column(BigInteger)
    vorig_cent: Mapped[int | None] = mapped_column(BigInteger)
    redenen: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
