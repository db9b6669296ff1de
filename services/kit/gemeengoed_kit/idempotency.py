"""Idempotency-Key: the first committed answer is the answer, stored in the same transaction; `retention` ends its life.

A failed request leaves no trace and may be retried. Two requests with one key at the same moment: the
second waits on the first's row lock and then reads back the first's answer.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from gemeengoed_kit.db import Base
from gemeengoed_kit.errors import Conflict, Invalid, InvalidParam

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT = (
    "Een sleutel geldt voor u onder één contract en wordt ten minste 30 dagen onthouden, gewoonlijk 400. Daarna telt een "
    "herhaling als nieuwe aanvraag; "
    "wat van één document of jaar maar eens kan, gebeurt ook dan geen tweede keer."
)
"""How long a key is kept, for the specification; see `retention`."""


# As text: written with every request, and put together anew each time SQLAlchemy's own form costs more than the database.
_CLAIM = text("INSERT INTO idempotentie (afzender, sleutel, vingerafdruk) VALUES (:sender, :key, :mark) ON CONFLICT DO NOTHING")
_COMPLETE = text(
    "UPDATE idempotentie SET status = :status, kopregels = CAST(:headers AS jsonb), antwoord = :body "
    "WHERE afzender = :sender AND sleutel = :key"
)


class KeyReused(Conflict):
    type, title = "idempotentiesleutel-hergebruikt", "Idempotentiesleutel hergebruikt"
    meaning = "Deze sleutel is al gebruikt voor een aanvraag met andere inhoud."
    remedy = "Neem voor een nieuwe aanvraag een nieuwe sleutel; herhaal de eerste met precies dezelfde inhoud."


class IdempotentAnswer(Base):
    """The committed answer to a request with a key. Insert and one completion; the service's role cannot remove it."""

    __tablename__ = "idempotentie"

    afzender: Mapped[str] = mapped_column(primary_key=True, doc="peer, delegator and grant that sent the request")
    sleutel: Mapped[str] = mapped_column(primary_key=True)
    vingerafdruk: Mapped[bytes] = mapped_column(LargeBinary, doc="SHA-256 of method, path, query and body")
    status: Mapped[int | None]
    kopregels: Mapped[dict[str, str] | None] = mapped_column(JSONB)
    antwoord: Mapped[bytes | None] = mapped_column(LargeBinary)
    ontstaan_op: Mapped[datetime] = mapped_column(server_default=func.now())


def check_key(key: str) -> str:
    """A key of 1 to 255 visible ASCII characters.

    Raises:
        Invalid: anything else.
    """
    if not 1 <= len(key) <= 255 or not all("!" <= c <= "~" for c in key):
        raise Invalid(
            "De header Idempotency-Key is ongeldig.",
            invalid_params=[InvalidParam(HEADER, "sleutel", "1 tot 255 zichtbare ASCII-tekens")],
        )
    return key


def fingerprint(method: str, path: str, query: str, body: bytes) -> bytes:
    """What makes a request the same one; `body` is its content, or the digest of a file."""
    return hashlib.sha256(b"\n".join([method.encode(), path.encode(), query.encode(), body])).digest()


def claim(session: Session, sender: str, key: str, mark: bytes) -> IdempotentAnswer | None:
    """Take the key for this transaction.

    Returns:
        None when the key is new and now ours; else the answer of the request that had it first.

    Raises:
        KeyReused: the key was used for another request.
    """
    first = None
    while first is None:  # once more when it was forgotten, being old enough, between these two
        if session.connection().execute(_CLAIM, {"sender": sender, "key": key, "mark": mark}).rowcount:
            return None
        first = session.get(IdempotentAnswer, (sender, key))
    if first.vingerafdruk != mark:
        raise KeyReused("Deze Idempotency-Key is al gebruikt voor een andere aanvraag; neem een nieuwe sleutel.")
    return first


def complete(session: Session, sender: str, key: str, *, status: int, headers: dict[str, Any], body: bytes) -> None:
    """Store the answer with the claimed key; becomes visible when the transaction commits."""
    values = {"sender": sender, "key": key, "status": status, "headers": json.dumps(headers), "body": body}
    session.connection().execute(_COMPLETE, values)
