"""Answers that a process keeps: by key and mark, no more than a number of bytes, and made by one at a time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from fastapi import Response
from fastapi.responses import StreamingResponse
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.kept import Kept, rights
from hypothesis import given
from hypothesis import strategies as st


def answer(size: int = 10, status: int = 200) -> Response:
    return Response(b"x" * size, status, {"Link": "</v1/x>"})


def test_an_answer_belongs_to_its_key_and_mark():
    kept = Kept(100_000)
    kept.keep("a", "1", answer())
    found = kept.find("a", "1")
    assert found is not None and found.body == b"x" * 10 and found.headers["link"] == "</v1/x>"
    assert kept.find("a", "2") is None and kept.find("b", "1") is None
    kept.keep("a", "2", answer(20))
    assert kept.find("a", "1") is None and len(kept.find("a", "2").body) == 20
    for not_kept in (answer(status=404), answer(20_000), StreamingResponse(iter(()))):
        kept.keep("c", "1", not_kept)
        assert kept.find("c", "1") is None
    found.headers["x"] = "y"
    assert "x" not in kept.find("a", "2").headers


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9_000), st.booleans()), max_size=60))
def test_it_never_holds_more_than_it_may_and_the_longest_unused_go_first(steps):
    kept, order = Kept(80_000), list[int]()
    for key, size, asks in steps:
        if asks:
            if kept.find(key, "") is not None:
                order = [other for other in order if other != key] + [key]
        else:
            kept.keep(key, "", answer(size))
            order = [other for other in order if other != key]
            if size + 1_500 < 10_000:
                order.append(key)
        assert 0 <= kept.bytes <= 80_000
        held = [key for key in order if key in kept._answers]
        assert order[len(order) - len(held) :] == held or size > 8_000, "what was used last is still there"
    for key in list(kept._answers):
        kept._forget(key)
    assert kept.bytes == 0


def test_who_needs_what_another_is_making_waits_for_it():
    kept, made, entered, together = Kept(100_000), list[int](), threading.Event(), threading.Barrier(5)

    def ask(number: int) -> bytes:
        found = kept.find("a", "1")
        if found is None:
            with kept.turn("a") as waited:
                found = kept.find("a", "1") if waited else None
                if found is None:
                    made.append(number)
                    entered.set()
                    together.wait(10)  # all others are on their way
                    kept.keep("a", "1", answer())
                    return b"x" * 10
        return bytes(found.body)

    def later(number: int) -> bytes:
        entered.wait(10)
        together.wait(10)
        return ask(number)

    with ThreadPoolExecutor(5) as threads:
        asked = [threads.submit(ask, 0), *(threads.submit(later, number) for number in range(1, 5))]
        assert {each.result() for each in asked} == {b"x" * 10}
    assert made == [0]


def test_nobody_waits_long_for_one_that_gets_nowhere():
    kept, held, stuck = Kept(100_000), threading.Event(), threading.Event()

    def hold() -> None:
        with kept.turn("a"):
            held.set()
            stuck.wait(10)

    with ThreadPoolExecutor(1) as threads:
        holding = threads.submit(hold)
        assert held.wait(10)
        with kept.turn("a") as waited:
            assert waited
        assert any(turn.locked() for turn in kept._turns), "it is still the other's"
        stuck.set()
        holding.result()
    assert not any(turn.locked() for turn in kept._turns)


def test_rights_are_all_that_a_contract_says_of_who_asks():
    some = Caller("1", "2", "call-1", {"gemeengoed.rol": "x", "gemeengoed.a": ["b"]})
    assert rights(None) is None
    assert rights(some) == rights(Caller("1", "2", "call-2", {"gemeengoed.a": ["b"], "gemeengoed.rol": "x"}))
    others = [
        Caller("3", "2", None, some.properties),
        Caller("1", None, None, some.properties),
        Caller("1", "2", None, {"gemeengoed.rol": "x"}),
        Caller("1", "2"),
    ]
    assert len({rights(other) for other in (some, *others)}) == 5
