"""The outermost layer: headers on every response, HEAD, 406, 414, 415; every error leaves as a problem.

It wraps the whole app, because a middleware added with `app.add_middleware` never sees Starlette's 500.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gemeengoed_kit.problem import DETAILS, MEDIA_TYPE, problem
from gemeengoed_kit.reading import path_fault

LONGEST_TARGET = 8000
"""Bytes of path and query together: the minimum that RFC 9110 (4.1) recommends to support, and nginx's default."""
_KEPT = ("allow", "www-authenticate", "retry-after")
_LISTS = {b"accept", b"content-encoding"}
_SINGLES = {
    b"content-type",
    b"content-length",
    b"transfer-encoding",
    b"idempotency-key",
    b"authorization",
    b"fsc-authorization",
    b"fsc-transaction-id",
    b"if-match",
}
_ITEM = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_PARAMETER = re.compile(r'\s*;\s*([^\s;=]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s;]*))?\s*')
_Q = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")
_BODIES = ("POST", "PUT", "PATCH")
JSON = ("application/json",)


def security_headers(version: str) -> list[tuple[bytes, bytes]]:
    """Headers of every answer: the version of the API, and restrictions for browsers."""
    return [
        (b"api-version", version.encode()),
        (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        (b"referrer-policy", b"no-referrer"),
        (b"cache-control", b"no-store"),
    ]


def quality(accept: Iterable[str], kind: str) -> float:
    """The quality value of a media type (RFC 9110, 12.5.1); 0 means not acceptable. The most specific matching range decides.

    Args:
        accept: the lines of the Accept header; several lines form one list (RFC 9110, 5.2). No lines, or empty ones, accept
            everything.
        kind: the media type, without parameters. A range whose parameters we do not have is used for its type only when no
            other range matches.
    """
    group = kind.split("/")[0] + "/*"
    best: tuple[int, float] | None = None
    anything = False
    for item in _ITEM.findall(",".join(accept)):
        wanted, parameters = _parsed(item)
        if not wanted:
            continue
        anything = True
        q = parameters.pop("q", "1")
        if wanted not in (kind, group, "*/*") or not _Q.fullmatch(q):
            continue
        ours = not parameters or parameters == {"charset": "utf-8"}
        rank = (kind, group, "*/*").index(wanted) if ours else 3
        if best is None or rank < best[0] or (rank == best[0] and float(q) > best[1]):
            best = rank, float(q)
    return best[1] if best else float(not anything)


def _parsed(item: str) -> tuple[str, dict[str, str]]:
    """(media type, its parameters) of one item, in lower case and without quotes."""
    kind, semicolon, rest = item.partition(";")
    found = _PARAMETER.findall(semicolon + rest)
    return kind.strip().lower(), {name.lower(): re.sub(r"\\(.)", r"\1", value.strip('"')).lower() for name, value in found}


class EdgeMiddleware:
    """Security and version headers, content negotiation, HEAD (NLGov API Design Rules 2.2)."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        version: str,
        media_types: tuple[str, ...] = JSON,
        answers: Sequence[tuple[re.Pattern[str], tuple[str, ...]]] = (),
    ) -> None:
        """
        Args:
            media_types: of what clients send.
            answers: paths that answer something else than JSON, and what.
        """
        self.app, self.media_types, self.answers = app, media_types, answers
        self.headers = security_headers(version)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        refusal = self._refusal(scope)
        if head:  # RFC 9110: GET implies HEAD; FastAPI's routes answer 405
            scope = {**scope, "method": "GET"}
        replaced = answered = False

        async def finish(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                own = {k.lower() for k, _ in message["headers"]}
                message["headers"] = list(message["headers"]) + [h for h in self.headers if h[0] not in own]
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)
            answered = message["type"] == "http.response.body" and not message.get("more_body")

        async def reply(message: Message) -> None:
            """Turn a plain-text answer of an inner layer (such as FastAPI's own 413) into a problem."""
            nonlocal replaced
            if message["type"] == "http.response.start" and message["status"] >= 400:
                given = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in message["headers"]}
                if not given.get("content-type", "").startswith(MEDIA_TYPE):
                    replaced = True
                    kept = {k: v for k, v in given.items() if k in _KEPT}
                    text = DETAILS.get(message["status"], "De aanvraag is niet uitgevoerd.")
                    await problem(message["status"], text, instance=scope["path"], headers=kept)(scope, receive, finish)
                    return
            if not replaced:
                await finish(message)

        if refusal:
            status, detail = refusal
            await problem(status, detail, instance=scope["path"][:200])(scope, receive, reply)
            return
        try:
            await self.app(scope, receive, reply)
        except Exception:
            # The 500 has been sent and logged. If we raised, the server would close the connection, and the Inway may just
            # be sending its next call on it.
            if not answered:
                raise

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """(status, detail) if the target and headers alone are reason to refuse; else None."""
        raw = scope.get("raw_path") or scope["path"].encode()
        if len(raw) + len(scope["query_string"]) > LONGEST_TARGET:
            return 414, f"Het adres is te lang; hoogstens {LONGEST_TARGET} bytes aan pad en zoekvraag."
        fault = path_fault(raw)
        if fault:
            return 400, f"Het pad is ongeldig: {fault}."
        lists: dict[bytes, list[str]] = {}
        singles: dict[bytes, str] = {}
        for name, value in scope["headers"]:
            if name in _LISTS:
                lists.setdefault(name, []).append(value.decode("latin-1"))
            elif name in _SINGLES:
                if name in singles:
                    return 400, f"De kopregel {name.decode()} mag maar één keer voorkomen."
                singles[name] = value.decode("latin-1")
        accept = lists.get(b"accept")
        if accept is not None and accept != ["*/*"]:
            answers = next((kinds for path, kinds in self.answers if path.fullmatch(scope["path"])), JSON)
            if not any(quality(accept, kind) for kind in answers):
                return 406, f"Dit pad antwoordt met {' of '.join(answers)}, en met niets uit uw kopregel Accept."
        encodings = ",".join(lists.get(b"content-encoding", ())).split(",")
        if any(encoding.strip().lower() not in ("", "identity") for encoding in encodings):
            return 415, "Stuur de inhoud zonder Content-Encoding."
        return self._unreadable(singles) if scope["method"] in _BODIES else None

    def _unreadable(self, headers: dict[bytes, str]) -> tuple[int, str] | None:
        has_body = headers.get(b"content-length", "0") != "0" or b"transfer-encoding" in headers
        given = headers.get(b"content-type", "")
        if not (has_body or given):
            return None
        kind, parameters = _parsed(given)
        if kind not in self.media_types:
            return 415, "Gebruik als Content-Type " + " of ".join(self.media_types) + "."
        if kind == "application/json" and parameters.get("charset", "utf-8") != "utf-8":
            return 415, "JSON is UTF-8 (RFC 8259); een andere charset wordt niet gelezen."
        return None
