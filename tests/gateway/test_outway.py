"""The Outway against a provider that shares no code with it. Ids are those of the official FSC test suite."""

from __future__ import annotations

import time

import httpx
import pytest

from tests.gateway.fakepeer import OWN
from tests.gateway.independent import content_hash, grant_hash, make_content


@pytest.fixture
def agreed(lab, peers, fake):
    """The lab's consumer may call a service of the fake peer; (grant hash, claims of a right token)."""
    outway = next(c for c in lab.get(f"/peers/{peers['afnemer']}")["certificaten"] if c["onderdeel"] == "outway")
    content = make_content(
        {
            "type": "GRANT_TYPE_SERVICE_CONNECTION",
            "outway": {"peer_id": peers["afnemer"], "public_key_thumbprint": outway["sleutelVingerafdruk"]},
            "service": {"type": "SERVICE_TYPE_SERVICE", "peer_id": OWN, "name": "elders"},
        }
    )
    assert fake.submit(content, host="manager.afnemer.lab.localhost").status_code == 201
    lab.accept(peers["afnemer"], content_hash(content))
    now = int(time.time())
    return grant_hash(content), {
        "gth": grant_hash(content),
        "gid": "lab",
        "sub": peers["afnemer"],
        "iss": OWN,
        "svc": "elders",
        "exp": now + 300,
        "nbf": now,
        "aud": f"https://{fake.host}:8443",
        "cnf": {"x5t#S256": outway["vingerafdruk"]},
        "add": {},
    }


def call(lab, grant: str) -> httpx.Response:
    return httpx.get(lab.outway(3) + "/v1/x", headers={"Fsc-Grant-Hash": grant}, timeout=20, trust_env=False)


def assert_error(answer: httpx.Response, code: str) -> None:
    assert (answer.status_code, answer.headers.get("Fsc-Error-Code")) == (502, code), answer.text
    assert answer.json()["domain"] == "ERROR_DOMAIN_OUTWAY" and answer.headers["Content-Type"].startswith("application/json")


def test_outway_incoming_request_1_answer_of_another_inway_comes_back(lab, fake, agreed) -> None:
    grant, claims = agreed
    fake.manager.token = {"access_token": fake.identity.jws(claims), "token_type": "bearer"}
    answer = call(lab, grant)
    assert (answer.status_code, answer.json()["peer_id"]) == (200, OWN)
    assert lab.count_records("transaction_id = %s", answer.headers["Fsc-Transaction-Id"]) == 1


@pytest.mark.parametrize("audience", ["https://inway.eigen.nep.localhost:8443", "https://manager.eigen.nep.localhost:443"])
def test_outway_incoming_request_3_inway_with_another_name_or_closed_is_unreachable(lab, fake, agreed, audience) -> None:
    grant, claims = agreed
    fake.manager.token = {"access_token": fake.identity.jws({**claims, "aud": audience}), "token_type": "bearer"}
    assert_error(call(lab, grant), "ERROR_CODE_INWAY_UNREACHABLE")


@pytest.mark.parametrize(
    "change",
    [
        {"gid": "anders"},
        {"svc": "iets"},
        {"gth": "$1$3$x"},
        {"cnf": {"x5t#S256": "x"}},
        {"act": {"sub": OWN}},
        {"pdi": OWN},
        {"aud": "http://manager.eigen.nep.localhost:8443"},
        {"aud": "https://127.0.0.1:8443"},
        {"aud": 3},
        {"exp": "x"},
    ],
)
def test_token_that_does_not_fit_is_not_used(lab, fake, agreed, change) -> None:
    grant, claims = agreed
    before = lab.count_records()
    fake.manager.token = {"access_token": fake.identity.jws({**claims, **change}), "token_type": "bearer"}
    assert_error(call(lab, grant), "ERROR_CODE_TOKEN_UNAVAILABLE")
    assert lab.count_records() == before


def test_refusal_of_the_manager_is_told(lab, fake, agreed) -> None:
    fake.manager.token = {"error": "invalid_grant", "error_description": "ingetrokken"}
    answer = call(lab, agreed[0])
    assert_error(answer, "ERROR_CODE_TOKEN_UNAVAILABLE")
    assert "ingetrokken" in answer.json()["message"] and OWN in answer.json()["message"]
