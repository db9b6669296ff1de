"""For tests: a Manager's keys that sign FSC tokens, and a client for a service in this process."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import threading
import uuid
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import unquote

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Scope

from gemeengoed_kit.app import application
from gemeengoed_kit.clock import Clock
from gemeengoed_kit.context import Context
from gemeengoed_kit.identity import Verifier
from gemeengoed_kit.process import Service, make_context
from gemeengoed_kit.settings import ServiceSettings


class TokenIssuer:
    """Acts as the Manager of the peer that offers a service: issues tokens as FSC Core prescribes."""

    def __init__(self, settings: ServiceSettings, clock: Clock) -> None:
        self.settings, self.clock = settings, clock
        self.key = ECKey.generate_key("P-256")
        self.thumbprint = base64.urlsafe_b64encode(hashlib.sha256(self.key.as_der()).digest()).rstrip(b"=").decode()
        self.published = [self.thumbprint]
        self.fetched = 0

    def jwks(self, request: httpx.Request) -> httpx.Response:
        self.fetched += 1
        public = self.key.as_dict(private=False)
        return httpx.Response(200, json={"keys": [{**public, "x5t#S256": name} for name in self.published]})

    def verifier(self) -> Verifier:
        http = httpx.Client(transport=httpx.MockTransport(self.jwks))
        return Verifier(
            jwks_url=self.settings.jwks_url,
            peer_id=self.settings.peer_id,
            group_id=self.settings.group_id,
            service_name=self.settings.service_name,
            clock=self.clock,
            http=http,
        )

    def headers(
        self,
        peer_id: str,
        rol: str | None = None,
        *,
        delegator_id: str | None = None,
        properties: dict[str, Any] | None = None,
        **claims: Any,
    ) -> dict[str, str]:
        """Request headers as the Inway passes them to the service; `claims` override those of the token."""
        now = int(self.clock.now().timestamp())
        prp = {f"gemeengoed.{name}": value for name, value in {"rol": rol, **(properties or {})}.items() if value is not None}
        content = {
            "gth": _grant_hash(self.settings.service_name, peer_id, delegator_id, prp),
            "gid": self.settings.group_id,
            "sub": peer_id,
            "iss": self.settings.peer_id,
            "svc": self.settings.service_name,
            "aud": "https://inway.test:8443",
            "exp": now + 300,
            "nbf": now,
            "cnf": {"x5t#S256": "x" * 43},
            "add": {},
            "prp": prp,
            **({"act": {"sub": delegator_id}} if delegator_id else {}),
            **claims,
        }
        token = jwt.encode({"alg": "ES256", "x5t#S256": self.thumbprint}, content, self.key)
        return {"Fsc-Authorization": f"Bearer {token}", "Fsc-Transaction-Id": str(uuid.uuid4())}


def _grant_hash(*content: Any) -> str:
    """A hash in the form of FSC Core, different for each grant."""
    digest = hashlib.sha512(json.dumps(content, sort_keys=True, default=str).encode()).digest()
    return "$1$3$" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class LocalClient(TestClient):
    """An HTTP client for an application in this process; never raises what the application raises, but answers 500.

    All requests of a process share one event loop, as those of a server do, and each is one visit to it. Starlette's own way
    makes a thread and a loop for every request and goes there and back eight times.
    """

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, base_url="http://dienst.test", follow_redirects=False)
        self._transport = _InProcess(app)


class _InProcess(httpx.BaseTransport):
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        return asyncio.run_coroutine_threadsafe(self._answer(request, body), _loop()).result()

    async def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        coming: list[Message] = [{"type": "http.request", "body": body}]
        status, headers, parts, complete = 500, [], [], asyncio.Event()

        async def receive() -> Message:
            if coming:
                return coming.pop()
            await complete.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status, headers = message["status"], list(message.get("headers", []))
            elif message["type"] == "http.response.body":
                assert not complete.is_set(), "the answer goes on after its end"
                parts.append(bytes(message.get("body", b"")))
                if not message.get("more_body", False):
                    complete.set()

        try:
            await self.app(_scope(request), receive, send)
        except Exception:  # the application has answered, or has failed to
            if not complete.is_set():
                return httpx.Response(500, request=request)
        content = b"" if request.method == "HEAD" else b"".join(parts)
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(content), request=request)


def _scope(request: httpx.Request) -> Scope:
    url = request.url
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "path": unquote(url.path),
        "raw_path": url.raw_path.split(b"?", 1)[0],
        "root_path": "",
        "scheme": url.scheme,
        "query_string": url.query,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": ("testclient", 50000),
        "server": (url.host, url.port or 80),
        "extensions": {},
        "state": {},
    }


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The event loop of all local clients, in a thread of its own until the process ends."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="local-clients", daemon=True).start()
    return loop


def make_client(service: Service, context: Context) -> TestClient:
    """An HTTP client for the service's whole application, edge layer included."""
    return LocalClient(application(service.api, context, media_types=service.media_types))


def make_test_context(service: Service, settings: ServiceSettings, clock: Clock) -> tuple[Context, TokenIssuer]:
    """A context on a test database, and the issuer whose tokens it accepts. A slow machine causes no refusals."""
    settings = settings.model_copy(update={"wait_seconds": 30.0})
    issuer = TokenIssuer(settings, clock)
    return make_context(service, settings, clock=clock, authenticate=issuer.verifier().caller), issuer


def moment(text: str) -> datetime:
    """ "2018-01-15T09:00" as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
