"""Table of proposals: what was asked, and the inhabitants that it is computed with. The outcome follows from these."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gemeengoed_kit.db import Base
from sqlalchemy import BigInteger, Identity, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Tariefvoorstel(Base):
    __tablename__ = "tariefvoorstel"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    volgnummer: Mapped[int] = mapped_column(Identity(always=True))
    jaar: Mapped[int]
    prijspeil: Mapped[int]
    omschrijving: Mapped[str]
    bronvermelding: Mapped[str]
    budgetten: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, doc="dienst, cent, decimalen")
    besloten: Mapped[Decimal | None] = mapped_column(Numeric(9, 4), doc="euros per inhabitant")
    deelname_promille: Mapped[int]
    tarief_decimalen: Mapped[int]
    peildatum: Mapped[date | None] = mapped_column(doc="None when the inhabitants were given")
    uitgezonderd: Mapped[dict[str, list[str]]] = mapped_column(JSONB, doc="dienst to the gemeentecodes that do not take it")
    inwoners: Mapped[int | None] = mapped_column(BigInteger)
    zonder: Mapped[dict[str, int] | None] = mapped_column(
        JSONB(none_as_null=True), doc="dienst to the inhabitants of who does not take it"
    )
    status: Mapped[str] = mapped_column(doc="aangevraagd, voorgesteld or mislukt")
    probleem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    aangevraagd_op: Mapped[datetime]
    afgerond_op: Mapped[datetime | None]
