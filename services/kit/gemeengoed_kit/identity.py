"""Find the caller from the FSC token that the Inway passes on (FSC Core, access token; header Fsc-Authorization).

The service does not rely on the Inway: it verifies the token itself, against the JWKS of its own Manager.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.clock import Clock
from gemeengoed_kit.errors import Unauthenticated, Unavailable

log = logging.getLogger("gemeengoed.identity")
AUTHORIZATION = "fsc-authorization"
TRANSACTION_ID = "fsc-transaction-id"
ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"]
PROPERTY_NAMESPACE = "gemeengoed"
FETCH_SECONDS = 5.0
MOST_BYTES = 1_000_000
REFETCH_AFTER, AGAIN_AFTER = timedelta(seconds=1), timedelta(seconds=5)
"""The minimum time between two fetches of the Manager's keys, and after a failed fetch."""
REFRESH_AFTER = timedelta(seconds=60)
"""Keys older than this are fetched again, in the background of the request that notices. A key that the Manager withdraws is
trusted until the next fetch after that; tokens signed with it expire within the hour anyway."""
TOKENS_KEPT = 10_000


@dataclass(frozen=True)
class Caller:
    """The peer behind a request, with the properties of its signed grant.

    Attributes:
        peer_id: OIN of the peer whose Outway called (claim sub).
        delegator_id: OIN of the peer on whose behalf it calls (claim act.sub), or None.
        properties: the signed properties of the grant (claim prp).
        grant: hash of that grant (claim gth).
    """

    peer_id: str
    delegator_id: str | None = None
    transaction_id: str | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    grant: str = ""

    def grant_property(self, name: str) -> Any:
        """The grant property `gemeengoed.<name>`, or None."""
        return self.properties.get(f"{PROPERTY_NAMESPACE}.{name}")

    @property
    def role(self) -> str | None:
        """The role that the grant gives; None when there is none, or when it is not text."""
        role = self.grant_property("rol")
        return role if isinstance(role, str) else None

    @property
    def sender(self) -> str:
        """The owner of an idempotency key: peer, delegator and grant. So a replay only goes to a caller with the same rights."""
        return f"{self.peer_id}/{self.delegator_id or ''}/{self.grant}"

    @property
    def actor(self) -> Actor:
        return Actor(self.peer_id, self.delegator_id, self.transaction_id)


class KeysUnavailable(Unavailable):
    """503: our own Manager does not give its keys now, so the token cannot be verified."""

    type, title = "sleutels-niet-beschikbaar", "Sleutels niet beschikbaar"
    meaning = "De dienst kan nu niet nagaan of uw token geldig is."
    remedy = "Herhaal de aanvraag na `Retry-After` seconden."


class KeysNeeded(Exception):
    """The token can only be verified after the keys have been fetched; that fetch runs in the background."""

    def __init__(self, fetching: Future[None]) -> None:
        super().__init__("the keys of the own Manager are being fetched")
        self._fetching = fetching

    async def wait(self, seconds: float) -> None:
        """Wait until the fetch has ended, with success or not; then look for the caller again.

        Raises:
            KeysUnavailable: the fetch takes longer than that.
        """
        try:
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(self._fetching)), seconds)
        except TimeoutError:
            raise _no_keys() from None


@dataclass(frozen=True)
class _Verified:
    """What is remembered of a token that was found valid."""

    claims: dict[str, Any]
    expires: int


class Verifier:
    """Verifies the FSC tokens of one service: signature, issuer, Group, service, validity.

    A token is verified once and then cached until it expires, or until the Manager's keys change. `caller` runs on the event
    loop and never waits. Keys are fetched in a separate thread, one fetch at a time.
    """

    def __init__(
        self, *, jwks_url: str, peer_id: str, group_id: str, service_name: str, clock: Clock, http: httpx.Client | None = None
    ) -> None:
        self.jwks_url, self.clock = jwks_url, clock
        self.expected = {"iss": peer_id, "gid": group_id, "svc": service_name}
        self.http = http or httpx.Client(timeout=FETCH_SECONDS)
        self._keys: dict[str, Key] = {}
        self._known: dict[str, _Verified] = {}
        self._asked_at = self._fetched_at = datetime.min.replace(tzinfo=UTC)
        self._lock = threading.RLock()
        self._fetching: Future[None] | None = None
        self._fetcher = ThreadPoolExecutor(1, thread_name_prefix="jwks")

    def caller(self, headers: Mapping[str, str]) -> Caller | None:
        """The caller of a request, or None when it carries no token.

        Raises:
            Unauthenticated: there is a token, but it is not valid here.
            KeysNeeded: the token names an unknown key; wait for the fetch and call again.
            KeysUnavailable: the token names an unknown key, and the last fetch, a moment ago, failed.
        """
        given = headers.get(AUTHORIZATION)
        if given is None:
            return None
        token = given.removeprefix("Bearer ").strip()
        now = self.clock.now()
        known = self._known  # replaced when the keys change: a token verified with the old keys stays out of the new one
        verified = known.get(token)
        if verified is None:
            verified = self._verify(token, now.timestamp())
            if len(known) >= TOKENS_KEPT:
                known.pop(next(iter(known)), None)
            known[token] = verified
        if verified.expires <= now.timestamp():
            known.pop(token, None)
            raise refusal("Het token is verlopen.")
        if not timedelta() <= now - self._fetched_at <= REFRESH_AFTER and self._may_ask(now):
            self._fetch_soon()
        claims = verified.claims
        actor, properties = claims.get("act"), claims.get("prp")
        return Caller(
            peer_id=claims["sub"],
            delegator_id=actor.get("sub") if isinstance(actor, dict) else None,
            transaction_id=headers.get(TRANSACTION_ID),
            properties=properties if isinstance(properties, dict) else {},
            grant=str(claims.get("gth", "")),
        )

    def _verify(self, token: str, now: float) -> _Verified:
        try:
            claims = self._decode(token)
        except (JoseError, ValueError, RecursionError) as error:
            raise refusal("De handtekening onder het token klopt niet.") from error
        wrong = [name for name, value in self.expected.items() if claims.get(name) != value]
        if wrong:
            raise refusal(f"Het token is niet voor deze dienst uitgegeven (claim {', '.join(wrong)}).")
        if not isinstance(claims.get("sub"), str):
            raise refusal("Het token noemt geen aanroeper (claim sub).")
        if not _is_moment(claims.get("exp")) or claims["exp"] <= now:
            raise refusal("Het token is verlopen.")
        if not _is_moment(claims.get("nbf", 0)) or claims.get("nbf", 0) > now + 60:
            raise refusal("Het token is nog niet geldig.")
        return _Verified(claims, int(claims["exp"]))

    def _decode(self, token: str) -> dict[str, Any]:
        header = json.loads(urlsafe_b64decode(token.partition(".")[0] + "==="))
        key = self._key(header.get("x5t#S256") if isinstance(header, dict) else None)
        return jwt.decode(token, key, algorithms=ALGORITHMS).claims

    def _key(self, thumbprint: Any) -> Key:
        """The Manager's key with this certificate thumbprint. An unknown one starts a fetch, since keys may have been renewed."""
        if not isinstance(thumbprint, str):
            raise ValueError("no thumbprint")
        key = self._keys.get(thumbprint)
        if key is not None:
            return key
        with self._lock:
            running = self._fetching is not None and not self._fetching.done()
            if running or self._may_ask(self.clock.now()):
                raise KeysNeeded(self._fetch_soon())
            if self._fetched_at < self._asked_at:
                raise _no_keys()
        if thumbprint in self._keys:  # fetched meanwhile, for another request
            return self._keys[thumbprint]
        raise ValueError("unknown key")

    def _may_ask(self, now: datetime) -> bool:
        """Whether enough time has passed since the last fetch. A clock that was set back does not block fetching."""
        pause = REFETCH_AFTER if self._fetched_at == self._asked_at else AGAIN_AFTER
        return not timedelta() <= now - self._asked_at <= pause

    def _fetch_soon(self) -> Future[None]:
        """The fetch that is running, or a new one."""
        with self._lock:
            if self._fetching is None or self._fetching.done():
                self._asked_at = self.clock.now()
                self._fetching = self._fetcher.submit(self._fetch, self._asked_at)
            return self._fetching

    def _fetch(self, asked_at: datetime) -> None:
        """Take over the Manager's keys; if it gives none, the old keys stay in use."""
        try:
            found = json.loads(self._download())["keys"]
            keys = {jwk["x5t#S256"]: JWKRegistry.import_key(jwk) for jwk in found}
        except Exception as error:  # on any error the old keys stay
            log.error("JWKS of the own Manager not available at %s: %s", self.jwks_url, error)
            return
        before = {name: key.as_dict(private=False) for name, key in self._keys.items()}
        if before != {name: key.as_dict(private=False) for name, key in keys.items()}:
            self._keys, self._known = keys, {}
        self._fetched_at = asked_at

    def _download(self) -> bytes:
        """Download the keys, with a limit on time and size, so that a slow Manager blocks nothing."""
        ends, parts, size = time.monotonic() + FETCH_SECONDS, [], 0
        with self.http.stream("GET", self.jwks_url, headers={"Accept-Encoding": "identity"}) as answer:
            answer.raise_for_status()
            for part in answer.iter_bytes():
                parts.append(part)
                size += len(part)
                if size > MOST_BYTES or time.monotonic() > ends:
                    raise ValueError(f"more than {MOST_BYTES} bytes or {FETCH_SECONDS} s")
        return b"".join(parts)


def _is_moment(value: Any) -> bool:
    """A NumericDate (RFC 7519, section 2): a finite number, not a boolean."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and -1e15 < value < 1e15


def _no_keys() -> KeysUnavailable:
    return KeysUnavailable(
        "De sleutels van de eigen Manager zijn nu niet op te vragen, dus is niet te zien of uw token geldig is.",
        headers={"Retry-After": "5"},
    )


def refusal(detail: str) -> Unauthenticated:
    """401 with the challenge header that RFC 9110 requires."""
    return Unauthenticated(detail, headers={"WWW-Authenticate": "Bearer"})
