"""The outermost layer: headers on every response, HEAD, 406, 415, and no error that is not a problem.

Wraps the whole app: a middleware added with `app.add_middleware` never sees Starlette's 500.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gemeengoed_kit.problem import DETAILS, MEDIA_TYPE, problem

_ACCEPTABLE = {"*/*", "application/*", "application/json", MEDIA_TYPE, ""}
_KEPT = ("allow", "www-authenticate", "retry-after")


class EdgeMiddleware:
    """Security and version headers, content negotiation, HEAD (NLGov API Design Rules 2.2)."""

    def __init__(self, app: ASGIApp, *, version: str, media_types: tuple[str, ...] = ("application/json",)) -> None:
        self.app, self.media_types = app, media_types
        self.headers = [
            (b"api-version", version.encode()),
            (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
            (b"x-content-type-options", b"nosniff"),
            (b"x-frame-options", b"DENY"),
            (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
            (b"referrer-policy", b"no-referrer"),
            (b"cache-control", b"no-store"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        head = scope["method"] == "HEAD"
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
            """Whatever some layer answers in plain text (FastAPI's own 413) becomes a problem too."""
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

        refusal = self._negotiate(scope["method"], request)
        if refusal:
            status, detail = refusal
            await problem(status, detail, instance=scope["path"])(scope, receive, reply)
            return
        try:
            await self.app(scope, receive, reply)
        except Exception:
            # The 500 has left and is logged. Raising would make the server cut a connection on which the Inway may
            # just be sending the next call.
            if not answered:
                raise

    def _negotiate(self, method: str, request: dict[str, str]) -> tuple[int, str] | None:
        accept = [part.split(";")[0].strip().lower() for part in request.get("accept", "*/*").split(",")]
        if not any(kind in _ACCEPTABLE for kind in accept):
            return 406, DETAILS[406]
        if request.get("content-encoding", "identity") != "identity":
            return 415, "Stuur de inhoud zonder Content-Encoding."
        if method in ("POST", "PUT", "PATCH"):
            has_body = request.get("content-length", "0") != "0" or "transfer-encoding" in request
            kind = request.get("content-type", "").split(";")[0].strip().lower()
            if (has_body or kind) and kind not in self.media_types:
                return 415, "Gebruik als Content-Type " + " of ".join(self.media_types) + "."
        return None
