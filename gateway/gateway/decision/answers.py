"""The two answers that nginx understands: pass (204) with target and headers, or refuse (403) with a complete FSC error."""

from __future__ import annotations

import json
import time
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from gateway.errors import FscError, InwayError, OutwayError
from gateway.names import Domain
from gateway.nginx.way import Hop
from gateway.txlog.ids import is_valid, new_id
from gateway.txlog.record import Line


class Asker(NamedTuple):
    """The nginx worker that asks: one with configuration number `generation`, for the Inway or Outway of a hosted peer.
    `certificate`: thumbprint of the certificate with which this Outway makes its calls."""

    domain: Domain
    peer_id: str
    generation: int
    certificate: str = ""


class Question:
    """One request of nginx to us, with its headers. `moment`: when it arrived, in Unix seconds. `transaction_id`: the one in
    `sent` if that is valid (then `chosen` is true), else one made here."""

    __slots__ = ("asker", "chosen", "headers", "moment", "sent", "transaction_id")

    def __init__(self, asker: Asker, headers: dict[bytes, bytes]) -> None:
        self.asker, self.headers, self.moment = asker, headers, time.time()
        self.sent = self.header(b"X-Transaction-Id")
        self.chosen = is_valid(self.sent)
        self.transaction_id = self.sent if self.chosen else new_id(int(self.moment * 1000))

    def header(self, name: bytes) -> str:
        """A header's value without surrounding whitespace; empty when absent."""
        value = self.headers.get(name)
        return value.decode("latin-1").strip() if value else ""


class UnknownCertificate(Exception):
    """The Inway does not know a certificate with this fingerprint yet, and nginx did not send the certificate."""


class Pass(NamedTuple):
    """The call may pass as soon as `record` is in the log. If the client chose the transaction id (`chosen`: number of the
    peer, and id), it passes only when that peer has not used the id before."""

    record: Line
    answer: bytes
    chosen: tuple[int, str] | None = None


def passed(
    hop: Hop,
    *,
    host: str,
    name: str,
    transaction_id: str,
    token: str | None = None,
    counted: tuple[str, str] | None = None,
) -> bytes:
    """204: send the call along `hop` with Host `host`. `name` is the name that TLS must verify; `counted` is the service and
    the caller whose concurrent calls nginx counts."""
    return _PASSED % (transaction_id.encode(), _where(hop, host, name, token, counted))


_PASSED = b"HTTP/1.1 204 No Content\r\nX-Transaction-Id: %b\r\n%b"
_REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nX-Transaction-Id: %b\r\nX-Refusal: %b\r\n\r\n"
INTRODUCE = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"
"""nginx must ask again, with the client's certificate."""


@lru_cache(maxsize=4096)
def _where(hop: Hop, host: str, name: str, token: str | None, counted: tuple[str, str] | None) -> bytes:
    """The header lines that stay the same for every call under a grant, until its token is renewed."""
    headers = {"X-Way": hop.location, "X-Host": host, "X-Name": name}
    if hop.upstream is not None:
        headers["X-Upstream"] = hop.upstream
    if counted is not None:
        headers |= {"X-Service": counted[0], "X-Caller": counted[1]}
    if token is not None:
        headers["X-Token"] = f"Bearer {token}"
    return ("".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n").encode("latin-1")


def refused(error: FscError, transaction_id: str) -> bytes:
    """403 for auth_request. The error, as the client gets it, travels in a header, so nginx needs no second request."""
    body = json.dumps({**error.body(), "transaction_id": transaction_id})
    refusal = f"{error.status} {error.code} {'-' if error.retry_after is None else error.retry_after} {body}"
    return _REFUSED % (transaction_id.encode(), refusal.encode("latin-1"))


def log_failure(domain: Domain, who: str) -> FscError:
    """500 TRANSACTION_LOG_WRITE_ERROR (FSC Logging): without a record the call is refused."""
    kind = InwayError if domain is Domain.INWAY else OutwayError
    return kind(
        "TRANSACTION_LOG_WRITE_ERROR",
        f"{who} kan de aanroep niet vastleggen in het transactielog; zij is daarom niet doorgestuurd.",
        status=500,
    )


def used_before(transaction_id: str) -> FscError:
    """400 INVALID_LOG_RECORD_ID: the client used this transaction id for an earlier call (fsc.md 1.9, 11)."""
    return OutwayError(
        "INVALID_LOG_RECORD_ID",
        f"Fsc-Transaction-Id {transaction_id} is al van een eerdere aanroep; laat hem weg, dan maakt de Outway er een.",
        status=400,
    )


def shown(text: str, longest: int = 120) -> str:
    """Text from a client, made safe to repeat in a message."""
    return quote(text[:longest], safe=" $-_.:/@+=,") + ("…" if len(text) > longest else "")
