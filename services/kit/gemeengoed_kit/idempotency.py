"""Idempotency-Key: the first committed answer is stored in the same transaction and replayed. `retention` removes it later.

A failed request leaves nothing behind and may be retried. When two requests have one key at the same moment, the second
waits for the first's row lock and then replays the first's answer.
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
METHODS = frozenset({"POST", "PATCH"})
"""Methods for which a key counts; PUT and DELETE can be repeated as they are."""
REPLAYED = "Idempotency-Replayed"
KEPT = (
    "Een sleutel geldt voor u onder één contract en wordt ten minste 30 dagen onthouden, gewoonlijk 400. Daarna telt een "
    "herhaling als nieuwe aanvraag; "
    "wat van één document of jaar maar eens kan, gebeurt ook dan geen tweede keer."
)
"""How long a key is kept, as text for the specification; see `retention`."""


# Plain SQL text: every request runs it, and SQLAlchemy would spend more time building the statement than the database needs.
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
    """The committed answer to a request with a key. Inserted, then completed once; the service's role cannot delete it."""

    __tablename__ = "idempotentie"

    afzender: Mapped[str] = mapped_column(primary_key=True, doc="peer, delegator and grant that sent the request")
    sleutel: Mapped[str] = mapped_column(primary_key=True)
    vingerafdruk: Mapped[bytes] = mapped_column(LargeBinary, doc="SHA-256 of method, path, query and body")
    status: Mapped[int | None]
    kopregels: Mapped[dict[str, str] | None] = mapped_column(JSONB)
    antwoord: Mapped[bytes | None] = mapped_column(LargeBinary)
    ontstaan_op: Mapped[datetime] = mapped_column(server_default=func.now())


def check_key(key: str) -> str:
    """Require a key of 1 to 255 visible ASCII characters.

    Raises:
        Invalid: the key is anything else.
    """
    if not 1 <= len(key) <= 255 or not all("!" <= c <= "~" for c in key):
        raise Invalid(
            "De header Idempotency-Key is ongeldig.",
            invalid_params=[InvalidParam(HEADER, "sleutel", "1 tot 255 zichtbare ASCII-tekens")],
        )
    return key


def fingerprint(method: str, path: str, query: str, body: bytes) -> bytes:
    """The hash that identifies a request; `body` is its content, or the digest of a file."""
    return hashlib.sha256(b"\n".join([method.encode(), path.encode(), query.encode(), body])).digest()


def claim(session: Session, sender: str, key: str, mark: bytes) -> IdempotentAnswer | None:
    """Claim the key for this transaction.

    Returns:
        None when the key is new and now ours; else the answer to the first request with it.

    Raises:
        KeyReused: the key was used for another request.
    """
    first = None
    while first is None:  # loops when an expired key was removed between these two
        if session.connection().execute(_CLAIM, {"sender": sender, "key": key, "mark": mark}).rowcount:
            return None
        first = session.get(IdempotentAnswer, (sender, key))
    if first.vingerafdruk != mark:
        raise KeyReused("Deze Idempotency-Key is al gebruikt voor een andere aanvraag; neem een nieuwe sleutel.")
    return first


def complete(session: Session, sender: str, key: str, *, status: int, headers: dict[str, Any], body: bytes) -> None:
    """Store the answer with the claimed key; others see it when the transaction commits."""
    values = {"sender": sender, "key": key, "status": status, "headers": json.dumps(headers), "body": body}
    session.connection().execute(_COMPLETE, values)
