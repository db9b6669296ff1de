"""Who calls, from the FSC token that the Inway passes on (FSC Core, access token; header Fsc-Authorization).

The service verifies the token itself against the JWKS of its own Manager: the Inway is not trusted blindly.
"""

from __future__ import annotations

import json
import logging
import threading
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.clock import Clock
from gemeengoed_kit.errors import Unauthenticated

log = logging.getLogger("gemeengoed.identity")
AUTHORIZATION = "fsc-authorization"
TRANSACTION_ID = "fsc-transaction-id"
ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"]
PROPERTY_NAMESPACE = "gemeengoed"
REFETCH_AFTER = timedelta(seconds=5)


@dataclass(frozen=True)
class Caller:
    """The peer behind a request and what the signed grant says of it.

    Attributes:
        peer_id: OIN of the peer whose Outway called (claim sub).
        delegator_id: OIN of the peer on whose behalf (claim act.sub), or None.
        properties: the grant's signed properties (claim prp).
    """

    peer_id: str
    delegator_id: str | None = None
    transaction_id: str | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)

    def grant_property(self, name: str) -> Any:
        """The grant property `gemeengoed.<name>`, or None."""
        return self.properties.get(f"{PROPERTY_NAMESPACE}.{name}")

    @property
    def role(self) -> str | None:
        """The role that the grant gives; None where it gives none, or something that is no text."""
        role = self.grant_property("rol")
        return role if isinstance(role, str) else None

    @property
    def sender(self) -> str:
        """Key under which this caller's idempotency keys live."""
        return f"{self.peer_id}/{self.delegator_id}" if self.delegator_id else self.peer_id

    @property
    def actor(self) -> Actor:
        return Actor(self.peer_id, self.delegator_id, self.transaction_id)


class Verifier:
    """Checks FSC tokens for one service: signature, issuer, Group, service, validity."""

    def __init__(
        self, *, jwks_url: str, peer_id: str, group_id: str, service_name: str, clock: Clock, http: httpx.Client | None = None
    ) -> None:
        self.jwks_url, self.clock = jwks_url, clock
        self.expected = {"iss": peer_id, "gid": group_id, "svc": service_name}
        self.http = http or httpx.Client(timeout=5)
        self._keys: dict[str, Key] = {}
        self._fetched_at = datetime.min.replace(tzinfo=UTC)
        self._lock = threading.Lock()

    def caller(self, headers: Mapping[str, str]) -> Caller | None:
        """The caller of a request, or None when it carries no token.

        Raises:
            Unauthenticated: there is a token and it is not valid here.
        """
        given = headers.get(AUTHORIZATION)
        if given is None:
            return None
        claims = self._claims(given.removeprefix("Bearer ").strip())
        actor = claims.get("act")
        return Caller(
            peer_id=claims["sub"],
            delegator_id=actor.get("sub") if isinstance(actor, dict) else None,
            transaction_id=headers.get(TRANSACTION_ID),
            properties=claims.get("prp") or {},
        )

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            claims = self._decode(token)
        except (JoseError, ValueError, RecursionError) as error:
            raise refusal("De handtekening onder het token klopt niet.") from error
        now = self.clock.now().timestamp()
        wrong = [name for name, value in self.expected.items() if claims.get(name) != value]
        if wrong:
            raise refusal(f"Het token is niet voor deze dienst uitgegeven (claim {', '.join(wrong)}).")
        if not isinstance(claims.get("sub"), str):
            raise refusal("Het token noemt geen aanroeper (claim sub).")
        if not isinstance(claims.get("exp"), int) or claims["exp"] <= now:
            raise refusal("Het token is verlopen.")
        if claims.get("nbf", 0) > now + 60:
            raise refusal("Het token is nog niet geldig.")
        return claims

    def _decode(self, token: str) -> dict[str, Any]:
        header = json.loads(urlsafe_b64decode(token.partition(".")[0] + "==="))
        key = self._key(header.get("x5t#S256") if isinstance(header, dict) else None)
        return jwt.decode(token, key, algorithms=ALGORITHMS).claims

    def _key(self, thumbprint: Any) -> Key:
        """The Manager's key with this certificate thumbprint; fetched anew when unknown, as after a renewal."""
        if not isinstance(thumbprint, str):
            raise ValueError("no thumbprint")
        with self._lock:
            if thumbprint not in self._keys and self.clock.now() - self._fetched_at > REFETCH_AFTER:
                self._keys, self._fetched_at = self._fetch(), self.clock.now()
            if thumbprint not in self._keys:
                raise ValueError("unknown key")
            return self._keys[thumbprint]

    def _fetch(self) -> dict[str, Key]:
        try:
            found = self.http.get(self.jwks_url).raise_for_status().json()["keys"]
            return {jwk["x5t#S256"]: JWKRegistry.import_key(jwk) for jwk in found}
        except (httpx.HTTPError, ValueError, KeyError) as error:
            log.error("JWKS of the own Manager not available at %s: %s", self.jwks_url, error)
            raise refusal("De sleutels van de eigen Manager zijn nu niet op te vragen.") from error


def refusal(detail: str) -> Unauthenticated:
    """401 with the challenge header that RFC 9110 wants."""
    return Unauthenticated(detail, headers={"WWW-Authenticate": "Bearer"})
