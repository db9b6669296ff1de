"""Table of afnemers. The administratie maintains it, so it may change."""

from __future__ import annotations

from datetime import datetime

from gemeengoed_kit.db import Base
from sqlalchemy.orm import Mapped, mapped_column


class Afnemer(Base):
    __tablename__ = "afnemer"

    gemeentecode: Mapped[str] = mapped_column(primary_key=True)
    peer_id: Mapped[str] = mapped_column(doc="OIN of the gemeente")
    gewijzigd_op: Mapped[datetime]
