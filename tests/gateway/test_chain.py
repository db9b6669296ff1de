from __future__ import annotations

import httpx


def test_call_through_the_chain_arrives(lab, peers, echo) -> None:
    lab.connect(peers["afnemer"], peers["aanbieder"], "echo", "echo")
    answer = httpx.get(lab.outway(3) + "/v1/x", headers={"Fsc-Grant-Hash": "echo"}, timeout=20)
    assert answer.status_code == 200, answer.text
