"""The ten things most likely to be got wrong in FSC (fsc.md section 6), each held against the running gateway."""

from __future__ import annotations

import json
import socket
import time

import httpx

from tests.gateway.fakepeer import DIRECTORY, INWAY, OTHER, OWN, SUT, V7
from tests.gateway.independent import Speaker, canonical, content_hash, grant_hash, make_content, new_id
from tests.gateway.suite.steps import agree, assert_error, assert_no_token, assert_refused, claims_of


def test_1_the_received_text_is_hashed_kept_and_given_back(fake, peers) -> None:
    """Fields nobody knows, odd numbers, order and spaces: none of it is lost in a model that is written out again."""
    content = make_content(fake.connection(peers["aanbieder"], ns_nieuw=[1.0, 1e30, {"é": None}]), fsc_nieuw={"z": 1, "a": 2.50})
    text = json.dumps(content, indent=3, ensure_ascii=True).replace("2.5", "2.500")
    body = f'{{ "signature":{json.dumps(fake.identity.says("accept", content))}, "contract_content" : {text} }}'
    assert fake.speaker.ask("POST", SUT, "/v1/contracts", content=body.encode()).status_code == 201
    answer = fake.speaker.ask("GET", SUT, f"/v1/contracts?grant_hash={grant_hash(content)}")
    assert text in answer.text, "not one character is changed"
    double = body.replace('"group_id"', '"group_id": "lab", "group_id"')
    assert_refused(fake.speaker.ask("POST", SUT, "/v1/contracts", content=double.encode()), "ERROR_CODE_MALFORMED_REQUEST", 400)


def test_2_grant_hash_is_that_of_the_standard(lab, peers, fake, other) -> None:
    """Digit 3 for a connection and 4 for a delegated one, the content hash as text before the grant's data, base64url."""
    for delegator, digit in ((None, "3"), (OTHER, "4")):
        content = make_content(fake.connection(peers["aanbieder"], delegator=delegator))
        assert fake.submit(content).status_code == 201
        [grant] = lab.contract(peers["aanbieder"], content_hash(content))["grants"]
        assert grant["hash"] == grant_hash(content) and grant["hash"].startswith(f"$1${digit}$") and len(grant["hash"]) == 91
    assert canonical({"\U0001f600": 1.0, "\ufb33": 2}) == '{"\U0001f600":1,"\ufb33":2}'.encode()


def test_3_who_calls_follows_from_the_certificate_alone(lab, peers, fake, other) -> None:
    """No header stands in for the certificate of the connection, and one that identifies no peer is told so with a 400."""
    headers = {name: other.outway.pem.read_text().replace("\n", "%0A") for name in ("X-Client-Cert", "X-Gateway-Client-Cert")}
    content = make_content(fake.connection(peers["aanbieder"]))
    assert fake.submit(content, headers=headers).status_code == 201
    assert_refused(other.submit(content, headers=headers), "ERROR_CODE_SUBMITTING_PEER_NOT_PART_OF_CONTRACT")


def test_4_token_is_bound_to_the_certificate_and_the_contract_to_the_key(lab, fake, valid) -> None:
    """A certificate renewed with the same key gets a token of its own, and cannot use the old one."""
    renewed = Speaker(lab.address, fake.identity_for("outway.eigen.nep.localhost", key=fake.outway.key), fake.root, "")
    old, new = (fake.token(grant_hash(valid), speaker=speaker).json()["access_token"] for speaker in (None, renewed))
    assert fake.call(old).status_code == fake.call(new, speaker=renewed).status_code == 200
    for token, speaker in ((old, renewed), (new, None)):
        assert_error(fake.call(token, speaker=speaker), 401, "ERROR_CODE_ACCESS_TOKEN_INVALID")


def test_5_state_follows_from_the_signatures_in_whatever_order(lab, peers, fake) -> None:
    """A revoke before the accepts and before the contract itself ends it all the same."""
    content = make_content(fake.connection(peers["aanbieder"]))
    for kind in ("revoke", "accept", "accept"):
        assert fake.put(kind, content).status_code == 201
    assert fake.submit(content).status_code == 201
    assert lab.contract(peers["aanbieder"], content_hash(content))["state"] == "REVOKED"
    refused = lab.beheer.post(f"/peers/{peers['aanbieder']}/contracts/{content_hash(content)}/accept")
    assert refused.status_code == 409


def test_6_first_fault_by_the_standards_order_names_the_code(fake, other, peers, content) -> None:
    """Unknown algorithm before shape, group before parties; /token speaks OAuth; lists are comma-separated."""
    broken = {**content, "hash_algorithm": "HASH_ALGORITHM_X", "iv": 1, "grants": "x"}
    body = {"contract_content": broken, "signature": "a.b.c"}
    answer = fake.speaker.ask("POST", SUT, "/v1/contracts", body=body)
    assert_refused(answer, "ERROR_CODE_UNKNOWN_HASH_ALGORITHM_HASH")
    assert_refused(other.submit({**content, "group_id": "x"}), "ERROR_CODE_INCORRECT_GROUP_ID")
    assert_refused(other.submit(content, signature="x"), "ERROR_CODE_SUBMITTING_PEER_NOT_PART_OF_CONTRACT")
    assert_no_token(fake.token("x", client_id=OTHER), "invalid_client")
    for number in (content, second := make_content(fake.connection(peers["aanbieder"]))):
        assert fake.submit(number).status_code == 201
    listed = fake.contracts(grant_hash=f"{grant_hash(content)},{grant_hash(second)}", limit="1")["contracts"]
    assert len(listed) == 2


def test_7_no_record_no_call_and_no_record_for_who_has_no_part(lab, peers, fake, other, stranger, echo) -> None:
    """The record is committed before the Service is called; /logs gives it to parties alone, also when asked by id."""
    content, sent, found = agree(lab, peers["aanbieder"], fake.connection(peers["aanbieder"]), fake), new_id(), []
    echo.during = lambda _: found.append(lab.count_records("transaction_id = %s", sent))
    try:
        assert fake.call(fake.token(grant_hash(content)).json()["access_token"], transaction_id=sent).status_code == 200
    finally:
        echo.during = None
    assert found == [1]
    assert [len(reader.logs(transaction_ids=sent)) for reader in (fake, other, stranger)] == [1, 0, 0]


def test_8_request_and_answer_pass_unchanged(lab, fake, valid, echo) -> None:
    """Path and query byte for byte, the token kept, the Service's own error not wrapped, the transaction id in both."""
    echo.seen.clear()
    plain, echo.answer = echo.answer, b"HTTP/1.1 418 Nee\r\nContent-Length: 3\r\nContent-Type: text/x\r\n\r\nnee"
    target = "/v1/a%2Fb//c;d=1/..%2f?x=a+b&y=&z=%20&&q=%2F"
    token = fake.token(grant_hash(valid)).json()["access_token"]
    context = fake.outway.client_context(fake.root)
    try:
        with socket.create_connection((lab.address, 8443), 10) as tcp, context.wrap_socket(tcp, server_hostname=INWAY) as tls:
            head = f"GET {target} HTTP/1.1\r\nHost: {INWAY}:8443\r\nConnection: close\r\nFsc-Transaction-Id: {V7}\r\n"
            tls.sendall(f"{head}Fsc-Authorization: Bearer {token}\r\n\r\n".encode())
            answer = b"".join(iter(lambda: tls.recv(65536), b""))
    finally:
        echo.answer = plain
    assert answer.startswith(b"HTTP/1.1 418") and answer.endswith(b"nee") and b"Fsc-Error-Code" not in answer
    [request] = echo.seen
    assert request.target == target and request.header("fsc-authorization") == f"Bearer {token}"


def test_9_nothing_is_taken_on_the_word_of_the_other_side(lab, peers, fake, other, content) -> None:
    """Address of another, certificate of another under our thumbprint, algorithm none, more grants than were looked at."""
    hijack = fake.speaker.ask("PUT", DIRECTORY, "/v1/announce", headers={"Fsc-Manager-Address": f"https://{other.host}:8443"})
    assert_refused(hijack, "ERROR_CODE_MALFORMED_REQUEST", 400)
    says = {"contract_content_hash": content_hash(content), "type": "accept", "signed_at": int(time.time())}
    unsigned = fake.identity.jws(says, algorithm="none").rpartition(".")[0] + "."
    assert_refused(fake.submit(content, signature=unsigned), "ERROR_CODE_UNKNOWN_ALGORITHM_SIGNATURE")
    for each in (fake, other):
        each.announce()
    publication = fake.publication(peers["dir"], "klein")
    more = make_content(publication, fake.publication(peers["dir"], "groot"), fake.publication(OTHER, "elders"))
    assert fake.submit(more, host=DIRECTORY).status_code == 201
    assert lab.contract(peers["dir"], content_hash(more))["state"] == "PROPOSED"


def test_10_names_and_meanings_are_those_of_the_chosen_profile(lab, peers, fake, other, stranger) -> None:
    """`act` names the delegator and `sub` the Outway's peer, `aud` has a port, and a revoked contract gives no token."""
    content = agree(lab, peers["aanbieder"], fake.connection(peers["aanbieder"], delegator=OTHER), fake, other)
    claims = claims_of(fake.token(grant_hash(content)))
    assert (claims["sub"], claims["act"], "cdi" in claims) == (OWN, {"sub": OTHER}, False)
    assert httpx.URL(claims["aud"]).port == 8443
    assert other.put("revoke", content).status_code == 201
    assert_no_token(fake.token(grant_hash(content)), "invalid_grant")
    without_type = stranger.connection(peers["aanbieder"])
    del without_type["service"]["type"]
    as_in_the_example = make_content(without_type)
    assert stranger.submit(as_in_the_example).status_code == 201
    assert lab.contract(peers["aanbieder"], content_hash(as_in_the_example))["state"] == "PROPOSED"
