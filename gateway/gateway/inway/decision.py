"""The Inway's decision (FSC Core, Inway; FSC Logging): token, certificate, grant, service, transaction id."""

from __future__ import annotations

from collections.abc import Awaitable

from gateway.decision.answers import Pass, Question, UnknownCertificate, passed, shown
from gateway.decision.route import Router, is_known
from gateway.decision.snapshot import PeerView, Target
from gateway.errors import InwayError
from gateway.limit.gate import Gate
from gateway.limit.rules import NONE
from gateway.manager.caller import read_certificate
from gateway.nginx.way import DIRECT, Hop
from gateway.pki.certificate import Certificate, CertificateInvalid
from gateway.token.rules import Claims, SignerUnknown, TokenInvalid, peek, verify_token
from gateway.token.verified import VerifiedTokens, bare
from gateway.txlog.record import Line, line
from gateway.txlog.trace import traced

_CERTIFICATES = 10_000


class InwayDecision:
    """Decides for the Inways of all hosted peers."""

    def __init__(self, router: Router, *, group_id: str, share: float = 1.0) -> None:
        self._gate = Gate(share)
        self._router, self._group_id = router, group_id
        self._verified = VerifiedTokens()
        self._certificates: dict[bytes, Certificate] = {}

    def forget(self) -> None:
        """Forget earlier verifications: certificates may have changed."""
        self._verified.clear()

    def decide(self, view: PeerView, question: Question) -> Pass | Awaitable[Pass]:
        """What to do with a call. The result is awaitable only when the service's address must be looked up first.

        Raises:
            InwayError: the call is refused.
        """
        now = question.moment
        claims = self._claims(view, question)
        if claims.expires_at <= now:
            raise InwayError(
                "ERROR_CODE_ACCESS_TOKEN_EXPIRED",
                f"Het token is verlopen op {claims.expires_at} (Unix-tijd); "
                f"op de Inway van peer {view.peer_id} is het {int(now)}.",
                status=401,
            )
        if claims.not_before > now + 60:
            raise _invalid(view, f"het geldt pas vanaf {claims.not_before} (Unix-tijd); lopen de klokken gelijk?")
        if claims.group_id != self._group_id:
            raise InwayError(
                "ERROR_CODE_WRONG_GROUP_ID_IN_TOKEN",
                f"Het token is van Group {shown(claims.group_id)}, deze Inway van {self._group_id}.",
                status=403,
            )
        service = view.services.get(claims.service_name)
        if service is None:
            raise InwayError(
                "ERROR_CODE_SERVICE_NOT_FOUND",
                f"Peer {view.peer_id} biedt geen service {shown(claims.service_name)!r} aan.",
                status=404,
                dated=True,
            )
        held = view.incoming.get(claims.grant_hash)
        if held is None or not held.usable(now):
            reason = held.why_not(now) if held else "deze grant is hier onbekend"
            raise _invalid(view, reason, dated=True)
        if not question.chosen:
            raise _without_id(view, question)
        transaction_id = question.transaction_id
        record = line(held.log_incoming, held.grant, transaction_id, now, traced(question.headers.get(b"X-Traceparent")))
        if service.way is not DIRECT or view.limits:
            return self._by_a_way_of_its_own(view, service, claims, question, record, transaction_id)
        hop = self._router.known(service, question)
        if hop is None:
            return self._resolve_and_pass(view, service, record, transaction_id)
        return _pass(service, hop, record, transaction_id)

    def _by_a_way_of_its_own(
        self, view: PeerView, service: Target, claims: Claims, question: Question, record: Line, transaction_id: str
    ) -> Pass | Awaitable[Pass]:
        """To a service that has limits or is not plain HTTP/1.1: nginx has a location for it, or will have one soon."""
        called, caller = claims.service_name, claims.outway_peer_id
        length = int(question.headers.get(b"X-Length", b"0"))
        limits = self._gate.check(view.peer_id, view.limits, called, caller, length, question.moment)
        if not is_known(service.since, question):
            if service.way is not DIRECT:
                raise _not_yet(view, called)
            return self._resolve_and_pass(view, service, record, transaction_id)
        known = [limit if is_known(limit.since, question) else NONE for limit in limits]
        counted = (f"{view.peer_id}/{called}", f"{view.peer_id}/{caller}")
        return _pass(service, service.along(service.way.limited(*known)), record, transaction_id, counted)

    async def _resolve_and_pass(self, view: PeerView, service: Target, record: Line, transaction_id: str) -> Pass:
        hop = await self._router.resolve(service.host, service.port)
        if hop is None:
            raise InwayError(
                "ERROR_CODE_SERVICE_UNREACHABLE",
                f"De service achter de Inway van peer {view.peer_id} heeft geen adres ({service.host}).",
                status=502,
            )
        return _pass(service, hop, record, transaction_id)

    def _claims(self, view: PeerView, question: Question) -> Claims:
        token = bare(question.headers.get(b"X-Authorization", b""))
        fingerprint = question.headers.get(b"X-Fingerprint", b"")
        found = self._verified.find(view.peer_id, token, fingerprint)
        if found is None:
            found = self._verify(view, token.decode("latin-1"), self._certificate(view, question, fingerprint))
            self._verified.keep(view.peer_id, token, fingerprint, found)
        return found

    def _verify(self, view: PeerView, token: str, certificate: Certificate) -> Claims:
        if not token:
            raise InwayError(
                "ERROR_CODE_ACCESS_TOKEN_MISSING",
                f"De Inway van peer {view.peer_id} kreeg geen token in Fsc-Authorization.",
                status=401,
            )
        try:
            claims = verify_token(token, view.certificates)
        except SignerUnknown as problem:
            raise _invalid(view, str(problem), dated=_may_be_renewed(view, token, certificate)) from problem
        except TokenInvalid as problem:
            raise _invalid(view, str(problem)) from problem
        if claims.thumbprint != certificate.thumbprint or claims.outway_peer_id != certificate.peer_id:
            raise _invalid(view, "het is gebonden aan een ander certificaat dan dat van deze verbinding")
        if claims.service_peer_id != view.peer_id:
            raise _invalid(view, "het is voor een andere peer uitgegeven")
        return claims

    def _certificate(self, view: PeerView, question: Question, fingerprint: bytes) -> Certificate:
        """The client's certificate, whose chain nginx verified. The fingerprint only distinguishes it from other verified
        certificates; the token is bound to the SHA-256 of the whole certificate."""
        known = self._certificates.get(fingerprint)
        if known is None:
            if b"X-Client-Cert" not in question.headers:
                raise UnknownCertificate
            try:
                known = read_certificate(question.header(b"X-Client-Cert"))
            except CertificateInvalid as problem:
                raise _invalid(view, str(problem)) from problem
            if len(self._certificates) >= _CERTIFICATES:
                del self._certificates[next(iter(self._certificates))]
            self._certificates[fingerprint] = known
        return known


def _pass(service: Target, hop: Hop, record: Line, transaction_id: str, counted: tuple[str, str] | None = None) -> Pass:
    usual = 443 if service.way.secure else 80
    host = service.host if service.port == usual else f"{service.host}:{service.port}"
    return Pass(record, passed(hop, host=host, name=service.host, transaction_id=transaction_id, counted=counted))


def _without_id(view: PeerView, question: Question) -> InwayError:
    if not question.sent:
        return InwayError(
            "MISSING_LOG_RECORD_ID",
            f"De Inway van peer {view.peer_id} verwacht de header Fsc-Transaction-Id (UUID versie 7).",
            status=400,
        )
    return InwayError("INVALID_LOG_RECORD_ID", f"Fsc-Transaction-Id {shown(question.sent)!r} is geen UUID versie 7.", status=400)


def _not_yet(view: PeerView, service: str) -> InwayError:
    return InwayError(
        "ERROR_CODE_SERVICE_UNREACHABLE",
        f"Service {service} van peer {view.peer_id} is net aangeboden of verplaatst en is over een ogenblik bereikbaar.",
        status=502,
    )


def _may_be_renewed(view: PeerView, token: str, certificate: Certificate) -> bool:
    """Whether a token of an unknown signer looks like one of ours, so that our Manager may have a new certificate since the
    snapshot was read. Only a caller with a grant can make us read it again."""
    try:
        claims = peek(token)
    except TokenInvalid:
        return False
    held = view.incoming.get(claims.grant_hash)
    return claims.service_peer_id == view.peer_id and held is not None and held.grant.outway_peer_id == certificate.peer_id


def _invalid(view: PeerView, reason: str, *, dated: bool = False) -> InwayError:
    return InwayError(
        "ERROR_CODE_ACCESS_TOKEN_INVALID",
        f"De Inway van peer {view.peer_id} weigert het token: {reason.rstrip('.')}.",
        status=401,
        dated=dated,
    )
