"""The form of a catalogue of metrics: every name with its help text and labels. A metric that is not in it is not shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Metric:
    """Help text and label names; metrics of a process also get the label `process`."""

    help: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All metrics of one kind of process, by name.

    Use labels that have few values: components, routes, states. Never a transaction, a client or a path.
    """

    counters: Mapping[str, Metric]
    histograms: Mapping[str, Metric]
    process_gauges: Mapping[str, Metric]
    state_gauges: Mapping[str, Metric]


def process_gauges(family: str) -> dict[str, Metric]:
    """The gauges that every `Meter` of this family reports about its process."""
    return {
        f"{family}_process_cpu_seconds": Metric("Processor time used"),
        f"{family}_process_resident_bytes": Metric("Memory in use"),
        f"{family}_process_open_files": Metric("Open file descriptors"),
        f"{family}_process_start_time_seconds": Metric("Start of the process, Unix time"),
    }
