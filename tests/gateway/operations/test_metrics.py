"""/metrics tells what every process counted, /live that a process turns, /v1/health whether calls pass."""

from __future__ import annotations

import pytest
from gateway.observe import catalogue
from gateway.observe.meter import Meter
from gemeengoed_kit.observe.meter import Histogram

from tests.gateway.lab import TOKEN, until
from tests.gateway.operations.duo import METRICS_TOKEN, Duo

pytestmark = pytest.mark.xdist_group("duo")


@pytest.mark.parametrize(("token", "status"), [(METRICS_TOKEN, 200), (TOKEN, 200), ("een-ander-token-dan", 401), (None, 401)])
def test_metrics_need_their_own_token_or_that_of_the_management_api(duo: Duo, token, status) -> None:
    assert duo.beside("/metrics", token).status_code == status


def test_token_of_metrics_opens_nothing_else(duo: Duo) -> None:
    assert duo.beside("/v1/peers", METRICS_TOKEN).status_code == 401


def test_every_call_is_counted_once_on_each_side_whichever_process_decided(duo: Duo) -> None:
    def counted() -> tuple[float, ...]:
        passed = [
            duo.total("gateway_calls_total", component=component, code="passed", peer=peer)
            for component, peer in (("outway", duo.consumer), ("inway", duo.provider))
        ]
        return *passed, duo.total("gateway_calls_total", component="outway", code="UNKNOWN_GRANT_HASH_IN_HEADER")

    before = counted()
    for _ in range(10):
        assert duo.call().status_code == 200
    for _ in range(5):
        assert duo.call("onbekend").status_code == 400
    assert [after - first for first, after in zip(before, counted(), strict=True)] == [10, 10, 5]
    assert {labels["process"] for name, labels, _ in duo.metrics() if name == "gateway_calls_total"} == {"decide-1", "decide-2"}


def test_histograms_agree_with_the_counters(duo: Duo) -> None:
    duo.call()
    assert duo.total("gateway_decision_seconds_count") == duo.total("gateway_calls_total")
    assert duo.total("gateway_log_batch_records_sum") == duo.total("gateway_calls_total", code="passed")
    assert duo.total("gateway_log_write_seconds_count") == duo.total("gateway_log_batches_total", outcome="written")


def test_state_of_contracts_certificates_log_and_processes_is_told(duo: Duo) -> None:
    assert duo.total("gateway_contracts", peer=duo.consumer, state="VALID") >= 1
    day = 86400
    for component in ("manager", "inway", "outway"):
        assert duo.total("gateway_certificate_expiry_seconds", peer=duo.provider, component=component) > day
    assert duo.total("gateway_log_months_ahead") >= 2
    assert duo.total("gateway_nginx_generation") >= 1
    assert duo.total("gateway_tokens_fetched_total", outcome="fetched") >= 1
    assert duo.total("gateway_deliveries_total", outcome="delivered") >= 1
    assert 0 <= duo.total("gateway_snapshot_age_seconds", process="decide-1") < 10
    processes = {labels["process"] for name, labels, _ in duo.metrics() if name == "gateway_process_open_files"}
    assert processes == {"control-1", "control-2", "decide-1", "decide-2"}


def test_labels_are_those_of_the_catalogue_and_take_no_value_from_clients(duo: Duo) -> None:
    duo.call("verzonnen-door-client", "/geheim-pad")
    allowed = {
        label
        for kind in (catalogue.COUNTERS, catalogue.HISTOGRAMS, catalogue.STATE_GAUGES)
        for m in kind.values()
        for label in m.labels
    }
    for _, labels, _ in duo.metrics():
        assert labels.keys() <= allowed | {"process", "le"}
        assert not any("verzonnen" in value or "geheim" in value for value in labels.values())


def test_healthy_gateway_says_so_of_every_part(duo: Duo) -> None:
    answer = until(lambda: (a := duo.health()).status_code == 200 and a, what="healthy")
    names = [part["naam"] for part in answer.json()["onderdelen"] if part["werkt"]]
    assert names == ["database", "transactielog", "decide", "nginx", "nginxconfiguratie"]
    assert all(duo.total("gateway_up", part=name) == 1 for name in names)


def test_histogram_puts_each_value_in_the_first_bucket_that_holds_it() -> None:
    histogram = Histogram((1.0, 2.0))
    for value in (0.5, 1.0, 1.5, 9.0):
        histogram.add(value)
    assert histogram.counts == [2, 1, 1] and histogram.total == 12


def test_meter_tells_gauges_as_they_are_now_and_leaves_out_what_has_no_value() -> None:
    meter, values = Meter(), iter([1.0, None])
    meter.gauge("gateway_nginx_configured", lambda: next(values))
    assert meter.told()["gauges"]["gateway_nginx_configured"] == 1
    assert "gateway_nginx_configured" not in meter.told()["gauges"]
