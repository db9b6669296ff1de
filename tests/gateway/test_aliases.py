"""Aliases of an Outway: a new contract takes the place of an earlier one under the same name, without a gap."""

from __future__ import annotations

from typing import Any

import httpx
import psycopg
import pytest

from tests.gateway.lab import until

ALIAS = "opvolging"


@pytest.fixture
def earlier(lab, peers) -> str:
    """The hash of a grant that works under the alias."""
    found = grant_of(lab.connect(peers["afnemer"], peers["aanbieder"], "echo", ALIAS))
    until(lambda: called_with(lab) == found, what="calls pass under the alias")
    return found


def grant_of(contract: dict[str, Any]) -> str:
    return contract["grants"][0]["hash"]


def call(lab) -> httpx.Response:
    return httpx.get(lab.outway("afnemer"), headers={"Host": ALIAS}, timeout=20, trust_env=False)


def called_with(lab) -> str | None:
    """The grant under which a call by the alias passes; None when it does not."""
    answer = call(lab)
    if answer.status_code != 200:
        return None
    with psycopg.connect(lab.database_url) as connection:
        row = connection.execute(
            "SELECT grant_hash FROM transaction_log WHERE transaction_id = %s AND outgoing",
            [answer.headers["Fsc-Transaction-Id"]],
        ).fetchone()
    return row[0] if row else None


def offer(lab, peers) -> dict[str, Any]:
    return lab.offer(peers["afnemer"], lab.connection(peers["afnemer"], peers["aanbieder"], "echo"), aliases=(ALIAS,))


def listed(lab, peers) -> dict[str, Any]:
    rows = lab.get(f"/peers/{peers['afnemer']}/aliases", pageSize=100)["results"]
    return next(row for row in rows if row["alias"] == ALIAS)


def test_alias_names_the_earlier_grant_until_the_new_one_can_be_used(lab, peers, earlier) -> None:
    offer(lab, peers)
    new = offer(lab, peers)
    assert listed(lab, peers) == {"alias": ALIAS, "grantHash": grant_of(new), "eerdereGrantHash": earlier}
    assert [called_with(lab) for _ in range(3)] == [earlier] * 3
    lab.accept(peers["aanbieder"], new["contentHash"])
    until(lambda: called_with(lab) == grant_of(new), what="the new contract is used")
    lab.post(f"/peers/{peers['afnemer']}/contracts/{new['contentHash']}/revoke", expect=200)
    until(lambda: call(lab).status_code == 403, what="a revoked contract is no way back to the earlier one")


def test_refused_contract_changes_nothing_and_does_not_hold_up_the_next(lab, peers, earlier) -> None:
    refused = offer(lab, peers)["contentHash"]
    until(lambda: lab.contract(peers["aanbieder"], refused), what="contract has arrived")
    lab.post(f"/peers/{peers['aanbieder']}/contracts/{refused}/reject", expect=200)
    lab.wait_state(peers["afnemer"], refused, "REJECTED")
    assert [called_with(lab) for _ in range(3)] == [earlier] * 3
    new = lab.connect(peers["afnemer"], peers["aanbieder"], "echo", ALIAS)
    until(lambda: called_with(lab) == grant_of(new), what="the new contract is used")


def test_grant_of_another_outway_gets_no_alias(lab, peers) -> None:
    grants = [lab.connection(peers[name], peers["aanbieder"], "echo") for name in ("afnemer", "dir")]
    answer = lab.beheer.post(
        f"/peers/{peers['afnemer']}/contracts",
        json={
            "grants": [{"data": grant, "alias": f"alias-{number}"} for number, grant in enumerate(grants)],
            "notBefore": "2018-01-01T00:00:00Z",
            "notAfter": "2040-01-01T00:00:00Z",
        },
    )
    assert (answer.status_code, [fault["name"] for fault in answer.json()["invalidParams"]]) == (400, ["grants.1.alias"])
    names = [row["alias"] for row in lab.get(f"/peers/{peers['afnemer']}/aliases", pageSize=100)["results"]]
    assert not {"alias-0", "alias-1"} & set(names), "nothing is stored"
