"""The numbers of all processes of a command, and of the service as a whole, in the text format of Prometheus."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import accumulate
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from gemeengoed_kit.observe.catalogue import Catalogue

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
Told = dict[str, dict[str, Any]]
Value = tuple[str, tuple[str, ...], float]
"""A gauge of the service as a whole: its name, its label values, and its value."""


def exposition(catalogue: Catalogue, told: Told, state: Iterable[Value], **everywhere: str) -> bytes:
    """The page for `told` (numbers per process) and `state` (gauges of the whole); `everywhere` are labels of every sample."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(catalogue, told, list(state), everywhere))
    return generate_latest(registry)


class _Collected(Collector):
    def __init__(self, catalogue: Catalogue, told: Told, state: list[Value], everywhere: dict[str, str]) -> None:
        self._catalogue, self._told, self._state = catalogue, told, state
        self._names, self._values = tuple(everywhere), tuple(everywhere.values())

    def collect(self) -> Iterator[Metric]:
        yield from self._counters()
        yield from self._histograms()
        for name, metric in self._catalogue.process_gauges.items():
            family = GaugeMetricFamily(name, metric.help, labels=(*self._names, "process", *metric.labels))
            for process, numbers in self._told.items():
                if name in numbers["gauges"]:
                    family.add_metric((*self._values, process), numbers["gauges"][name])
            for process, _, labels, value in self._each("labelled", (name,)):
                family.add_metric((*self._values, process, *labels), value)
            yield family
        for name, metric in self._catalogue.state_gauges.items():
            family = GaugeMetricFamily(name, metric.help, labels=(*self._names, *metric.labels))
            for _, labels, value in (one for one in self._state if one[0] == name):
                family.add_metric((*self._values, *labels), value)
            yield family

    def _counters(self) -> Iterator[Metric]:
        families = {
            name: CounterMetricFamily(name, metric.help, labels=(*self._names, "process", *metric.labels))
            for name, metric in self._catalogue.counters.items()
        }
        for process, name, labels, value in self._each("counters", families):
            families[name].add_metric((*self._values, process, *labels), value)
        yield from families.values()

    def _histograms(self) -> Iterator[Metric]:
        families = {
            name: HistogramMetricFamily(name, metric.help, labels=(*self._names, "process", *metric.labels))
            for name, metric in self._catalogue.histograms.items()
        }
        for process, name, labels, bounds, counts, total in self._each("histograms", families):
            edges = [*map(str, bounds), "+Inf"]
            buckets = list(zip(edges, accumulate(counts), strict=True))
            families[name].add_metric((*self._values, process, *labels), buckets, total)
        yield from families.values()

    def _each(self, kind: str, known: Container[str]) -> Iterator[tuple[Any, ...]]:
        for process, numbers in self._told.items():
            for name, *rest in numbers[kind]:
                if name in known:
                    yield process, name, *rest
