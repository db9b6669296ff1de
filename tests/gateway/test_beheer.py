"""The management API: anonymous, malformed, unknown, conflict, repeated; and that its document is right."""

from __future__ import annotations

import uuid

import httpx
import psycopg
import pytest
from gateway.beheer.app import build_api
from gateway.contract import grants, repository, rules
from gateway.contract.models import Contract, ContractStatus
from gateway.contract.service import as_signed
from gateway.deployment import Deployment
from gateway.names import State
from gateway.settings import GatewaySettings
from gemeengoed_kit.clock import SystemClock
from sqlalchemy import select

from tests.gateway.lab import NOBODY, TOKEN
from tests.idle import outlives_a_client


def test_idle_connection_is_closed_by_the_client_and_not_under_its_hands(lab) -> None:
    assert outlives_a_client(lab.address, 9080, "/v1/health")


def test_without_the_token_only_health_document_and_keys_answer(lab, peers) -> None:
    with httpx.Client(base_url=f"http://{lab.address}:9080/v1", trust_env=False) as anonymous:
        for path in ("/health", "/openapi.json", f"/peers/{peers['dir']}/jwks"):
            assert anonymous.get(path).status_code == 200
        for path in ("", f"/{peers['dir']}", f"/{peers['dir']}/contracts", f"/{peers['dir']}/transactions"):
            assert anonymous.get("/peers" + path).status_code == 401
        assert anonymous.get("/peers", headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 401


def test_document_says_of_every_operation_what_can_go_wrong() -> None:
    paths = build_api().openapi()["paths"]
    for path, item in paths.items():
        for operation in item.values():
            assert "422" not in operation["responses"]
            assert ("401" in operation["responses"]) == bool(operation["security"]), path
            assert ("404" in operation["responses"]) or "{" not in path, path


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"peerId": "123"}, "peerId"),
        ({"managerHost": "geen naam"}, "managerHost"),
        ({"outwayListen": "8081"}, "outwayListen"),
        ({"naam": "a\0b"}, "naam"),
        ({"onbekend": 1}, "onbekend"),
    ],
)
def test_malformed_peer_is_refused(lab, peers, change, name) -> None:
    answer = lab.beheer.post("/peers", json={**lab.peer("beheer"), **change})
    assert answer.status_code == 400 and [fault["name"] for fault in answer.json()["invalidParams"]] == [name]


@pytest.mark.parametrize("taken", ["peerId", "managerHost", "inwayHost", "outwayListen"])
def test_peer_with_something_of_another_is_refused(lab, peers, taken) -> None:
    used = {
        "peerId": peers["dir"],
        "managerHost": "manager.dir.lab.localhost",
        "inwayHost": "manager.dir.lab.localhost",
        "outwayListen": lab.peer("dir")["outwayListen"],
    }
    answer = lab.beheer.post("/peers", json={**lab.peer("beheer"), taken: used[taken]})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (409, "peer-bestaat-al")


def test_peer_whose_manager_and_inway_share_a_name_is_refused(lab, peers) -> None:
    assert lab.beheer.post("/peers", json={**lab.peer("beheer"), "inwayHost": "manager.beheer.lab.localhost"}).status_code == 409


def test_peer_whose_outway_cannot_listen_is_refused(lab, peers) -> None:
    answer = lab.beheer.post("/peers", json={**lab.peer("beheer"), "outwayListen": f"{lab.address}:7001"})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (409, "luisteradres-bezet")


def test_unknown_peer_contract_is_not_found_and_unknown_grant_is_refused(lab, peers) -> None:
    unknown, known = f"/peers/{NOBODY}", f"/peers/{peers['dir']}"
    nothing = "$1$1$" + "A" * 86
    for path in (
        unknown,
        f"{unknown}/jwks",
        f"{unknown}/contracts",
        f"{unknown}/services",
        f"{unknown}/transactions",
        f"{unknown}/aliases",
        f"{unknown}/announcements",
        f"{known}/contracts/{nothing}",
    ):
        assert lab.beheer.get(path).status_code == 404, path
    assert lab.beheer.post(f"{known}/contracts/{nothing}/accept").status_code == 404
    assert lab.beheer.put(f"{known}/aliases/x", json={"grantHash": "$1$3$" + "A" * 86}).status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        {"naam": "x", "url": "http://127.0.0.1:1"},
        {"naam": "goed", "url": "ftp://127.0.0.1:1"},
        {"naam": "goed", "url": "http://127.0.0.1:1/pad"},
        {"naam": "sp atie", "url": "http://a:1"},
    ],
)
def test_malformed_service_is_refused(lab, peers, body) -> None:
    assert lab.beheer.post(f"/peers/{peers['dir']}/services", json=body).status_code == 400


def test_contract_that_breaks_a_rule_is_told_with_the_fsc_code(lab, peers) -> None:
    path, period = f"/peers/{peers['dir']}/contracts", {"notBefore": "2018-01-01T00:00:00Z", "notAfter": "2040-01-01T00:00:00Z"}
    grant = lab.connection(peers["afnemer"], peers["aanbieder"], "echo")
    stranger = lab.beheer.post(path, json={"grants": [{"data": grant}], **period})
    assert (stranger.status_code, stranger.json()["fscCode"]) == (409, "ERROR_CODE_SUBMITTING_PEER_NOT_PART_OF_CONTRACT")
    malformed = lab.beheer.post(path, json={"grants": [{"data": {"type": "x"}}], **period})
    assert malformed.status_code == 400
    assert {param["name"] for param in malformed.json()["invalidParams"]} == {"grants.0.data.type", "grants.0.data.service"}
    own = lab.connection(peers["dir"], peers["dir"], "echo")
    double = lab.beheer.post(path, json={"grants": [{"data": own}, {"data": own}], **period})
    assert double.status_code == 409 and "tweemaal" in double.json()["detail"]
    past = lab.beheer.post(path, json={"grants": [{"data": own}], **period, "notAfter": "2019-01-01T00:00:00Z"})
    assert past.status_code == 409


def test_repeating_an_offer_with_its_key_gives_the_same_contract(lab, peers) -> None:
    body = {
        "grants": [{"data": lab.connection(peers["dir"], peers["dir"], "echo"), "alias": "eenmaal"}],
        "notBefore": "2018-01-01T00:00:00Z",
        "notAfter": "2040-01-01T00:00:00Z",
    }
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first, second = (lab.beheer.post(f"/peers/{peers['dir']}/contracts", json=body, headers=key) for _ in range(2))
    assert first.status_code == second.status_code == 201 and first.json() == second.json()
    assert first.json()["grants"][0]["alias"] == "eenmaal" and first.json()["state"] == "VALID"
    moved = lab.beheer.put(f"/peers/{peers['dir']}/aliases/ander", json={"grantHash": first.json()["grants"][0]["hash"]})
    assert moved.status_code == 200
    assert moved.json() in lab.get(f"/peers/{peers['dir']}/aliases")["results"]


def test_ended_contract_cannot_be_accepted_and_repeating_a_revoke_changes_nothing(lab, peers) -> None:
    contract = lab.offer(peers["afnemer"], lab.connection(peers["afnemer"], peers["aanbieder"], "echo"))
    path = f"/peers/{peers['afnemer']}/contracts/{contract['contentHash']}"
    first, second = (lab.post(path + "/revoke", expect=200) for _ in range(2))
    assert first["state"] == "REVOKED" and first["handtekeningen"] == second["handtekeningen"]
    lab.wait_state(peers["aanbieder"], contract["contentHash"], "REVOKED")
    answer = lab.beheer.post(f"/peers/{peers['aanbieder']}/contracts/{contract['contentHash']}/accept")
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (409, "contract-beeindigd")


def test_state_in_sql_equals_the_rule(lab, peers, tmp_path) -> None:
    settings = GatewaySettings(
        database_url=lab.database_url, run_dir=tmp_path, keys_dir=tmp_path, dev_pki_dir=tmp_path, beheer_token=TOKEN
    )
    place = Deployment(settings, SystemClock())
    now = place.unix_now
    with place.transaction() as session:
        for moment in (now, now + 86_400 * 5, now + 86_400 * 31, now + 86_400 * 900, 4_200_000_000):
            for row in session.scalars(select(Contract)).all():
                signed = as_signed(repository.signatures(session, row.owner_id, [row.content_hash])[row.content_hash])
                state = rules.derive_state(frozenset(row.parties), signed, not_after=row.not_after, now=moment)
                found = [kind for kind in State if row in session.scalars(repository.listed(row.owner_id, kind, moment)).all()]
                assert found == [state]
                usable = session.scalar(
                    select(grants.usable(moment)).where(
                        ContractStatus.owner_id == row.owner_id, ContractStatus.content_hash == row.content_hash
                    )
                )
                assert bool(usable) == rules.is_usable(state, not_before=row.not_before, now=moment)
    place.engine.dispose()


def test_log_cannot_be_changed(lab, peers) -> None:
    with psycopg.connect(lab.owner_url) as owner, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        owner.execute(
            "INSERT INTO transaction_record (owner_number, grant_number, outgoing, transaction_id, created_at) "
            "VALUES (1, 1, false, gen_random_uuid(), now())"
        )
        owner.execute("UPDATE transaction_record SET trace_id = 'anders'")


def test_lists_that_grow_come_in_pages(lab, peers) -> None:
    first = lab.get("/peers", pageSize=1)
    assert len(first["results"]) == 1 and first["count"] >= 3 and first["next"] == "/v1/peers?page=2&pageSize=1"
    for path in ("contracts", "aliases", "rules", "clients", "known-peers", "publications"):
        page = lab.get(f"/peers/{peers['dir']}/{path}", pageSize=1)
        assert len(page["results"]) <= 1 and page["count"] >= len(page["results"]) and page["previous"] is None
        assert lab.beheer.get(f"/peers/{peers['dir']}/{path}", params={"pageSize": 501}).status_code == 400
