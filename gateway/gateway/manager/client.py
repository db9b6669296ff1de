"""Requests to other Managers, over mTLS with the hosted peer's own Manager certificate."""

from __future__ import annotations

import asyncio
import json
import ssl
import tempfile
from typing import Any
from urllib.parse import urlencode

import httpx
from pydantic import ValidationError

from gateway.deployment import Deployment
from gateway.hosts import NamedTransport
from gateway.manager.address import parse_address
from gateway.manager.shown import ServicePage, ShownService
from gateway.names import MANAGER_ADDRESS, SignatureType
from gateway.peer.models import HostedPeer
from gateway.pki.certificate import Certificate, CertificateInvalid, from_der
from gateway.pki.keypair import KeyPair

_TIMEOUT = httpx.Timeout(10, connect=5)
_PAGE, _MAX_PAGES = 100, 10


class RemoteProblem(Exception):
    """Another Manager gave no answer or a wrong one, or is not the expected peer. The message is Dutch."""


class NotThere(RemoteProblem):
    """No Manager answers at this address, or another peer's."""


def tls_context(deployment: Deployment, pair: KeyPair) -> ssl.SSLContext:
    """Client TLS that trusts only the Group's anchors, checks its revocation lists, and presents the certificate of `pair`.

    Raises:
        ssl.SSLError: the revocation lists cannot be read.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cadata=deployment.rules.anchors_pem.decode())
    context.load_cert_chain(pair.certificate_path, pair.key_path)
    if deployment.rules.crls:
        _heed_revocation(context, deployment)
    return context


def _heed_revocation(context: ssl.SSLContext, deployment: Deployment) -> None:
    try:
        lists = deployment.anchors.crls_pem()
    except CertificateInvalid as problem:
        raise ssl.SSLError(str(problem)) from problem
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:  # Python can only read such lists from a file
        file.write(lists)
        file.flush()
        context.load_verify_locations(cafile=file.name)
    context.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN


class ManagerClient:
    """The external API of other Managers, called on behalf of one hosted peer."""

    def __init__(self, deployment: Deployment, owner: HostedPeer) -> None:
        self.owner_id = owner.peer_id
        self._own_address = deployment.manager_address(owner.manager_host)
        pair = deployment.keys.needed(owner.peer_id, "manager")
        self._rules, self._seconds = deployment.rules, deployment.settings.manager_timeout
        self._hosts, self._tls = deployment.hosts, tls_context(deployment, pair)

    def announce(self, address: str, peer_id: str | None = None) -> None:
        """PUT /announce; `peer_id`: the peer whose Manager must answer, if that is known.

        Raises:
            RemoteProblem: not accepted; `NotThere` when no Manager of that peer answers.
        """
        self._send("PUT", f"{address}/v1/announce", expected=(200,), of=peer_id)

    def send_contract(self, address: str, peer_id: str, content: str, jws: str) -> None:
        """POST /contracts to the Manager of `peer_id`; `content` is sent exactly as stored.

        Raises:
            RemoteProblem: not accepted; `NotThere` when no Manager of that peer answers.
        """
        self._send("POST", f"{address}/v1/contracts", body=_signed(content, jws), expected=(201,), of=peer_id)

    def send_signature(self, address: str, peer_id: str, content_hash: str, kind: SignatureType, content: str, jws: str) -> None:
        """PUT /contracts/{hash}/accept, reject or revoke to the Manager of `peer_id`.

        Raises:
            RemoteProblem: not accepted; `NotThere` when no Manager of that peer answers.
        """
        url = f"{address}/v1/contracts/{content_hash}/{kind}"
        self._send("PUT", url, body=_signed(content, jws), expected=(201,), of=peer_id)

    def peer(self, address: str) -> tuple[str, str]:
        """Peer ID and name of the peer at an address: those in the answer to GET /peer, which must equal those in the
        certificate.

        Raises:
            RemoteProblem: no answer, or certificate and answer differ.
        """
        answer, certificate = self._get(f"{address}/v1/peer")
        if answer.get("peer_id") != certificate.peer_id:
            raise RemoteProblem(f"{address} noemt zich {answer.get('peer_id')!r}, zijn certificaat is van {certificate.peer_id}")
        return certificate.peer_id, certificate.peer_name

    def address_of(self, directory: str, peer_id: str, *, stale: str | None = None) -> tuple[str, str] | None:
        """Manager address and name of a peer, from GET /peers of a Directory, after that Manager showed that it belongs to the
        peer. None when the Directory knows no address, or only `stale`.

        Raises:
            RemoteProblem: no answer, a malformed one, or another peer answers at that address.
        """
        answer, _ = self._get(f"{directory}/v1/peers?peer_id={peer_id}")
        listed = answer.get("peers")
        found = [one for one in listed if isinstance(one, dict) and one.get("id") == peer_id] if isinstance(listed, list) else []
        if not found:
            return None
        try:
            host, port = parse_address(str(found[0].get("manager_address")), self._rules)
        except ValueError as problem:
            raise RemoteProblem(f"{directory} geeft voor peer {peer_id} een onbruikbaar adres: {problem}") from problem
        address = f"https://{host}:{port}"
        if address == stale:
            return None
        there, name = self.peer(address)
        if there != peer_id:
            raise RemoteProblem(f"{directory} noemt {address} voor peer {peer_id}, maar daar antwoordt peer {there}")
        return address, name

    def services(self, address: str, filters: dict[str, str]) -> list[ShownService]:
        """GET /services, all pages up to the first thousand: listings as manager.yaml describes them.

        Raises:
            RemoteProblem: no answer, or a malformed one.
        """
        found: list[ShownService] = []
        query = {**filters, "limit": str(_PAGE)}
        for _ in range(_MAX_PAGES):
            answer, _ = self._get(f"{address}/v1/services?{urlencode(query)}")
            try:
                page = ServicePage.model_validate(answer, strict=True)
            except ValidationError as problem:
                raise RemoteProblem(f"{address}/v1/services gaf een antwoord van een andere vorm") from problem
            found.extend(one.data for one in page.services)
            if not page.pagination.next_cursor:
                break
            query["cursor"] = page.pagination.next_cursor
        return found

    def keys(self, address: str, peer_id: str) -> list[dict[str, Any]]:
        """GET /.well-known/jwks.json of the Manager of `peer_id`; its certificate must belong to that peer.

        Raises:
            RemoteProblem: no answer, or another peer answers there.
        """
        answer, _ = self._get(f"{address}/v1/.well-known/jwks.json", of=peer_id)
        found = answer.get("keys")
        return [key for key in found if isinstance(key, dict)] if isinstance(found, list) else []

    def _get(self, url: str, *, of: str | None = None) -> tuple[dict[str, Any], Certificate]:
        body, certificate = self._send("GET", url, expected=(200,), of=of)
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError) as problem:
            raise RemoteProblem(f"{url} gaf geen JSON") from problem
        if not isinstance(answer, dict):
            raise RemoteProblem(f"{url} gaf geen JSON-object")
        return answer, certificate

    def _send(
        self, method: str, url: str, *, expected: tuple[int, ...], body: bytes | None = None, of: str | None = None
    ) -> tuple[bytes, Certificate]:
        headers = {} if method == "GET" else {MANAGER_ADDRESS: self._own_address}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            status, received, certificate = asyncio.run(self._exchange(method, url, headers, body))
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as problem:
            raise NotThere(f"{method} {url} lukt niet: {str(problem) or type(problem).__name__}") from problem
        if of not in (None, certificate.peer_id):
            raise NotThere(f"{method} {url} lukt niet: daar antwoordt peer {certificate.peer_id}, niet {of}")
        if status not in expected:
            raise RemoteProblem(f"{method} {url} gaf {status}: {received[:500].decode(errors='replace')}")
        return received, certificate

    async def _exchange(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None
    ) -> tuple[int, bytes, Certificate]:
        """Asynchronous only because such an exchange can have a total deadline: otherwise a Manager that answers byte by byte
        could hold us forever."""
        transport = NamedTransport(self._hosts, verify=self._tls)
        async with (
            asyncio.timeout(self._seconds),
            httpx.AsyncClient(transport=transport, timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client,
            client.stream(method, url, content=body, headers=headers) as response,
        ):
            return response.status_code, await response.aread(), _server_certificate(response)


def _signed(content: str, jws: str) -> bytes:
    return f'{{"contract_content":{content},"signature":{json.dumps(jws)}}}'.encode()


def _server_certificate(response: httpx.Response) -> Certificate:
    stream = response.extensions["network_stream"]
    der = stream.get_extra_info("ssl_object").getpeercert(True)
    try:
        return from_der([der])
    except CertificateInvalid as problem:
        raise RemoteProblem(str(problem)) from problem
