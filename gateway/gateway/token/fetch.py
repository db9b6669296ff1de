"""Tokens for Outways: fetched over mTLS with the Outway's own certificate, and cached until shortly before they expire."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from dataclasses import dataclass

import httpx
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.httpx_client import AsyncOAuth2Client  # type: ignore[import-untyped]
from sqlalchemy.exc import SQLAlchemyError

from gateway.decision.snapshot import HeldGrant, PeerView
from gateway.deployment import Deployment
from gateway.errors import OutwayError
from gateway.hosts import NamedTransport
from gateway.manager.address import parse_address
from gateway.manager.client import ManagerClient, RemoteProblem, tls_context
from gateway.manager.lookup import look_up
from gateway.nginx.binary import HTTP_2_SINCE, find_binary, version
from gateway.nginx.way import DIRECT, HTTP_2, Way
from gateway.peer import repository as peers
from gateway.token.protocol import speaks_http2
from gateway.token.rules import Claims, TokenInvalid, peek

log = logging.getLogger("gateway.token")
_TIMEOUT = httpx.Timeout(10, connect=5)
_LOOK_UP_SECONDS = 30.0


@dataclass(frozen=True)
class HeldToken:
    """A token with the Inway that it is for (host, port), and the way there: HTTP/2 if the service wants it."""

    text: str
    claims: Claims
    inway: tuple[str, int]
    way: Way


class TokenCache:
    """Caches one token per Outway, grant and certificate. nginx names the certificate in each question: while a renewed
    certificate is taken into use, workers with the old one and workers with the new one each get a token that fits. Several
    calls that need the same token share one fetch."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._can_http2 = version(find_binary(deployment.settings.nginx)) >= HTTP_2_SINCE
        self._held: dict[tuple[str, str, str], HeldToken] = {}
        self._fetching: dict[tuple[str, str, str], asyncio.Task[HeldToken]] = {}
        self._looked_up: dict[tuple[str, str], float] = {}

    def held(self, peer_id: str, grant_hash: str, certificate: str, now: float) -> HeldToken | None:
        """A cached token with at least a tenth of its lifetime left; one near its end is renewed in the background.
        `certificate`: thumbprint of the Outway's certificate."""
        token = self._held.get((peer_id, grant_hash, certificate))
        if token is None:
            return None
        life = token.claims.expires_at - token.claims.not_before
        left = token.claims.expires_at - now
        return token if left > life * 0.1 else None

    def is_old(self, token: HeldToken, now: float) -> bool:
        """Past three quarters of its lifetime: time to renew it, before a call has to wait."""
        return token.claims.expires_at - now < (token.claims.expires_at - token.claims.not_before) * 0.25

    def forget(self, peer_id: str, certificates: set[str]) -> None:
        """Drop the tokens of an Outway, except those for `certificates` (thumbprints)."""
        for key in [key for key in self._held if key[0] == peer_id and key[2] not in certificates]:
            del self._held[key]

    async def get(self, view: PeerView, held: HeldGrant, certificate: str) -> HeldToken:
        """A fresh token from the provider's Manager for the Outway's certificate with this thumbprint.

        Raises:
            OutwayError: 502, the Manager is unreachable, refuses, or gives another token than was asked for.
        """
        key = (view.peer_id, held.grant.hash, certificate)
        task = self._fetching.get(key)
        if task is None:
            task = self._fetching[key] = asyncio.create_task(self._fetch_measured(view, held, certificate))
            task.add_done_callback(lambda _: self._fetching.pop(key, None))
        token = await asyncio.shield(task)
        self._held[key] = token
        return token

    async def _fetch_measured(self, view: PeerView, held: HeldGrant, certificate: str) -> HeldToken:
        meter, grant = self._deployment.meter, held.grant
        try:
            with self._deployment.span("token", peer_id=view.peer_id, to=grant.service_peer_id, grant_hash=grant.hash):
                token = await self._fetch(view, held, certificate)
        except Exception:
            meter.count("gateway_tokens_fetched", "failed")
            raise
        meter.count("gateway_tokens_fetched", "fetched")
        return token

    async def _fetch(self, view: PeerView, held: HeldGrant, certificate: str) -> HeldToken:
        grant = held.grant
        manager = view.managers.get(grant.service_peer_id)
        if manager is None:
            raise _unavailable(f"het Manager-adres van peer {grant.service_peer_id} is onbekend")
        pair = self._deployment.keys.pair_with(view.peer_id, "outway", certificate)
        transport = NamedTransport(self._deployment.hosts, verify=tls_context(self._deployment, pair))
        try:
            async with (
                asyncio.timeout(self._deployment.settings.manager_timeout),
                AsyncOAuth2Client(
                    client_id=view.peer_id,
                    token_endpoint_auth_method="none",  # pyright: ignore[reportGeneralTypeIssues]
                    transport=transport,
                    timeout=_TIMEOUT,
                    trust_env=False,
                ) as client,
            ):
                answer = await client.fetch_token(f"{manager}/v1/token", grant_type="client_credentials", scope=grant.hash)
                http2 = self._can_http2 and await speaks_http2(client, manager, grant)
            text = answer["access_token"]
            claims = peek(text)
            inway = parse_address(claims.audience, self._deployment.rules)
        except AuthlibBaseError as problem:
            raise _unavailable(
                f"de Manager van peer {grant.service_peer_id} weigert: {problem.error} ({problem.description or 'zonder uitleg'})"
            ) from problem
        except (httpx.HTTPError, OSError, KeyError, TypeError, ValueError, RecursionError, TokenInvalid) as problem:
            if isinstance(problem, httpx.TransportError | OSError):
                self._look_up(view.peer_id, grant.service_peer_id, manager)
            raise _unavailable(
                f"de Manager van peer {grant.service_peer_id} op {manager} gaf geen bruikbaar token: "
                f"{problem or type(problem).__name__}"
            ) from problem
        self._check(claims, held, pair.certificate.thumbprint)
        return HeldToken(text, claims, inway, HTTP_2 if http2 else DIRECT)

    def _look_up(self, peer_id: str, provider_id: str, stale: str) -> None:
        """Ask the Directories for another address of a Manager that does not answer: in the background, and not too often. The
        next snapshot has the result."""
        now = time.monotonic()
        if now - self._looked_up.get((peer_id, provider_id), -_LOOK_UP_SECONDS) < _LOOK_UP_SECONDS:
            return
        self._looked_up[peer_id, provider_id] = now
        # A daemon thread: the process can end while it runs.
        threading.Thread(target=_find, args=(self._deployment, peer_id, provider_id, stale), daemon=True).start()

    def _check(self, claims: Claims, held: HeldGrant, thumbprint: str) -> None:
        grant = held.grant
        if claims.group_id != self._deployment.rules.group_id:
            raise _unavailable(f"het token is van Group {claims.group_id}")
        asked = (
            grant.hash,
            grant.outway_peer_id,
            grant.service_peer_id,
            grant.service_name,
            thumbprint,
            grant.delegator_peer_id,
            grant.service_delegator_peer_id,
        )
        given = (
            claims.grant_hash,
            claims.outway_peer_id,
            claims.service_peer_id,
            claims.service_name,
            claims.thumbprint,
            claims.delegator,
            claims.publication_delegator,
        )
        if asked != given:
            raise _unavailable("het token past niet bij de grant of bij het certificaat van de Outway")


def _find(deployment: Deployment, peer_id: str, provider_id: str, stale: str) -> None:
    try:
        with deployment.transaction() as session:
            owner = peers.hosted(session, peer_id)
        assert owner is not None
        look_up(deployment, ManagerClient(deployment, owner), provider_id, stale=stale)
    except (RemoteProblem, OSError, SQLAlchemyError) as problem:
        log.info("no other address of the Manager of peer %s: %s", provider_id, problem)


def _unavailable(reason: str) -> OutwayError:
    return OutwayError("ERROR_CODE_TOKEN_UNAVAILABLE", f"De Outway kreeg geen token: {reason}.", status=502)
