"""All numbers of this machine's processes and of the whole, in the text format of Prometheus."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import accumulate
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from gateway.observe import catalogue
from gateway.observe.state import Value

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
Told = dict[str, dict[str, Any]]


def exposition(told: Told, state: Iterable[Value]) -> bytes:
    """The page for `told` (numbers by process) and `state` (gauges of the whole)."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(told, list(state)))
    return generate_latest(registry)


class _Collected(Collector):
    def __init__(self, told: Told, state: list[Value]) -> None:
        self._told, self._state = told, state

    def collect(self) -> Iterator[Metric]:
        yield from self._counters()
        yield from self._histograms()
        for name, metric in catalogue.PROCESS_GAUGES.items():
            family = GaugeMetricFamily(name, metric.help, labels=("process",))
            for process, numbers in self._told.items():
                if name in numbers["gauges"]:
                    family.add_metric((process,), numbers["gauges"][name])
            yield family
        for name, metric in catalogue.STATE_GAUGES.items():
            family = GaugeMetricFamily(name, metric.help, labels=metric.labels)
            for _, labels, value in (one for one in self._state if one[0] == name):
                family.add_metric(labels, value)
            yield family

    def _counters(self) -> Iterator[Metric]:
        families = {
            name: CounterMetricFamily(name, metric.help, labels=("process", *metric.labels))
            for name, metric in catalogue.COUNTERS.items()
        }
        for process, name, labels, value in self._each("counters", families):
            families[name].add_metric((process, *labels), value)
        yield from families.values()

    def _histograms(self) -> Iterator[Metric]:
        families = {
            name: HistogramMetricFamily(name, metric.help, labels=("process", *metric.labels))
            for name, metric in catalogue.HISTOGRAMS.items()
        }
        for process, name, labels, bounds, counts, total in self._each("histograms", families):
            edges = [*map(str, bounds), "+Inf"]
            buckets = list(zip(edges, accumulate(counts), strict=True))
            families[name].add_metric((process, *labels), buckets, total)
        yield from families.values()

    def _each(self, kind: str, known: Container[str]) -> Iterator[tuple[Any, ...]]:
        for process, numbers in self._told.items():
            for name, *rest in numbers[kind]:
                if name in known:
                    yield process, name, *rest
