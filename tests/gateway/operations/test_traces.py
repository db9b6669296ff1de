"""Traces: sampled calls have a span at the Outway and at the Inway; nothing about tracing can stop a call."""

from __future__ import annotations

import os

import pytest
from gateway.observe.traces import parse_traceparent

from tests.gateway.lab import until
from tests.gateway.operations.duo import Duo

pytestmark = pytest.mark.xdist_group("duo")


def traceparent(flags: str) -> tuple[str, str, str]:
    """A trace id, a span id, and the header that carries them."""
    trace_id, span_id = os.urandom(16).hex(), os.urandom(8).hex()
    return trace_id, span_id, f"00-{trace_id}-{span_id}-{flags}"


def test_sampled_call_has_a_span_at_outway_and_inway_under_the_clients_own(duo: Duo) -> None:
    trace_id, span_id, header = traceparent("01")
    sent = duo.call(traceparent=header).headers["Fsc-Transaction-Id"]
    spans = until(lambda: len(duo.collector.of(trace_id)) == 2 and duo.collector.of(trace_id), what="two spans")
    by_component = {span["attributes"]["fsc.component"]: span for span in spans}
    assert by_component.keys() == {"outway", "inway"} and {span["parent"] for span in spans} == {span_id}
    for span in spans:
        told = span["attributes"]
        assert (told["fsc.transaction_id"], told["fsc.service"], told["fsc.code"]) == (sent, "echo", "passed")
        assert (told["fsc.outway_peer_id"], told["fsc.service_peer_id"]) == (duo.consumer, duo.provider)
        assert told["fsc.grant_hash"].startswith("$1$") and 0 < span["seconds"] < 10 and not span["failed"]


def test_refused_call_has_a_failed_span_with_its_code(duo: Duo) -> None:
    trace_id, _, header = traceparent("01")
    duo.call("onbekend", traceparent=header)
    (span,) = until(lambda: duo.collector.of(trace_id), what="span")
    assert span["failed"] and span["attributes"]["fsc.code"] == "UNKNOWN_GRANT_HASH_IN_HEADER"


def test_call_that_is_not_sampled_has_no_span_and_traceparent_passes_untouched(duo: Duo) -> None:
    quiet, _, header = traceparent("00")
    duo.echo.seen.clear()
    assert duo.call(traceparent=header, tracestate="a=b").status_code == 200
    assert duo.echo.seen[0].headers["traceparent"] == [header] and duo.echo.seen[0].headers["tracestate"] == ["a=b"]
    later, _, loud = traceparent("01")
    duo.call(traceparent=loud)
    until(lambda: len(duo.collector.of(later)) == 2, what="spans of the later call")
    assert duo.collector.of(quiet) == []


def test_requests_deliveries_and_tokens_have_spans(duo: Duo) -> None:
    duo.lab.connect(duo.consumer, duo.provider, "echo", "gevolgd")
    until(lambda: duo.call("gevolgd").status_code == 200, what="calls pass")
    wanted = {"manager POST", "beheer POST", "delivery submit", "delivery accept", "token"}
    until(lambda: wanted <= {span["name"] for span in duo.collector.spans}, what="spans of every kind")
    delivery = next(span for span in duo.collector.spans if span["name"] == "delivery accept")
    assert delivery["attributes"]["fsc.content_hash"].startswith("$1$1$")


def test_collector_that_is_away_costs_no_call(duo: Duo) -> None:
    duo.collector.away = True
    try:
        for _ in range(30):
            _, _, header = traceparent("01")
            assert duo.call(traceparent=header).status_code == 200
    finally:
        duo.collector.away = False


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"x",
        b"00-" + b"0" * 32 + b"-" + b"1" * 16 + b"-01",
        b"00-" + b"1" * 32 + b"-" + b"0" * 16 + b"-01",
        b"ff-" + b"1" * 32 + b"-" + b"1" * 16 + b"-01",
    ],
)
def test_traceparent_that_is_none_is_not_followed(value) -> None:
    assert parse_traceparent(value) is None
