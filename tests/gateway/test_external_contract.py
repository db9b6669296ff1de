"""FSC External Contract: references to contracts outside FSC are checked, judged by a person, kept, shown and logged."""

from __future__ import annotations

import json
import uuid

import psycopg
import pytest
from gateway.contract.content import Grant
from gateway.contract.external import reference_faults

from tests.gateway.fakepeer import DIRECTORY, Peer
from tests.gateway.independent import content_hash, grant_hash, make_content
from tests.gateway.lab import until
from tests.gateway.suite.steps import assert_refused, claims_of

CONNECTION, PUBLICATION = (f"delegation.{role}.external_contract_reference" for role in ("connection", "publication"))
REFERENCE = {
    "reference": "https://zaken.voorbeeld.nl/mandaten/12",
    "delegator_id": "00000099000000008801",
    "delegator_name": "Gemeente Súdwest-Fryslân",
}
JUDGED = {"reden": "Mandaatbesluit 12 ingezien; dekt deze service."}


def grant(kind: str, properties: dict, **more: object) -> Grant:
    return Grant({"type": kind, "service": {"peer_id": "x", "name": "y"}, "properties": properties, **more}, "")


def without(field: str) -> dict:
    return {name: value for name, value in REFERENCE.items() if name != field}


WRONG = [
    ("GRANT_TYPE_SERVICE_CONNECTION", {CONNECTION: "tekst"}, "geen object"),
    *(("GRANT_TYPE_SERVICE_CONNECTION", {CONNECTION: without(field)}, field) for field in REFERENCE),
    *(("GRANT_TYPE_SERVICE_PUBLICATION", {PUBLICATION: {**REFERENCE, field: 7}}, field) for field in REFERENCE),
    *(("GRANT_TYPE_SERVICE_CONNECTION", {CONNECTION: {**REFERENCE, field: " "}}, field) for field in REFERENCE),
    ("GRANT_TYPE_SERVICE_CONNECTION", {PUBLICATION: REFERENCE}, CONNECTION),
    ("GRANT_TYPE_SERVICE_PUBLICATION", {CONNECTION: REFERENCE}, PUBLICATION),
]


@pytest.mark.parametrize(("kind", "properties", "named"), WRONG)
def test_reference_that_says_too_little_is_refused_by_name(kind, properties, named) -> None:
    assert any(named in fault for fault in reference_faults(grant(kind, properties)))


def test_every_fault_of_a_reference_is_named_at_once() -> None:
    assert len(list(reference_faults(grant("GRANT_TYPE_SERVICE_CONNECTION", {CONNECTION: {}})))) == 3


def test_reference_in_a_delegated_grant_names_the_same_delegator() -> None:
    def faults(delegator: str) -> list[str]:
        own = {"delegator": {"peer_id": delegator}}
        return list(reference_faults(grant("GRANT_TYPE_DELEGATED_SERVICE_CONNECTION", {CONNECTION: REFERENCE}, **own)))

    assert faults(REFERENCE["delegator_id"]) == []
    assert len(faults("00000099000000008802")) == 1


def test_other_properties_are_no_reference() -> None:
    other = grant("GRANT_TYPE_SERVICE_CONNECTION", {"iets.anders": {"reference": 1}})
    assert list(reference_faults(other)) == [] and other.external_contract is None


@pytest.fixture
def referring(peers, fake) -> dict:
    return make_content(fake.connection(peers["aanbieder"], properties={CONNECTION: REFERENCE, "iets.anders": 1}))


def test_contract_with_half_a_reference_is_refused_on_receipt_and_on_offer(lab, peers, fake) -> None:
    half = {CONNECTION: without("delegator_id")}
    received = fake.submit(make_content(fake.connection(peers["aanbieder"], properties=half)))
    assert_refused(received, "ERROR_CODE_CONTRACT_VALIDATION_FAILED")
    data = {**lab.connection(peers["afnemer"], peers["aanbieder"], "echo"), "properties": half}
    body = {"grants": [{"data": data}], "notBefore": "2026-01-01T00:00:00Z", "notAfter": "2090-01-01T00:00:00Z"}
    offered = lab.beheer.post(f"/peers/{peers['afnemer']}/contracts", json=body)
    assert offered.status_code == 409
    assert "delegator_id" in received.json()["message"] and "delegator_id" in offered.json()["detail"]


@pytest.mark.parametrize("kind", ["accept", "reject"])
def test_decision_without_a_reason_is_refused(lab, peers, fake, referring, kind) -> None:
    assert fake.submit(referring).status_code == 201
    path = f"/peers/{peers['aanbieder']}/contracts/{content_hash(referring)}"
    assert lab.beheer.post(f"{path}/{kind}").json()["type"].endswith("reden-verplicht")
    for body in ({"reden": ""}, {"reden": "  "}, {}):
        refused = lab.beheer.post(f"{path}/{kind}", json=body)
        assert refused.status_code == 400 and "reden" in refused.text
    assert lab.get(path)["state"] == "PROPOSED"


def test_decision_is_kept_with_its_reason_and_cannot_be_changed(lab, peers, fake, referring) -> None:
    assert fake.submit(referring).status_code == 201
    path = f"/peers/{peers['aanbieder']}/contracts/{content_hash(referring)}"
    lab.post(f"{path}/accept", JUDGED, expect=200)
    lab.post(f"{path}/revoke", {"reden": "Mandaat ingetrokken."}, expect=200)
    decisions = lab.get(path)["beoordelingen"]
    assert [(one["besluit"], one["door"], one["reden"]) for one in decisions] == [
        ("accept", "beheer", JUDGED["reden"]),
        ("revoke", "beheer", "Mandaat ingetrokken."),
    ]
    with psycopg.connect(lab.owner_url) as owner, pytest.raises(psycopg.Error, match="contract_assessment"):
        owner.execute("UPDATE contract_assessment SET reason = 'anders'")


def test_reference_is_in_the_token_and_in_the_log_of_both_sides(lab, peers, fake, referring) -> None:
    assert fake.submit(referring).status_code == 201
    lab.post(f"/peers/{peers['aanbieder']}/contracts/{content_hash(referring)}/accept", JUDGED, expect=200)
    token = fake.token(grant_hash(referring))
    assert claims_of(token)["prp"] == {CONNECTION: REFERENCE, "iets.anders": 1}
    transaction = f"01890a5d-ac96-774b-bcce-{uuid.uuid4().hex[:12]}"
    headers = {"Fsc-Authorization": f"Bearer {token.json()['access_token']}", "Fsc-Transaction-Id": transaction}
    assert fake.outway_speaker.ask("GET", "inway.aanbieder.lab.localhost", "/", headers=headers).status_code == 200
    with psycopg.connect(lab.database_url) as connection:
        found = connection.execute(
            "SELECT additional_data FROM transaction_log WHERE transaction_id = %s", [transaction]
        ).fetchall()
    assert [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in found] == [{CONNECTION: REFERENCE}]


def test_directory_does_not_accept_a_reference_by_itself_and_shows_it_once_accepted(lab, peers, fake: Peer) -> None:
    fake.announce()
    content = make_content(fake.publication(peers["dir"], "met-verwijzing", properties={PUBLICATION: REFERENCE}))
    assert fake.submit(content, host=DIRECTORY).status_code == 201
    path = f"/peers/{peers['dir']}/contracts/{content_hash(content)}"
    assert lab.get(path)["state"] == "PROPOSED" and lab.get(path)["beoordelingen"] == []
    lab.post(f"{path}/accept", JUDGED, expect=200)
    listed = until(lambda: fake.listings("met-verwijzing"), what="service is listed")
    assert [one["properties"] for one in listed] == [{PUBLICATION: REFERENCE}]
