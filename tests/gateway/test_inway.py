"""The Inway alone, called by an independent Outway. Ids are those of the official FSC test suite."""

from __future__ import annotations

import base64
import json
import time

import httpx
import pytest

from tests.gateway.fakepeer import OWN
from tests.gateway.independent import Identity, Speaker, content_hash, grant_hash, make_content

INWAY = "inway.aanbieder.lab.localhost"
V7 = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.fixture
def token(fake, valid, echo) -> str:
    """A token for the fake peer's Outway; the service's memory starts empty."""
    echo.seen.clear()
    return fake.token(grant_hash(valid)).json()["access_token"]


def call(speaker: Speaker, token: str | None, *, transaction_id: str | None = V7, **headers: str) -> httpx.Response:
    given = {"Fsc-Authorization": f"Bearer {token}" if token else "", "Fsc-Transaction-Id": transaction_id or "", **headers}
    return speaker.ask("GET", INWAY, "/v1/x", headers=given)


def manager_signs(lab, peers, claims: dict, *, peer: str = "aanbieder") -> str:
    """A token as a Manager would sign it, made with that Manager's own key file and independent code."""
    from cryptography.hazmat.primitives import serialization

    folder = lab.folder / "keys" / peers[peer]
    key = serialization.load_pem_private_key((folder / "manager.key").read_bytes(), None)
    identity = Identity(lab.folder, "kopie", peers[peer], "x.nep.localhost", None, key=key)
    thumbprint = next(c["vingerafdruk"] for c in lab.get(f"/peers/{peers[peer]}")["certificaten"] if c["onderdeel"] == "manager")
    return identity.jws(claims, header={"x5t#S256": thumbprint})


def claims_of(token: str) -> dict:
    return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))


def assert_error(answer: httpx.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.headers.get("Fsc-Error-Code")) == (status, code), answer.text
    body = answer.json()
    assert body["code"] == code and body["domain"] == "ERROR_DOMAIN_INWAY" and body["message"]
    assert answer.headers.get("WWW-Authenticate") == ("Bearer" if status == 401 else None)


@pytest.mark.parametrize("form", ["Bearer {}", "bearer {}", "{}"])
def test_inway_incoming_request_1_5_valid_token_passes_and_is_kept(fake, token, echo, form) -> None:
    answer = fake.outway_speaker.ask(
        "GET", INWAY, "/v1/x", headers={"Fsc-Authorization": form.format(token), "Fsc-Transaction-Id": V7}
    )
    assert answer.status_code == 200, answer.text
    assert echo.seen[0].headers["fsc-authorization"] == [form.format(token)]
    assert echo.seen[0].headers["fsc-transaction-id"] == [V7]


def test_inway_incoming_request_2_without_a_token_is_denied(fake, token, echo) -> None:
    assert_error(call(fake.outway_speaker, None), 401, "ERROR_CODE_ACCESS_TOKEN_MISSING")
    assert echo.seen == []


def test_inway_incoming_request_3_token_of_another_certificate_is_denied(lab, fake, other, token, echo) -> None:
    renewed = fake.identity_for("outway.eigen.nep.localhost", key=fake.outway.key)
    for speaker in (other.outway_speaker, fake.speaker, Speaker(lab.address, renewed, fake.root, "")):
        assert_error(call(speaker, token), 401, "ERROR_CODE_ACCESS_TOKEN_INVALID")
    assert echo.seen == []


def test_inway_incoming_request_4_untrusted_certificate_gets_no_answer(lab, fake, token, echo) -> None:
    untrusted = Identity(fake.folder, "vals", OWN, "outway.eigen.nep.localhost", None, key=fake.outway.key)
    with pytest.raises(httpx.TransportError):
        call(Speaker(lab.address, untrusted, fake.root, ""), token)
    assert echo.seen == []


def test_inway_incoming_request_6_expired_token_is_denied(lab, peers, fake, token, echo) -> None:
    old = manager_signs(lab, peers, {**claims_of(token), "exp": int(time.time()) - 1})
    assert_error(call(fake.outway_speaker, old), 401, "ERROR_CODE_ACCESS_TOKEN_EXPIRED")
    assert echo.seen == []


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"gid": "anders"}, 403, "ERROR_CODE_WRONG_GROUP_ID_IN_TOKEN"),
        ({"svc": "weg"}, 404, "ERROR_CODE_SERVICE_NOT_FOUND"),
        ({"gth": "$1$3$" + "A" * 86}, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID"),
        ({"nbf": 4_000_000_000}, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID"),
        ({"cnf": {}}, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID"),
        ({"exp": "morgen"}, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID"),
        ({"iss": OWN}, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID"),
        ({"sub": 7}, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID"),
    ],
)
def test_well_signed_token_with_a_wrong_claim_is_denied(lab, peers, fake, token, echo, change, status, code) -> None:
    assert call(fake.outway_speaker, manager_signs(lab, peers, claims_of(token))).status_code == 200
    echo.seen.clear()
    assert_error(call(fake.outway_speaker, manager_signs(lab, peers, {**claims_of(token), **change})), status, code)
    assert echo.seen == []


def test_token_signed_by_anyone_but_the_own_manager_is_denied(lab, peers, fake, token, echo) -> None:
    by_caller = fake.identity.jws(claims_of(token))
    by_other_peer = manager_signs(lab, peers, claims_of(token), peer="dir")
    unsigned = fake.identity.jws(claims_of(token), algorithm="none")
    for forged in (by_caller, by_other_peer, unsigned, token[:-4] + "AAAA", "onzin", "a.b.c"):
        assert_error(call(fake.outway_speaker, forged), 401, "ERROR_CODE_ACCESS_TOKEN_INVALID")
    assert echo.seen == []


def test_inway_transactionlog_3_missing_or_other_id_is_refused(fake, token, echo) -> None:
    assert_error(call(fake.outway_speaker, token, transaction_id=None), 400, "MISSING_LOG_RECORD_ID")
    answer = call(fake.outway_speaker, token, transaction_id="6f2d7f0e-5f0a-4f9e-9a53-111111111111")
    assert_error(answer, 400, "INVALID_LOG_RECORD_ID")
    assert echo.seen == []


def test_two_values_in_one_header_are_refused(lab, fake, token, echo) -> None:
    context = fake.outway.client_context(fake.root)
    import socket

    with socket.create_connection((lab.address, 8443), 10) as plain, context.wrap_socket(plain, server_hostname=INWAY) as tls:
        tls.sendall(
            (
                f"GET /v1/x HTTP/1.1\r\nHost: {INWAY}\r\nConnection: close\r\nFsc-Transaction-Id: {V7}\r\n"
                f"Fsc-Authorization: Bearer {token}\r\nFsc-Authorization: Bearer vals\r\n\r\n"
            ).encode()
        )
        answer = tls.recv(65536)
    seen = [request.headers["fsc-authorization"] for request in echo.seen]
    assert answer.startswith(b"HTTP/1.1 401") or seen == [[f"Bearer {token}"]]


def test_inway_transactionlog_4_5_delegators_are_recorded(lab, peers, fake, other, echo) -> None:
    grant = {
        **fake.connection(peers["aanbieder"]),
        "type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION",
        "delegator": {"peer_id": other.oin},
    }
    grant["service"] |= {"type": "SERVICE_TYPE_DELEGATED_SERVICE", "delegator": {"peer_id": peers["dir"]}}
    content = make_content(grant)
    assert fake.submit(content).status_code == 201
    assert other.put("accept", content).status_code == 201
    assert fake.submit(content, host="manager.dir.lab.localhost").status_code == 201
    for party in ("dir", "aanbieder"):
        lab.accept(peers[party], content_hash(content))
    lab.wait_state(peers["aanbieder"], content_hash(content), "VALID")
    token = fake.token(grant_hash(content)).json()["access_token"]
    sent = "01890a5d-ac96-774b-8cce-b30209940001"
    assert call(fake.outway_speaker, token, transaction_id=sent).status_code == 200
    row = lab.get(f"/peers/{peers['aanbieder']}/transactions", transactionId=sent)["results"][0]
    assert (row["outwayPeerId"], row["outwayDelegatorId"]) == (OWN, other.oin)
    assert (row["servicePeerId"], row["serviceDelegatorId"]) == (peers["aanbieder"], peers["dir"])


def test_token_of_a_contract_revoked_by_the_caller_stops_at_once(lab, fake, valid, token, echo) -> None:
    assert call(fake.outway_speaker, token).status_code == 200
    assert fake.put("revoke", valid).status_code == 201
    deadline = time.monotonic() + 1
    while call(fake.outway_speaker, token).status_code == 200:
        assert time.monotonic() < deadline, "still passes after a second"
    echo.seen.clear()
    assert_error(call(fake.outway_speaker, token), 401, "ERROR_CODE_ACCESS_TOKEN_INVALID")
    assert echo.seen == []
