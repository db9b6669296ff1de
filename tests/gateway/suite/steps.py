"""What several official cases do."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx

from tests.gateway.fakepeer import DIRECTORY, SUT, Peer
from tests.gateway.independent import content_hash, make_content


def assert_refused(answer: httpx.Response, code: str, status: int = 422) -> None:
    """The Manager refused in FSC form with this code."""
    assert (answer.status_code, answer.headers.get("Fsc-Error-Code")) == (status, code), answer.text
    body = answer.json()
    assert body["code"] == code and body["domain"] == "ERROR_DOMAIN_MANAGER" and body["message"]


def assert_no_token(answer: httpx.Response, error: str) -> None:
    """The Manager refused a token in OAuth form (RFC 6749, 5.2)."""
    assert (answer.status_code, answer.json().get("error")) == (400, error), answer.text
    assert answer.json()["error_description"] and "Fsc-Error-Code" not in answer.headers


def assert_error(answer: httpx.Response, status: int, code: str, domain: str = "INWAY") -> None:
    """An Inway or Outway refused in FSC form."""
    assert (answer.status_code, answer.headers.get("Fsc-Error-Code")) == (status, code), answer.text
    body = answer.json()
    assert body["code"] == code and body["domain"] == f"ERROR_DOMAIN_{domain}" and body["message"]
    assert answer.headers.get("WWW-Authenticate") == ("Bearer" if status == 401 else None)


def agree(lab, provider: str, grant: dict[str, Any], *signers: Peer) -> dict[str, Any]:
    """A contract at the provider's Manager that the first peer submits, the others and the provider accept."""
    content = make_content(grant)
    assert signers[0].submit(content).status_code == 201
    for peer in signers[1:]:
        assert peer.put("accept", content).status_code == 201
    lab.accept(provider, content_hash(content))
    lab.wait_state(provider, content_hash(content), "VALID")
    return content


def publish(peers: dict[str, str], name: str, provider: Peer, *, delegator: Peer | None = None, **more: Any) -> dict[str, Any]:
    """A publication that the Directory accepts by itself, since provider and delegator announced themselves."""
    content = make_content(provider.publication(peers["dir"], name, delegator=delegator.oin if delegator else None, **more))
    for peer in (provider, delegator):
        if peer is not None:
            peer.announce()
    assert provider.submit(content, host=DIRECTORY).status_code == 201
    if delegator is not None:
        assert delegator.put("accept", content, host=DIRECTORY).status_code == 201
    return content


def claims_of(answer: httpx.Response) -> dict[str, Any]:
    """The claims of the token in an answer of /token, as anyone can read them."""
    assert answer.status_code == 200, answer.text
    assert answer.json()["token_type"] == "bearer"
    return json.loads(base64.urlsafe_b64decode(answer.json()["access_token"].split(".")[1] + "=="))


def keys_of(peer: Peer, host: str = SUT) -> dict[str, dict[str, Any]]:
    """The JWKS of a Manager, by thumbprint of the certificate."""
    answer = peer.speaker.ask("GET", host, "/v1/.well-known/jwks.json")
    assert answer.status_code == 200
    return {key["x5t#S256"]: key for key in answer.json()["keys"]}
