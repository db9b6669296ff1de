"""The Outway beyond the official cases (those are in suite/): tokens that do not fit, Inways with another name."""

from __future__ import annotations

import pytest

from tests.gateway.fakepeer import OWN
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
