"""The two answers nginx understands: pass (204) with where and what, or refuse (403) with a ready FSC error."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from gateway.errors import FscError, InwayError, OutwayError
from gateway.names import Domain
from gateway.nginx.way import DIRECT, Way
from gateway.txlog.record import Line


class Question(NamedTuple):
    """One request of nginx: about which hosted peer, from a worker with which configuration, and its headers.
    `transaction_id` is the one that was sent, if it is a good one, else one made here."""

    peer_id: str
    generation: int
    headers: dict[bytes, bytes]
    transaction_id: str

    def header(self, name: bytes) -> str:
        """A header's value without surrounding space; empty when absent."""
        return self.headers.get(name, b"").decode("latin-1").strip()


class Pass(NamedTuple):
    """The call may go on, once `record` is in the log; if the client chose the transaction id
    (`chosen`: number of the peer, and id), only when that peer has not called with it before."""

    record: Line
    answer: bytes
    chosen: tuple[int, str] | None = None


def passed(
    *,
    upstream: str,
    host: str,
    name: str,
    transaction_id: str,
    token: str | None = None,
    way: Way = DIRECT,
    counted: tuple[str, str] | None = None,
) -> bytes:
    """204: send the call to `upstream` by `way` with Host `host`; `name` is what TLS must verify, `counted` the service
    and the caller whose calls under way nginx counts."""
    return _PASSED % (transaction_id.encode(), _where(upstream, host, name, token, way.name, counted))


_PASSED = b"HTTP/1.1 204 No Content\r\nX-Transaction-Id: %b\r\n%b"


@lru_cache(maxsize=4096)
def _where(upstream: str, host: str, name: str, token: str | None, way: str, counted: tuple[str, str] | None) -> bytes:
    """The lines that are the same for every call under a grant, until its token is renewed."""
    headers = {"X-Upstream": upstream, "X-Host": host, "X-Name": name, "X-Way": way}
    if counted is not None:
        headers |= {"X-Service": counted[0], "X-Caller": counted[1]}
    if token is not None:
        headers["X-Token"] = f"Bearer {token}"
    return ("".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n").encode("latin-1")


def refused(error: FscError, transaction_id: str) -> bytes:
    """403 for auth_request; the error as the client gets it travels in headers, so nginx needs no second question."""
    body = json.dumps({**error.body(), "transaction_id": transaction_id})
    headers = {
        "X-Status": str(error.status),
        "X-Code": error.code,
        "X-Body": body,
        "X-Transaction-Id": transaction_id,
        "Content-Length": "0",
    }
    if error.status in (401, 407):
        headers["X-Authenticate"] = "Bearer"
    if error.retry_after is not None:
        headers["X-Retry-After"] = str(error.retry_after)
    lines = ["HTTP/1.1 403 Forbidden", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def log_failure(domain: Domain, who: str) -> FscError:
    """500 TRANSACTION_LOG_WRITE_ERROR (FSC Logging): no record, no call."""
    kind = InwayError if domain is Domain.INWAY else OutwayError
    return kind(
        "TRANSACTION_LOG_WRITE_ERROR",
        f"{who} kan de aanroep niet vastleggen in het transactielog; zij is daarom niet doorgestuurd.",
        status=500,
    )


def used_before(transaction_id: str) -> FscError:
    """400 INVALID_LOG_RECORD_ID: the client's transaction id is that of an earlier call (fsc.md 1.9, 11)."""
    return OutwayError(
        "INVALID_LOG_RECORD_ID",
        f"Fsc-Transaction-Id {transaction_id} is al van een eerdere aanroep; laat hem weg, dan maakt de Outway er een.",
        status=400,
    )


def shown(text: str, longest: int = 120) -> str:
    """What a client sent, safe to show back in a message."""
    return quote(text[:longest], safe=" $-_.:/@+=,") + ("…" if len(text) > longest else "")
