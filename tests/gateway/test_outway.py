"""The Outway beyond the official cases (those are in suite/): tokens that do not fit, Inways with another name."""

from __future__ import annotations

import httpx
import pytest

from tests.gateway.fakepeer import CONSUMER, DIRECTORY, OWN
from tests.gateway.lab import until
from tests.gateway.suite.steps import assert_error
from tests.gateway.suite.test_outway import agree_with, call


@pytest.mark.parametrize("audience", ["https://anders.eigen.nep.localhost:8443", "https://manager.eigen.nep.localhost:443"])
def test_inway_with_another_name_or_closed_is_unreachable(lab, peers, fake, inway, audience) -> None:
    inway.seen.clear()
    answer = call(lab, agree_with(lab, peers, fake, inway, claims={"aud": audience}))
    assert_error(answer, 502, "ERROR_CODE_INWAY_UNREACHABLE", "OUTWAY")
    assert inway.seen == []


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
    ids=str,
)
def test_token_that_does_not_fit_is_not_used(lab, peers, fake, inway, change) -> None:
    grant = agree_with(lab, peers, fake, inway, claims=change)
    before = lab.count_records()
    assert_error(call(lab, grant), 502, "ERROR_CODE_TOKEN_UNAVAILABLE", "OUTWAY")
    assert lab.count_records() == before


@pytest.mark.parametrize("told", [CONSUMER, DIRECTORY], ids=["to its parties", "to the Directory only"])
def test_token_is_fetched_where_the_provider_moved_to(lab, peers, other, told) -> None:
    """Told to its parties: at once, though the Manager at the old address answers on. Told to the Directory only: after a
    call found nobody at the old address."""
    consumer, alias = peers["afnemer"], f"verhuisd-{told.split('.')[1]}"
    for host in (CONSUMER, DIRECTORY):
        other.announce(host)
    offered = lab.offer(consumer, lab.connection(consumer, other.oin, "iets"), aliases=(alias,))["contentHash"]
    assert other.put("accept", other.offered(offered), host=CONSUMER).status_code == 201
    lab.wait_state(consumer, offered, "VALID")
    until(lambda: other.manager.token_forms, what="token asked at the old address")
    manager, speaker = other.move(lab, f"{alias}.ander.nep.localhost")
    if told == DIRECTORY:
        other.manager.close()
    try:
        assert speaker.ask("PUT", told, "/v1/announce").status_code == 200

        def asked() -> list[dict[str, str]]:
            httpx.get(lab.outway("afnemer"), headers={"Host": alias}, timeout=20, trust_env=False)
            return manager.token_forms

        until(asked, what="token asked at the new address")
    finally:
        manager.close()
        if told == DIRECTORY:
            other.open_manager(lab)
        for host in (CONSUMER, DIRECTORY):
            other.announce(host)
