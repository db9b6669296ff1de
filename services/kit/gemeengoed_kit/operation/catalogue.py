"""Every metric of a service; all samples also have the label `service`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from gemeengoed_kit.observe.catalogue import Catalogue, Metric, process_gauges
from gemeengoed_kit.observe.exposition import Value


@dataclass(frozen=True)
class Gauges:
    """Gauges of one service, read from its database; they begin with its own name.

    Attributes:
        read: gives their values, in one or two small queries.
    """

    metrics: Mapping[str, Metric] = field(default_factory=dict)
    read: Callable[[Session], list[Value]] = lambda session: []

    def added_to(self, catalogue: Catalogue) -> Catalogue:
        """The catalogue with these."""
        return replace(catalogue, state_gauges={**catalogue.state_gauges, **self.metrics})


CATALOGUE = Catalogue(
    counters={
        "service_requests": Metric(
            'Requests at the API; route is a path of the specification, or "other"', ("route", "method", "status")
        ),
        "service_job_tries": Metric("Tries of background jobs that came to an end", ("task", "outcome")),
    },
    histograms={
        "service_request_seconds": Metric("Requests at the API, from question to answer", ("route", "method")),
        "service_job_seconds": Metric("Tries of background jobs", ("task",)),
    },
    process_gauges={
        "service_pool_size": Metric(
            "Connections to the database, as many as threads, of the lane that reads or writes", ("lane",)
        ),
        "service_pool_in_use": Metric("Those in use", ("lane",)),
        "service_pool_waiting": Metric("Requests that wait for a thread of the lane", ("lane",)),
        **process_gauges("service"),
    },
    state_gauges={
        "service_up": Metric("1 when a part works, as in readiness", ("part",)),
        "service_jobs": Metric("Background jobs in the queue", ("status",)),
        "service_job_oldest_seconds": Metric("How long the oldest job that may run has been waiting or under way"),
        "service_workers_alive": Metric("Workers of this database that gave a heartbeat lately, on whatever machine"),
        "service_outbox_due": Metric("Messages that other sources have not had yet"),
        "service_outbox_oldest_seconds": Metric("Age of the oldest of them"),
        "service_outbox_refused": Metric("Messages that another source refused, and has not taken since"),
    },
)
