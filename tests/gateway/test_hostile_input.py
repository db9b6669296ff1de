"""A malicious peer with a valid certificate: whatever it sends to a Manager or an Inway, the answer is a refusal in form."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from tests.gateway.fakepeer import DIRECTORY, INWAY, OTHER, OWN, SUT, V7
from tests.gateway.independent import b64, content_hash, grant_hash, make_content
from tests.gateway.suite.steps import agree, assert_error, assert_refused

MALFORMED, INVALID = "ERROR_CODE_MALFORMED_REQUEST", "ERROR_CODE_CONTRACT_VALIDATION_FAILED"
FAILED = "ERROR_CODE_SIGNATURE_VERIFICATION_FAILED"


def raw(fake, body: str | bytes, path: str = "/v1/contracts", method: str = "POST") -> httpx.Response:
    started = time.monotonic()
    sent = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    answer = fake.speaker.ask(method, SUT, path, content=sent)
    assert time.monotonic() - started < 10, "one request must not keep a Manager busy"
    return answer


def assert_refusal(answer: httpx.Response) -> None:
    """A refusal in FSC form, whatever the reason."""
    assert answer.status_code in (400, 413, 422), answer.text
    assert answer.json()["domain"] == "ERROR_DOMAIN_MANAGER"
    assert len(answer.content) < 8192, "a refusal must not repeat what was sent"


def body_with(content: Any, signature: Any = "a.b.c") -> str:
    return json.dumps({"contract_content": content, "signature": signature})


@pytest.mark.parametrize("depth", [50, 200, 500, 900, 990, 1100, 5000, 400_000])
@pytest.mark.parametrize("where", ["body", "property", "field"])
def test_deep_json_is_refused_or_taken_but_never_a_crash(fake, content, depth, where) -> None:
    deep = "[" * depth + "]" * depth
    text = json.dumps(
        {**content, "grants": [{"data": {**content["grants"][0]["data"], "properties": {"ns.diep": "@"}}}], "extra": "#"}
    )
    text = text.replace('"@"', deep if where == "property" else "1").replace('"#"', deep if where == "field" else "1")
    answer = raw(fake, deep if where == "body" else f'{{"contract_content":{text},"signature":"a.b.c"}}')
    assert_refusal(answer)


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800", "\udfff x", "\ufffe", "\U0010ffff", "é" * 200_000, "\u202e"])
@pytest.mark.parametrize("field", ["iv", "group_id", "peer_id", "name", "property", "key", "extra", "signature"])
def test_odd_text_in_any_field_is_refused_or_kept_as_it_is(lab, peers, fake, text, field) -> None:
    grant = fake.connection(peers["aanbieder"])
    if field in ("property", "key"):
        grant["properties"] = {"ns.x": text} if field == "property" else {text: 1}
    if field == "name":
        grant["service"]["name"] = text
    if field == "peer_id":
        grant["service"] |= {"type": "SERVICE_TYPE_DELEGATED_SERVICE", "delegator": {"peer_id": text}}
    content = make_content(grant)
    if field in ("iv", "group_id", "extra"):
        content[field] = text
    try:
        signature = text if field == "signature" else fake.identity.says("accept", content)
    except UnicodeEncodeError:
        signature = "a.b.c"
    answer = raw(fake, json.dumps({"contract_content": content, "signature": signature}))
    if answer.status_code == 201:
        assert fake.holds(content)["content"] == content
        assert lab.contract(peers["aanbieder"], content_hash(content))["state"] == "PROPOSED"
    else:
        assert_refusal(answer)


@pytest.mark.parametrize(
    "body",
    [
        body_with([]),
        body_with(None),
        body_with({}, None),
        body_with({}, {"a": 1}),
        '{"contract_content":{},"signature":"a","signature":"b"}',
        '{"contract_content":{"iv":1,"iv":2},"signature":""}',
        '{"contract_content":1e999,"signature":""}',
        '{"contract_content":-1e999,"signature":""}',
        '{"contract_content":NaN,"signature":""}',
        '{"contract_content":' + "9" * 5000 + ',"signature":""}',
        '{"contract_content":0.' + "1" * 500_000 + ',"signature":""}',
        "\ufeff{}",
        b"\xff\xfe{\x00}\x00",
        b"\x1f\x8b\x08\x00",
        "[" + "1," * 500_000 + "1]",
        "{" + ",".join(f'"{number}":1' for number in range(100_000)) + "}",
    ],
    ids=range(16),
)
def test_nonsense_is_malformed(fake, body) -> None:
    assert_refused(raw(fake, body), MALFORMED, 400)


@pytest.mark.parametrize(
    "change",
    [
        {"created_at": -1},
        {"created_at": True},
        {"created_at": 1.5},
        {"created_at": 2**53},
        {"created_at": "1"},
        {"validity": {"not_before": 0, "not_after": 2**53 - 1}},
        {"validity": {"not_before": 0, "not_after": 253402300800}},
        {"validity": {"not_before": -1, "not_after": 2_000_000_000}},
        {"validity": []},
        {"grants": {}},
        {"grants": [{}]},
        {"grants": [{"data": []}]},
        {"grants": [{"data": {"type": []}}]},
        {"hash_algorithm": ["HASH_ALGORITHM_SHA3_512"]},
        {"hash_algorithm": None},
        {"group_id": 7},
        {"iv": "{06338364-8305-7b74-8000-de49635031}"},
        {"iv": "urn:uuid:06338364-8305-7b74-8000-de4"},
    ],
    ids=str,
)
def test_field_of_another_kind_is_refused(lab, peers, fake, content, change) -> None:
    assert_refusal(fake.submit({**content, **change}))


def test_contract_with_thousands_of_grants_is_refused(fake, peers) -> None:
    grants = [fake.connection(peers["aanbieder"], f"dienst-{number}") for number in range(6000)]
    assert_refused(raw(fake, body_with(make_content(*grants))), INVALID)


def test_contract_with_megabytes_of_unknown_fields_is_refused(fake, content) -> None:
    assert_refusal(fake.submit({**content, "toekomstig": "x" * 1_500_000}))
    assert fake.holds({**content, "toekomstig": "x" * 1_500_000}) is None


def test_body_larger_than_the_manager_takes_is_refused(fake) -> None:
    assert_refused(raw(fake, b" " * (5 * 2**20)), "ERROR_CODE_BODY_TOO_LARGE", 413)


def test_signature_that_is_no_ordinary_jws_is_refused(fake, content) -> None:
    says = {"contract_content_hash": content_hash(content), "type": "accept", "signed_at": int(time.time())}
    header = {"alg": "ES256", "x5t#S256": fake.identity.thumbprint}
    sign = fake.identity.sign
    hostile = [
        sign(b"[" * 20_000 + b"]" * 20_000, json.dumps(says).encode()),
        sign(json.dumps(header).encode(), b"[" * 20_000 + b"]" * 20_000),
        sign(b'{"alg":' + b"[" * 3000 + b"]" * 3000 + b"}", b"{}"),
        sign(b'{"alg":"ES256","alg":"none","x5t#S256":"x"}', b"{}"),
        fake.identity.jws(says, header={"x5t#S256": "\x00"}),
        fake.identity.jws(says, header={"x5t#S256": "x" * 100_000}),
        fake.identity.jws(says, header={"x5t#S256": ["x"]}),
        fake.identity.jws(says, header={"crit": ["b64"], "b64": False}),
        fake.identity.jws(says, header={"crit": ["onbekend"], "onbekend": 1}),
        fake.identity.jws({**says, "extra": "x" * 1_500_000}),
        fake.identity.jws([says]),
        fake.identity.jws("accept"),
        sign(json.dumps(header).encode(), b"\xff"),
        sign(b"\xff", json.dumps(says).encode()),
        sign(json.dumps(header).encode(), b""),
        b64(json.dumps(header).encode()) + "." + b64(json.dumps(says).encode()) + "." + "A" * 86,
        b64(json.dumps(header).encode()) + "." + b64(json.dumps(says).encode()) + ".",
        "é.é.é",
        "..",
        "." * 100_000,
    ]
    for signature in hostile:
        assert_refusal(raw(fake, body_with(content, signature)))
    assert fake.holds(content) is None


@pytest.mark.parametrize("signed_at", [2**53 - 1, 2**63, 10**300, -(2**70), 1.5, "nu", None, True, [], 1e308])
def test_moment_of_signing_that_is_none_is_refused_or_of_no_effect(lab, peers, fake, content, signed_at) -> None:
    answer = raw(fake, body_with(content, fake.identity.says("accept", content, signed_at=signed_at)))
    if answer.status_code != 201:
        assert_refusal(answer)
    shown = lab.beheer.get(f"/peers/{peers['aanbieder']}/contracts")
    assert shown.status_code == 200, "a contract from outside must never break the own list"


def test_signatures_of_others_cannot_be_replayed(lab, peers, fake, other, stranger) -> None:
    content = make_content(fake.connection(peers["aanbieder"], delegator=OTHER))
    assert fake.submit(content).status_code == 201
    theirs = fake.holds(content)["signatures"]["accept"][OWN]
    mismatch = "ERROR_CODE_PEER_ID_SIGNATURE_MISMATCH"
    other.manager.keys.append(fake.identity)
    try:
        assert_refused(other.put("accept", content, signature=theirs), mismatch)
    finally:
        other.manager.keys.remove(fake.identity)
    assert_refused(fake.put("reject", content, signature=theirs), FAILED)
    assert_refused(fake.put("revoke", content, signature=theirs), FAILED)
    changed = {**content, "created_at": content["created_at"] - 1}
    assert_refused(fake.submit(changed, signature=theirs), "ERROR_CODE_SIGNATURE_CONTRACT_CONTENT_HASH_MISMATCH")
    assert list(fake.holds(content)["signatures"]["accept"]) == [OWN]


def test_accept_after_a_revoke_changes_nothing(lab, peers, fake, valid) -> None:
    assert fake.put("revoke", valid).status_code == 201
    assert fake.put("accept", valid).status_code == 201
    assert fake.submit(valid).status_code == 201
    assert lab.contract(peers["aanbieder"], content_hash(valid))["state"] == "REVOKED"
    assert fake.token(grant_hash(valid)).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/v1/contracts/%00/accept",
        "/v1/contracts/..%2f..%2f/accept",
        "/v1/contracts/$1$1$/accept",
        "/v1/contracts/" + "A" * 8000 + "/accept",
        "/v1/contracts/%F0%28%8C%28/accept",
    ],
    ids=range(5),
)
def test_odd_hash_in_the_path_is_refused(fake, content, path) -> None:
    body = {"contract_content": content, "signature": fake.identity.says("accept", content)}
    answer = fake.speaker.ask("PUT", SUT, path, body=body)
    assert answer.status_code in (400, 404, 414, 422) and answer.json()["domain"] == "ERROR_DOMAIN_MANAGER"


@pytest.mark.parametrize(
    "form",
    [
        b"",
        b"\xff\xfe",
        b"grant_type=client_credentials&grant_type=client_credentials",
        b"scope=" + b"%00" * 1000,
        b"&" * 100_000,
        b"a=b&" * 50_000,
        b"grant_type=client_credentials&scope=$1$3$" + b"A" * 86 + b"%0A&client_id=" + OWN.encode(),
        b"x" * 1_000_000,
    ],
    ids=range(8),
)
def test_odd_form_gets_no_token_and_an_oauth_answer(fake, form) -> None:
    answer = fake.outway_speaker.ask(
        "POST", SUT, "/v1/token", content=form, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 400 and answer.json()["error"] in ("invalid_request", "invalid_scope"), answer.text


def test_certificate_of_no_peer_gets_no_token_and_an_oauth_answer(lab, fake) -> None:
    from tests.gateway.independent import Identity, Speaker

    odd = Identity(fake.folder, "krom", "123", "x.nep.localhost", fake.ca)
    form = {"grant_type": "client_credentials", "scope": "$1$3$" + "A" * 86, "client_id": "123"}
    answer = Speaker(lab.address, odd, fake.root, "").ask("POST", SUT, "/v1/token", form=form)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_client")


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (ed25519.Ed25519PrivateKey.generate(), "sleutelsoort Ed25519PublicKey"),
        (rsa.generate_private_key(65537, 1024), "1024 bits is te kort"),
    ],
    ids=["ed25519", "rsa-1024"],
)
def test_signature_by_a_key_that_fsc_does_not_know_is_refused(fake, content, key, reason) -> None:
    odd = fake.identity_for(fake.host, key=key)
    fake.manager.keys.append(odd)
    signature = fake.identity.jws({"contract_content_hash": content_hash(content)}, header={"x5t#S256": odd.thumbprint})
    answer = fake.submit(content, signature=signature)
    fake.manager.keys.remove(odd)
    assert_refused(answer, "ERROR_CODE_SIGNATURE_VERIFICATION_FAILED")
    assert reason in answer.json()["message"]


HOSTILE_TOKENS = [
    b64(b"[" * 20_000) + ".e30.e30",
    b64(b'{"alg":"ES256","x5t#S256":"' + b"x" * 20_000 + b'"}') + ".e30.e30",
    b64(b'{"alg":"none"}') + ".e30.",
    b64(b'{"alg":"HS256","x5t#S256":"x"}') + ".e30.e30",
    b64(b'{"alg":["ES256"]}') + ".e30.e30",
    b64(b"\x00\xff") + "." + b64(b"\xff") + "." + b64(b"\xff"),
    "." * 20_000,
    "\u00e9.\u00e9.\u00e9",
    "\"\\'{}%00;,",
]


@pytest.mark.parametrize("hostile", HOSTILE_TOKENS, ids=range(len(HOSTILE_TOKENS)))
def test_hostile_token_is_denied_by_the_inway(fake, echo, hostile) -> None:
    echo.seen.clear()
    answer = fake.outway_speaker.ask(
        "GET", INWAY, "/v1/x", headers={b"Fsc-Authorization": b"Bearer " + hostile.encode("latin-1"), "Fsc-Transaction-Id": V7}
    )
    assert_error(answer, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID")
    assert echo.seen == []


def test_slow_bodies_and_idle_connections_keep_nobody_out(lab, fake, content) -> None:
    context = fake.identity.client_context(fake.root)
    open_connections = []
    for number in range(60):
        plain = socket.create_connection((lab.address, 8443), 10)
        if number % 3:
            plain = context.wrap_socket(plain, server_hostname=SUT)
            head = f"POST /v1/contracts HTTP/1.1\r\nHost: {SUT}\r\nContent-Length: 100000\r\nFsc-Manager-Address: {fake.host}\r\n"
            plain.sendall((head if number % 3 == 1 else head + '\r\n{"contract_content":').encode())
        open_connections.append(plain)
    try:
        started = time.monotonic()
        assert fake.submit(content).status_code == 201
        assert fake.speaker.ask("GET", DIRECTORY, "/v1/peer").status_code == 200
        assert time.monotonic() - started < 5
    finally:
        for connection in open_connections:
            connection.close()


def test_page_of_large_contracts_ends_before_it_takes_all_memory(peers, stranger) -> None:
    grant = stranger.connection(peers["aanbieder"])
    sent = [make_content(grant, opvulling="x" * 900_000) for _ in range(10)]
    assert {stranger.submit(content).status_code for content in sent} == {201}
    seen, cursor, pages = [], "", 0
    while cursor or not pages:
        page = stranger.contracts(limit="1000", cursor=cursor)
        assert sum(len(str(contract)) for contract in page["contracts"]) < 10 * 2**20
        seen += [contract["content"]["iv"] for contract in page["contracts"]]
        cursor, pages = page["pagination"]["next_cursor"], pages + 1
    assert len(seen) == len(set(seen)) and {content["iv"] for content in sent} <= set(seen) and pages >= 2
    many = ",".join("$1$3$" + "A" * 86 for _ in range(101))
    refused = stranger.speaker.ask("GET", SUT, f"/v1/contracts?grant_hash={many}")
    assert_refused(refused, MALFORMED, 400)


def test_the_same_contract_for_two_owners_is_two_contracts(lab, peers, fake) -> None:
    grant = fake.connection(peers["aanbieder"], delegator=peers["dir"])
    content = make_content(grant)
    for host in (SUT, DIRECTORY):
        assert fake.submit(content, host=host).status_code == 201
    lab.post(f"/peers/{peers['dir']}/contracts/{content_hash(content)}/reject", expect=200)
    assert lab.contract(peers["dir"], content_hash(content))["state"] == "REJECTED"
    lab.wait_state(peers["aanbieder"], content_hash(content), "REJECTED")


def test_unknown_fields_in_a_grant_count_in_its_hash(lab, peers, fake) -> None:
    grant = fake.connection(peers["aanbieder"])
    content = agree(lab, peers["aanbieder"], {**grant, "toekomst": {"z": 1.0, "a": 1e21}}, fake)
    assert fake.token(grant_hash(content)).status_code == 200
