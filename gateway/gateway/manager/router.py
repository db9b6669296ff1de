"""The external FSC API (manager.yaml). HTTP only."""

from __future__ import annotations

import json
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from gateway.contract import service as contracts
from gateway.contract import text as ijson
from gateway.contract.content import read_content
from gateway.deployment import Deployment
from gateway.errors import ManagerError, malformed
from gateway.manager import listing, logs, trust
from gateway.manager.caller import Conversation, conversation
from gateway.names import ERROR_CODE, EXTENSIONS, FSC_VERSION, MANAGER_ADDRESS, SignatureType
from gateway.token import service as tokens
from gateway.token.errors import TokenRefused

router = APIRouter()
TOKEN_PATH = "/v1/token"
Talk = Annotated[Conversation, Depends(conversation)]


def deployment_of(request: Request) -> Deployment:
    """The deployment this app belongs to."""
    return request.app.state.deployment


async def read_body(request: Request) -> bytes:
    """The body as it came."""
    return await request.body()


Place = Annotated[Deployment, Depends(deployment_of)]
Body = Annotated[bytes, Depends(read_body)]


@router.put("/v1/announce")
def announce(request: Request, deployment: Place, talk: Talk) -> Response:
    """A peer tells where its Manager is."""
    address = trust.trusted_address(deployment, talk, request.headers.get(MANAGER_ADDRESS))
    contracts.hear(deployment, talk.owner, talk.caller, address)
    return Response(status_code=200)


@router.post("/v1/contracts")
def submit(request: Request, deployment: Place, talk: Talk, body: Body) -> Response:
    """A party offers a contract, with its own accept signature."""
    return _receive(request, deployment, talk, body, SignatureType.ACCEPT, None)


@router.put("/v1/contracts/{content_hash}/{kind}")
def sign(request: Request, deployment: Place, talk: Talk, body: Body, content_hash: str, kind: str) -> Response:
    """A party accepts, rejects or revokes."""
    if kind not in set(SignatureType):
        raise ManagerError("ERROR_CODE_NOT_FOUND", f"Een contract kent geen {kind!r}.", status=404)
    return _receive(request, deployment, talk, body, SignatureType(kind), content_hash)


def _receive(
    request: Request, deployment: Deployment, talk: Conversation, body: bytes, kind: SignatureType, path_hash: str | None
) -> Response:
    members = ijson.split_object(ijson.parse_bytes(body))
    if "contract_content" not in members or "signature" not in members:
        raise malformed("De body moet contract_content en signature hebben.")
    jws = members["signature"].value
    if not isinstance(jws, str):
        raise malformed("signature is geen tekst.")
    address = request.headers.get(MANAGER_ADDRESS)
    content = read_content(members["contract_content"].text, deployment.rules)
    sent = contracts.Submission(talk.caller, content, jws, kind, address or "")
    contracts.check_submission(deployment, talk.owner.peer_id, sent, path_hash=path_hash)
    address = trust.trusted_address(deployment, talk, address)
    certificate = trust.signing_certificate(deployment, talk, jws, address)
    contracts.receive(deployment, talk.owner, contracts.Submission(talk.caller, content, jws, kind, address), certificate)
    return Response(status_code=201)


@router.get("/v1/contracts")
def list_contracts(request: Request, deployment: Place, talk: Talk) -> Response:
    """Contracts the caller is a party to."""
    return Response(listing.contract_list(deployment, talk, request), media_type="application/json")


@router.post(TOKEN_PATH)
def token(deployment: Place, talk: Talk, body: Body) -> Response:
    """An access token, bound to the certificate of this connection."""
    pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    try:
        if len(dict(pairs)) != len(pairs):
            raise TokenRefused("invalid_request", "Een parameter staat er meer dan een keer in.")
        access = tokens.issue(deployment, talk.owner, talk.caller, dict(pairs))
    except TokenRefused as refused:
        return token_refusal(refused.error, refused.description)
    return JSONResponse(
        {"access_token": access, "token_type": "bearer", "expires_in": deployment.settings.token_ttl}, 200, _NO_STORE
    )


_NO_STORE = {"Cache-Control": "no-store"}


def token_refusal(error: str, description: str) -> Response:
    """A refusal in OAuth form (RFC 6749, 5.2), as FSC wants it at /token."""
    return JSONResponse({"error": error, "error_description": description}, 400, _NO_STORE)


@router.get("/v1/peer")
def peer(talk: Talk) -> dict[str, Any]:
    """Who we are."""
    return {
        "peer_id": talk.owner.peer_id,
        "peer_name": talk.owner.name,
        "fsc_version": FSC_VERSION,
        "enabled_extensions": EXTENSIONS,
    }


@router.get("/v1/peers")
def list_peers(request: Request, deployment: Place, talk: Talk) -> dict[str, Any]:
    """Peers we know."""
    return listing.peer_list(deployment, talk, request)


@router.get("/v1/services")
def list_services(request: Request, deployment: Place, talk: Talk) -> dict[str, Any]:
    """Services that a contract of ours publishes."""
    return listing.service_list(deployment, talk, request)


@router.get("/v1/logs")
def list_logs(request: Request, deployment: Place, talk: Talk) -> dict[str, Any]:
    """Records of calls that the caller has a part in."""
    return logs.log_list(deployment, talk, request)


@router.get("/v1/.well-known/jwks.json")
@router.get("/.well-known/jwks.json")
def jwks(deployment: Place, talk: Talk) -> dict[str, Any]:
    """Keys with which our signatures and tokens are verified."""
    return listing.key_set(deployment, talk.owner.peer_id)


def error_response(error: ManagerError) -> Response:
    """An error in FSC form: header and body."""
    return Response(
        json.dumps(error.body(), ensure_ascii=False), error.status, {ERROR_CODE: error.code}, media_type="application/json"
    )
