"""The Manager over nginx and mTLS, against a peer that shares no code with it. Ids are those of the official FSC test suite."""

from __future__ import annotations

import base64
import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import httpx
import pytest

from tests.gateway.fakepeer import OTHER, OWN, STRANGER, SUT
from tests.gateway.independent import Identity, Speaker, content_hash, grant_hash, make_content
from tests.gateway.lab import until


def assert_refused(answer: httpx.Response, code: str, status: int = 422) -> None:
    assert (answer.status_code, answer.headers.get("Fsc-Error-Code")) == (status, code), answer.text
    assert answer.json()["code"] == code and answer.json()["domain"] == "ERROR_DOMAIN_MANAGER" and answer.json()["message"]


def test_manager_submit_contract_1_service_connection_is_accepted(peers, fake, content) -> None:
    assert fake.submit(content).status_code == 201
    held = fake.holds(content)
    assert held["content"] == content and list(held["signatures"]["accept"]) == [OWN]
    assert fake.submit(content).status_code == 201


def test_unknown_fields_and_order_survive_and_count_in_the_hash(lab, peers, fake) -> None:
    content = make_content(
        fake.connection(peers["aanbieder"], properties={"ns.z": "Súdwest", "ns.a": [1, True, None]}),
        toekomstig_veld={"b": 1, "a": "é"},
    )
    assert fake.submit(content).status_code == 201
    held = fake.holds(content)
    assert held["content"] == content and list(held["content"]) == list(content)


@pytest.mark.parametrize("kind", ["GRANT_TYPE_SERVICE_PUBLICATION", "GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION"])
def test_manager_submit_contract_2_3_publication_is_accepted_by_the_directory(peers, fake, other, kind) -> None:
    directory = "manager.dir.lab.localhost"
    for peer in (fake, other):
        assert peer.speaker.ask("PUT", directory, "/v1/announce").status_code == 200
    grant = {
        "type": kind,
        "directory": {"peer_id": peers["dir"]},
        "properties": {"ns.soort": "test"},
        "service": {"peer_id": OWN, "name": f"dienst-{kind[-28:-12].lower()}", "protocol": "PROTOCOL_TCP_HTTP_1.1"},
    }
    if "DELEGATED" in kind:
        grant["delegator"] = {"peer_id": OTHER}
    content = make_content(grant)
    assert fake.submit(content, host=directory).status_code == 201
    if "DELEGATED" in kind:
        assert other.put("accept", content, host=directory).status_code == 201
    until(
        lambda: any(path.endswith(f"{content_hash(content)}/accept") for _, path, _, _ in fake.manager.received),
        what="the Directory's signature arrives",
    )
    listed = other.speaker.ask("GET", directory, f"/v1/services?service_name={grant['service']['name']}").json()["services"]
    assert listed[0]["data"]["name"] == grant["service"]["name"] and listed[0]["data"]["properties"] == {"ns.soort": "test"}
    assert listed[0]["data"].get("delegator", {}).get("peer_id") == grant.get("delegator", {}).get("peer_id")
    assert fake.put("revoke", content, host=directory).status_code == 201
    answer = other.speaker.ask("GET", directory, f"/v1/services?service_name={grant['service']['name']}")
    assert answer.json()["services"] == []


def test_directory_does_not_accept_by_itself_for_a_stranger(lab, peers, stranger) -> None:
    content = make_content(
        {
            "type": "GRANT_TYPE_SERVICE_PUBLICATION",
            "directory": {"peer_id": peers["dir"]},
            "service": {"peer_id": STRANGER, "name": "stiekem", "protocol": "PROTOCOL_TCP_HTTP_1.1"},
        }
    )
    assert stranger.submit(content, host="manager.dir.lab.localhost").status_code == 201
    assert lab.contract(peers["dir"], content_hash(content))["state"] == "PROPOSED"


def test_manager_submit_contract_6_four_parties_must_all_accept(lab, peers, fake, other) -> None:
    grant = {
        **fake.connection(peers["aanbieder"]),
        "type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION",
        "delegator": {"peer_id": OTHER},
    }
    grant["service"] |= {"type": "SERVICE_TYPE_DELEGATED_SERVICE", "delegator": {"peer_id": peers["dir"]}}
    content = make_content(grant)
    assert fake.submit(content).status_code == 201
    assert other.put("accept", content).status_code == 201
    lab.accept(peers["aanbieder"], content_hash(content))
    held = lab.contract(peers["aanbieder"], content_hash(content))
    assert held["state"] == "PROPOSED" and peers["dir"] in held["waaromNietGeldig"]
    assert fake.submit(content, host="manager.dir.lab.localhost").status_code == 201
    lab.accept(peers["dir"], content_hash(content))
    lab.wait_state(peers["aanbieder"], content_hash(content), "VALID")
    claims = read_claims(fake.token(grant_hash(content)))
    assert claims["act"] == {"sub": OTHER} and claims["pdi"] == peers["dir"]


def test_manager_submit_contract_7_both_sides_must_be_party(peers, fake, other, content) -> None:
    assert_refused(other.submit(content), "ERROR_CODE_SUBMITTING_PEER_NOT_PART_OF_CONTRACT")
    elsewhere = make_content(fake.connection(OTHER))
    assert_refused(fake.submit(elsewhere), "ERROR_CODE_RECEIVING_PEER_NOT_PART_OF_CONTRACT")


def test_manager_submit_contract_8_publication_stands_alone(peers, fake) -> None:
    publication = {
        "type": "GRANT_TYPE_SERVICE_PUBLICATION",
        "directory": {"peer_id": peers["aanbieder"]},
        "service": {"peer_id": OWN, "name": "dienst", "protocol": "PROTOCOL_TCP_HTTP_1.1"},
    }
    content = make_content(publication, fake.connection(peers["aanbieder"]))
    assert_refused(fake.submit(content), "ERROR_CODE_GRANT_COMBINATION_NOT_ALLOWED")


def test_manager_submit_contract_9_10_group_and_hash_algorithm(fake, content) -> None:
    assert_refused(fake.submit({**content, "group_id": "anders"}), "ERROR_CODE_INCORRECT_GROUP_ID")
    assert_refused(fake.submit({**content, "hash_algorithm": "HASH_ALGORITHM_X"}), "ERROR_CODE_UNKNOWN_HASH_ALGORITHM_HASH")


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"])
def test_manager_submit_contract_11_12_every_algorithm_with_a_key_from_the_jwks(fake, content, algorithm) -> None:
    signer = fake.identity_for(fake.host, algorithm=algorithm)
    fake.manager.keys.append(signer)
    assert fake.submit(content, signature=signer.says("accept", content)).status_code == 201
    assert fake.holds(content)["signatures"]["accept"][OWN]


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("validity", {"not_before": 1, "not_after": 2}),
        ("validity", {"not_before": 4000000000, "not_after": 3900000000}),
        ("created_at", 9_000_000_000),
        ("iv", "x" * 36),
        ("grants", []),
    ],
)
def test_contract_that_breaks_a_rule_is_refused(fake, content, change, value) -> None:
    assert_refused(fake.submit({**content, change: value}), "ERROR_CODE_CONTRACT_VALIDATION_FAILED")


def test_contract_with_eleven_grants_or_a_used_iv_is_refused(peers, fake, content) -> None:
    many = make_content(*(fake.connection(peers["aanbieder"], f"dienst-{number}") for number in range(11)))
    assert_refused(fake.submit(many), "ERROR_CODE_CONTRACT_VALIDATION_FAILED")
    assert fake.submit(content).status_code == 201
    assert_refused(fake.submit({**content, "created_at": content["created_at"] - 1}), "ERROR_CODE_CONTRACT_VALIDATION_FAILED")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"contract_content": {"iv": 1, "iv": 2}, "signature": "a.b.c"}',
        b"\xff",
        b'{"contract_content": {}, "signature": 3}',
        b'{"contract_content": 1e999, "signature": ""}',
    ],
)
def test_malformed_body_is_refused(fake, body) -> None:
    assert_refused(fake.speaker.ask("POST", SUT, "/v1/contracts", content=body), "ERROR_CODE_MALFORMED_REQUEST", 400)


def test_manager_accept_contract_1_accept_is_stored_and_may_arrive_first(fake, content) -> None:
    assert fake.put("accept", content).status_code == 201
    first = fake.holds(content)["signatures"]["accept"]
    assert fake.put("accept", content).status_code == 201
    assert list(first) == [OWN]


@pytest.mark.parametrize("kind", ["accept", "reject", "revoke"])
def test_manager_accept_reject_revoke_2_to_7_bad_signature_changes_nothing(fake, other, content, kind) -> None:
    assert fake.submit(content).status_code == 201
    before = fake.holds(content)["signatures"]
    wrong = "revoke" if kind != "revoke" else "accept"
    other_content = {**content, "iv": str(uuid.uuid4())}
    failed = "ERROR_CODE_SIGNATURE_VERIFICATION_FAILED"
    assert_refused(other.put(kind, content), "ERROR_CODE_SUBMITTING_PEER_NOT_PART_OF_CONTRACT")
    for nonsense in ("abc", "a.b", "!!.??.--", "e30.e30.", "W10.W10.W10"):
        assert_refused(fake.put(kind, content, signature=nonsense), failed)
    assert_refused(
        fake.put(kind, content, signature=fake.identity.says(kind, other_content)),
        "ERROR_CODE_SIGNATURE_CONTRACT_CONTENT_HASH_MISMATCH",
    )
    assert_refused(fake.put(kind, content, signature=fake.identity.says(wrong, content)), failed)
    assert_refused(fake.put(kind, content, path_hash=content_hash(other_content)), "ERROR_CODE_URL_PATH_CONTENT_HASH_MISMATCH")
    assert_refused(fake.put(kind, content, path_hash="$9" + content_hash(content)[2:]), "ERROR_CODE_UNKNOWN_HASH_ALGORITHM_HASH")
    says = {"contract_content_hash": content_hash(content), "type": kind, "signed_at": 1}
    for algorithm in ("PS256", "EdDSA", "HS256", "none"):
        assert_refused(
            fake.put(kind, content, signature=fake.identity.jws(says, algorithm=algorithm)),
            "ERROR_CODE_UNKNOWN_ALGORITHM_SIGNATURE",
        )
    good = fake.identity.says(kind, content)
    assert_refused(fake.put(kind, content, signature=good[:-6] + "AAAAAA"), failed)
    assert_refused(fake.put(kind, content, signature=fake.identity.jws(says, header={"x5t#S256": "onbekend"})), failed)
    assert fake.holds(content)["signatures"] == before


def test_signature_of_another_peer_is_refused(lab, fake, content) -> None:
    signer = Identity(fake.folder, "x", OTHER, "manager.ander.nep.localhost", fake.ca)
    fake.manager.keys.append(signer)
    assert_refused(fake.submit(content, signature=signer.says("accept", content)), "ERROR_CODE_PEER_ID_SIGNATURE_MISMATCH")


def test_signing_certificate_outside_the_trust_anchors_is_refused(fake, content) -> None:
    signer = Identity(fake.folder, "zelf", OWN, fake.host, None)
    fake.manager.keys.append(signer)
    assert_refused(fake.submit(content, signature=signer.says("accept", content)), "ERROR_CODE_SIGNATURE_VERIFICATION_FAILED")


@pytest.mark.parametrize(("kind", "state"), [("reject", "REJECTED"), ("revoke", "REVOKED")])
def test_manager_reject_revoke_1_ends_the_contract_and_tokens(lab, peers, fake, valid, kind, state) -> None:
    assert fake.token(grant_hash(valid)).status_code == 200
    assert fake.put(kind, valid).status_code == 201
    assert OWN in fake.holds(valid)["signatures"][kind]
    assert lab.contract(peers["aanbieder"], content_hash(valid))["state"] == state
    refused = fake.token(grant_hash(valid))
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


def test_own_signature_reaches_the_other_party_with_the_whole_content(fake, valid) -> None:
    def arrived():
        return [
            (headers, body)
            for _, path, headers, body in fake.manager.received
            if path == f"/v1/contracts/{content_hash(valid)}/accept"
        ]

    headers, body = until(arrived, what="accept arrives")[0]
    assert headers["Fsc-Manager-Address"] == f"https://{SUT}:8443"
    assert content_hash(body["contract_content"]) == content_hash(valid) and body["signature"].count(".") == 2


def test_delivery_is_repeated_until_the_other_side_takes_it(lab, peers, fake, content) -> None:
    fake.manager.status = 503
    try:
        assert fake.submit(content).status_code == 201
        lab.accept(peers["aanbieder"], content_hash(content))
        until(lambda: lab.contract(peers["aanbieder"], content_hash(content))["bezorgingen"][0]["fout"], what="first try failed")
    finally:
        fake.manager.status = None
    told = until(lambda: (d := lab.contract(peers["aanbieder"], content_hash(content))["bezorgingen"][0])["bezorgdOp"] and d)
    assert told["pogingen"] >= 2 and told["fout"] is None


def test_manager_contracts_1_2_only_the_parties_see_a_contract(fake, other, content) -> None:
    assert fake.submit(content).status_code == 201
    assert fake.holds(content) is not None
    assert other.contracts(grant_hash=grant_hash(content))["contracts"] == []


def test_manager_contracts_1_cursor_walks_over_all_in_both_orders(fake, peers) -> None:
    for number in range(4):
        content = make_content(fake.connection(peers["aanbieder"]), created_at=1_700_000_000 + number)
        assert fake.submit(content).status_code == 201
    for order in ("SORT_ORDER_ASCENDING", "SORT_ORDER_DESCENDING"):
        seen, cursor = [], ""
        while True:
            page = fake.contracts(limit="2", sort_order=order, grant_type="GRANT_TYPE_SERVICE_CONNECTION", cursor=cursor)
            seen += [contract["content"]["created_at"] for contract in page["contracts"]]
            cursor = page["pagination"]["next_cursor"]
            if not cursor:
                break
        assert len(seen) >= 4 and seen == sorted(seen, reverse=order.endswith("DESCENDING"))


def read_claims(answer: httpx.Response) -> dict:
    assert answer.status_code == 200, answer.text
    assert answer.json()["token_type"] == "bearer"
    return json.loads(base64.urlsafe_b64decode(answer.json()["access_token"].split(".")[1] + "=="))


def test_manager_get_token_1_10_every_claim(lab, peers, fake) -> None:
    properties = {"gemeengoed.rol": "gemeente", "ns.diep": {"a": [1, 2.5, "é"]}}
    content = make_content(fake.connection(peers["aanbieder"], properties=properties))
    assert fake.submit(content).status_code == 201
    lab.accept(peers["aanbieder"], content_hash(content))
    claims = read_claims(fake.token(grant_hash(content)))
    assert claims.pop("exp") - claims.pop("nbf") == 300
    assert claims == {
        "gth": grant_hash(content),
        "gid": "lab",
        "sub": OWN,
        "iss": peers["aanbieder"],
        "svc": "echo",
        "aud": "https://inway.aanbieder.lab.localhost:8443",
        "cnf": {"x5t#S256": fake.outway.thumbprint},
        "prp": properties,
        "add": {},
    }


def test_manager_get_token_2_to_9_refusals_are_oauth(peers, fake, other, valid, content) -> None:
    scope = grant_hash(valid)
    proposed = make_content(fake.connection(peers["aanbieder"]))
    assert fake.submit(proposed).status_code == 201
    renewed = Speaker(fake.speaker._address, fake.identity_for("outway.eigen.nep.localhost"), fake.root, "")
    cases = [
        (fake.token(grant_hash(proposed)), "invalid_grant"),
        (fake.token("x"), "invalid_scope"),
        (fake.token(content_hash(valid)), "invalid_scope"),
        (fake.token("$1$3$"), "invalid_scope"),
        (fake.token(scope, grant_type="password"), "unsupported_grant_type"),
        (fake.token(scope, client_id=None), "invalid_request"),
        (fake.token(scope, client_id=OTHER), "invalid_client"),
        (other.token(scope), "unauthorized_client"),
        (fake.token(scope, speaker=renewed), "unauthorized_client"),
    ]
    for answer, error in cases:
        assert (answer.status_code, answer.json()["error"]) == (400, error), answer.text
        assert answer.json()["error_description"] and "Fsc-Error-Code" not in answer.headers


def test_manager_peer_info_1_and_jwks_1(lab, peers, fake) -> None:
    info = fake.speaker.ask("GET", SUT, "/v1/peer").json()
    assert info["peer_id"] == peers["aanbieder"] and info["fsc_version"] == "1.0.0"
    assert set(info["enabled_extensions"]) == {"EXTENSION_DELEGATION", "EXTENSION_TRANSACTION_LOGGING"}
    keys = fake.speaker.ask("GET", SUT, "/v1/.well-known/jwks.json").json()["keys"]
    assert fake.speaker.ask("GET", SUT, "/.well-known/jwks.json").json()["keys"] == keys
    assert len(keys[0]["x5c"]) == 2 and keys[0]["x5t#S256"]
    public = httpx.get(f"http://{lab.address}:9080/v1/peers/{peers['aanbieder']}/jwks", trust_env=False)
    assert public.json()["keys"] == keys


def test_manager_peers_1_announced_peers_are_listed(peers, fake) -> None:
    directory = "manager.dir.lab.localhost"
    assert fake.speaker.ask("PUT", directory, "/v1/announce").status_code == 200
    found = fake.speaker.ask("GET", directory, f"/v1/peers?peer_id={OWN},{peers['afnemer']}").json()["peers"]
    assert {peer["id"]: peer["manager_address"] for peer in found} == {
        OWN: f"https://{fake.host}:8443",
        peers["afnemer"]: "https://manager.afnemer.lab.localhost:8443",
    }
    named = fake.speaker.ask("GET", directory, "/v1/peers?peer_name=ONAFHANKELIJK%20eig&limit=1").json()
    assert [peer["id"] for peer in named["peers"]] == [OWN] and named["pagination"] == {"next_cursor": ""}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://manager.eigen.nep.localhost:8443",
        "https://manager.eigen.nep.localhost:22",
        "https://127.0.0.1:8443",
        "https://manager.eigen.nep.localhost:8443/pad",
        "https://u@manager.eigen.nep.localhost:8443",
        "https://localhost:8443",
        "https://manager.afnemer.lab.localhost:8443",
        "nonsens",
    ],
)
def test_manager_address_of_another_or_of_another_form_is_refused(fake, address) -> None:
    answer = fake.speaker.ask("PUT", "manager.dir.lab.localhost", "/v1/announce", headers={"Fsc-Manager-Address": address})
    assert_refused(answer, "ERROR_CODE_MALFORMED_REQUEST", 400)


@pytest.mark.parametrize(
    "query",
    [
        "contracts?limit=0",
        "contracts?limit=1001",
        "contracts?limit=x",
        "contracts?sort_order=OP",
        "contracts?grant_type=X",
        "contracts?cursor=onzin",
        "contracts?cursor=WyJhIl0",
        "contracts?grant_hash=%00",
        "peers?peer_name=a%00",
        "peers?peer_id=%00",
        "services?service_name=%00",
        "services?cursor=WyJhIiwiXHUwMDAwIl0",
    ],
)
def test_parameter_outside_the_standard_is_refused(fake, query) -> None:
    assert_refused(fake.speaker.ask("GET", SUT, f"/v1/{query}"), "ERROR_CODE_MALFORMED_REQUEST", 400)


def test_certificate_without_an_oin_is_told_so(lab, peers, fake) -> None:
    odd = Identity(fake.folder, "krom", "123", "x.nep.localhost", fake.ca)
    answer = Speaker(lab.address, odd, fake.root, "https://x.nep.localhost:8443").ask("GET", SUT, "/v1/peer")
    assert_refused(answer, "ERROR_CODE_PEER_CERTIFICATE_VERIFICATION_FAILED", 400)


def test_untrusted_or_missing_certificate_gets_no_answer(lab, peers, fake) -> None:
    untrusted = Identity(fake.folder, "vals", OWN, fake.host, None)
    with pytest.raises(httpx.TransportError):
        Speaker(lab.address, untrusted, fake.root, "").ask("GET", SUT, "/v1/peer")
    with pytest.raises(httpx.TransportError):
        fake.speaker.ask("GET", "manager.onbekend.lab.localhost", "/v1/peer")


def test_header_with_the_client_certificate_cannot_be_sent_from_outside(peers, fake, other) -> None:
    forged = {"X-Gateway-Client-Cert": quote(other.identity.pem.read_text()), "X-Gateway-Peer": peers["dir"]}
    assert fake.speaker.ask("GET", SUT, "/v1/peer", headers=forged).json()["peer_id"] == peers["aanbieder"]
    content = make_content(fake.connection(peers["aanbieder"]))
    assert fake.submit(content, headers=forged).status_code == 201


def test_same_signatures_at_once_all_succeed_and_leave_one_contract(lab, peers, fake, other) -> None:
    grant = {
        **fake.connection(peers["aanbieder"]),
        "type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION",
        "delegator": {"peer_id": OTHER},
    }
    content = make_content(grant)
    with ThreadPoolExecutor(8) as pool:
        sent = [
            pool.submit(work)
            for _ in range(6)
            for work in (lambda: fake.submit(content), lambda: fake.put("accept", content), lambda: other.put("accept", content))
        ]
    assert {future.result().status_code for future in sent} == {201}
    assert set(fake.holds(content)["signatures"]["accept"]) == {OWN, OTHER}
    assert len(lab.contract(peers["aanbieder"], content_hash(content))["grants"]) == 1
