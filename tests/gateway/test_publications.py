"""What a Directory accepts to list, and lists when the same service is in several valid contracts."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.gateway.conftest import independent_peer
from tests.gateway.fakepeer import DIRECTORY, OTHER, SUT, Peer
from tests.gateway.independent import content_hash, make_content
from tests.gateway.lab import until
from tests.gateway.suite.steps import publish


def test_newest_of_several_contracts_counts_whichever_came_last(peers, fake) -> None:
    fake.announce()
    now, contents = int(time.time()), {}
    for age in (20, 0, 10):
        grant = fake.publication(peers["dir"], "vernieuwde-uitgave", properties={"ouderdom": age})
        contents[age] = make_content(grant, created_at=now - age)
        assert fake.submit(contents[age], host=DIRECTORY).status_code == 201
    for age in (0, 10, 20):
        assert [one["properties"] for one in fake.listings("vernieuwde-uitgave")] == [{"ouderdom": age}]
        assert fake.put("revoke", contents[age], host=DIRECTORY).status_code == 201
    assert fake.listings("vernieuwde-uitgave") == []


def test_of_contracts_of_the_same_second_the_one_that_came_last_counts(peers, fake) -> None:
    fake.announce()
    now = int(time.time())
    for number in range(5):
        content = make_content(fake.publication(peers["dir"], "zelfde-tel", properties={"nummer": number}), created_at=now)
        assert fake.submit(content, host=DIRECTORY).status_code == 201
        assert [one["properties"] for one in fake.listings("zelfde-tel")] == [{"nummer": number}]


@pytest.mark.parametrize("order", ["SORT_ORDER_ASCENDING", "SORT_ORDER_DESCENDING"])
def test_service_is_listed_for_itself_and_for_each_peer_on_whose_behalf(lab, peers, fake, other, order) -> None:
    name = f"voor-velen-{order[-10:].lower()}"
    other.announce()
    publish(peers, name, fake)
    publish(peers, name, fake, delegator=other)
    publish(peers, name, fake, delegator=other)
    seen, cursor = [], ""
    while cursor or not seen:
        query = f"/v1/services?service_name={name}&limit=1&sort_order={order}&cursor={cursor}"
        page = fake.speaker.ask("GET", DIRECTORY, query).json()
        seen += [one["data"].get("delegator", {}).get("peer_id") for one in page["services"]]
        cursor = page["pagination"]["next_cursor"]
    assert seen == ([None, OTHER] if "_ASC" in order else [OTHER, None])


@pytest.fixture
def late(lab, peers, folder) -> Iterator[Peer]:
    """An independent peer that has yet to announce itself."""
    yield from independent_peer(lab, folder, "laatkomer")


def test_publications_that_came_before_the_announcement_are_accepted_with_it(lab, peers, fake, late) -> None:
    def states() -> list[str]:
        return [lab.contract(peers["dir"], content_hash(one))["state"] for one in (own, delegated, unsigned, rejected)]

    fake.announce()
    own, rejected = (make_content(late.publication(peers["dir"], "te-vroeg")) for _ in range(2))
    delegated, unsigned = (make_content(fake.publication(peers["dir"], "voor-wie-laat-is", delegator=late.oin)) for _ in range(2))
    for provider, content in ((late, own), (late, rejected), (fake, delegated), (fake, unsigned)):
        assert provider.submit(content, host=DIRECTORY).status_code == 201
    assert late.put("accept", delegated, host=DIRECTORY).status_code == 201
    assert late.put("reject", rejected, host=DIRECTORY).status_code == 201
    assert states() == ["PROPOSED", "PROPOSED", "PROPOSED", "REJECTED"]
    late.announce()
    assert states() == ["VALID", "VALID", "PROPOSED", "REJECTED"]
    until(lambda: late.manager.told(content_hash(own), "accept"), what="the Directory's accept arrives")
    assert len(late.listings("te-vroeg")) == len(late.listings("voor-wie-laat-is")) == 1
    assert late.put("accept", unsigned, host=DIRECTORY).status_code == 201
    assert states() == ["VALID", "VALID", "VALID", "REJECTED"]
    assert {one["door"] for one in lab.contract(peers["dir"], content_hash(own))["beoordelingen"]} == {
        "regel autoAcceptPublication"
    }


def test_directory_finds_what_it_shows_itself(lab, peers, fake) -> None:
    publish(peers, "bij-de-directory-zelf", fake)
    [found] = lab.get(f"/peers/{peers['dir']}/discovery", naam="bij-de-directory-zelf")["results"]
    assert (found["managerAddress"], found["fout"]) == (f"https://{DIRECTORY}:8443", None)
    assert [one["naam"] for one in found["services"]] == ["bij-de-directory-zelf"]


def test_provider_lists_once_what_it_publishes_at_whatever_directory(lab, peers, fake, other) -> None:
    own, name = peers["aanbieder"], "eigen-uitgave"
    for directory in (fake, other):
        directory.announce(SUT)
        service = {"peer_id": own, "name": name, "protocol": "PROTOCOL_TCP_HTTP_1.1"}
        grant = {"type": "GRANT_TYPE_SERVICE_PUBLICATION", "directory": {"peer_id": directory.oin}, "service": service}
        offered = lab.offer(own, grant)["contentHash"]
        assert directory.put("accept", directory.offered(offered)).status_code == 201
        lab.wait_state(own, offered, "VALID")
    [listed] = fake.listings(name, SUT)
    assert listed["peer"]["id"] == own and fake.listings(name, DIRECTORY) == []
