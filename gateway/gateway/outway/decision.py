"""The Outway's decision: which grant, whether it is valid, which token, which Inway (FSC Core, Outway; FSC Logging)."""

from __future__ import annotations

import logging
from collections.abc import Awaitable

from gateway.client.rules import Client, check_grant, recognise
from gateway.decision.answers import Pass, Question, passed, shown
from gateway.decision.route import Router
from gateway.decision.snapshot import HeldGrant, PeerView
from gateway.errors import OutwayError
from gateway.nginx.way import Hop
from gateway.token.fetch import HeldToken, TokenCache
from gateway.txlog.record import line
from gateway.txlog.trace import traced

log = logging.getLogger("gateway.outway")


class OutwayDecision:
    """Decides for the Outways of all hosted peers."""

    def __init__(self, tokens: TokenCache, router: Router) -> None:
        self._tokens, self._router = tokens, router

    def decide(self, view: PeerView, question: Question) -> Pass | Awaitable[Pass]:
        """What to do with a call. The result is awaitable only when a token or an address must be fetched first.

        Raises:
            OutwayError: the call is refused.
        """
        now = question.moment
        client = self._client(view, question)
        held = self._grant(view, question, client)
        if client is not None:
            check_grant(view.peer_id, client, held.grant.hash)
        if not held.usable(now):
            raise OutwayError(
                "ERROR_CODE_CONTRACT_NOT_VALID",
                f"De grant {held.grant.hash} van peer {view.peer_id} is nu niet te gebruiken: {held.why_not(now)}.",
                status=403,
                dated=True,
            )
        if question.sent and not question.chosen:
            raise invalid_transaction_id(question)
        token = self._tokens.held(view.peer_id, held.grant.hash, question.asker.certificate, now)
        if token is None:
            return self._fetch_and_pass(view, held, question)
        if self._tokens.is_old(token, now):
            self._router.in_background(self._tokens.get(view, held, question.asker.certificate))
        hop = self._router.known(view.inways.get((*token.inway, token.way.http2)), question, token.way)
        if hop is None:
            return self._resolve_and_pass(view, held, token, question)
        return self._pass(view, held, token, hop, question)

    async def _fetch_and_pass(self, view: PeerView, held: HeldGrant, question: Question) -> Pass:
        token = await self._tokens.get(view, held, question.asker.certificate)
        hop = self._router.known(view.inways.get((*token.inway, token.way.http2)), question, token.way)
        if hop is None:
            return await self._resolve_and_pass(view, held, token, question)
        return self._pass(view, held, token, hop, question)

    async def _resolve_and_pass(self, view: PeerView, held: HeldGrant, token: HeldToken, question: Question) -> Pass:
        host, port = token.inway
        self._router.in_background(self._router.remember(view.peer_id, host, port))
        hop = await self._router.resolve(host, port, token.way)
        if hop is None:
            raise OutwayError(
                "ERROR_CODE_INWAY_UNREACHABLE",
                f"De Inway {host} van peer {held.grant.service_peer_id} heeft geen adres.",
                status=502,
            )
        return self._pass(view, held, token, hop, question)

    def _pass(self, view: PeerView, held: HeldGrant, token: HeldToken, hop: Hop, question: Question) -> Pass:
        host, port = token.inway
        trace = traced(question.headers.get(b"X-Traceparent"))
        record = line(held.log_outgoing, held.grant, question.transaction_id, question.moment, trace)
        answer = passed(
            hop,
            host=f"{host}:{port}",
            name=host,
            transaction_id=question.transaction_id,
            token=token.text,
        )
        return Pass(record, answer, (view.number, question.transaction_id) if question.chosen else None)

    @staticmethod
    def _client(view: PeerView, question: Question) -> Client | None:
        """The client that calls. A peer without clients does not ask for one."""
        if not view.clients_required and not view.clients:
            return None
        return recognise(view.peer_id, view.clients, required=view.clients_required, credential=question.header(b"X-Client"))

    def _grant(self, view: PeerView, question: Question, client: Client | None) -> HeldGrant:
        named = question.header(b"X-Grant")
        if named:
            held = view.held(named, question.moment)
            if held is None:
                raise OutwayError(
                    "UNKNOWN_GRANT_HASH_IN_HEADER",
                    f"Peer {view.peer_id} heeft geen grant of alias {shown(named)!r}. {_hint(named)}",
                    status=400,
                    dated=True,
                )
            return held
        host = question.header(b"X-Host")
        label = host.partition(":")[0].partition(".")[0].lower()
        default = client.default_grant if client is not None else None
        held = view.held(label if label in view.aliases else default or "", question.moment)
        if held is None:
            raise OutwayError(
                "ERROR_CODE_GRANT_HASH_MISSING",
                "Kies een grant met de header Fsc-Grant-Hash (hash of alias) of met een alias als eerste deel "
                f"van Host; ontvangen Host: {shown(host)!r}. Aliassen van peer {view.peer_id}: "
                f"{', '.join(sorted(view.aliases)[:20]) or 'geen'}.",
                status=400,
                dated=True,
            )
        return held


def invalid_transaction_id(question: Question) -> OutwayError:
    """400 INVALID_LOG_RECORD_ID: the client sent something that is not a UUIDv7."""
    return OutwayError(
        "INVALID_LOG_RECORD_ID",
        f"Fsc-Transaction-Id {shown(question.sent)!r} is geen UUID versie 7; laat hem weg, dan maakt de Outway er een.",
        status=400,
    )


def _hint(named: str) -> str:
    if named.startswith("$1$1$"):
        return "Dit is de hash van een contract ($1$1$…); nodig is de hash van de grant ($1$3$… of $1$4$…)."
    if "$" in named and not named.startswith("$1$"):
        return "Zijn de dollartekens door een shell opgegeten? Gebruik enkele aanhalingstekens of een alias."
    return "Bestaat het contract en is deze peer daarin de Outway?"
