"""For tests: a Manager's keys that sign FSC tokens, and a client for a service in this process."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from datetime import UTC, datetime
from typing import Any

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.testclient import TestClient

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


def make_client(service: Service, context: Context) -> TestClient:
    """An HTTP client for the service's whole application, edge layer included."""
    return TestClient(
        application(service.api, context, media_types=service.media_types),
        base_url="http://dienst.test",
        raise_server_exceptions=False,
        follow_redirects=False,
    )


def make_test_context(service: Service, settings: ServiceSettings, clock: Clock) -> tuple[Context, TokenIssuer]:
    """A context on a test database, and the issuer whose tokens it accepts. A slow machine causes no refusals."""
    settings = settings.model_copy(update={"wait_seconds": 30.0})
    issuer = TokenIssuer(settings, clock)
    return make_context(service, settings, clock=clock, authenticate=issuer.verifier().caller), issuer


def moment(text: str) -> datetime:
    """ "2018-01-15T09:00" as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
