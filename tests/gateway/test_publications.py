"""What a Directory lists when the same service is in several valid contracts."""

from __future__ import annotations

import time

import pytest

from tests.gateway.fakepeer import DIRECTORY, OTHER, SUT
from tests.gateway.independent import make_content
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
