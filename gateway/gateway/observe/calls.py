"""What is recorded of each decision: metrics, a log line for a refusal, and a span if the client's trace is sampled."""

from __future__ import annotations

import time

from gemeengoed_kit.observe.refusals import Refusals

from gateway.decision.answers import Question
from gateway.errors import FscError
from gateway.names import Domain
from gateway.observe.meter import Meter
from gateway.observe.traces import Tracer, trace_id_of
from gateway.txlog.record import Line

COMPONENT = {Domain.OUTWAY: "outway", Domain.INWAY: "inway", Domain.MANAGER: "manager"}
PASSED = "passed"


class Calls:
    """Called once for every answer; costs about a microsecond."""

    def __init__(self, meter: Meter, tracer: Tracer | None) -> None:
        self._meter, self._tracer = meter, tracer
        self._refusals = Refusals()

    def passed(self, question: Question, record: Line, started: float) -> None:
        """Record a call that may pass; `started` is when nginx asked (perf_counter), `record` its line in the log."""
        seconds, component = time.perf_counter() - started, COMPONENT[question.asker.domain]
        self._meter.answered(component, question.asker.peer_id, PASSED, seconds)
        if self._tracer is not None:
            self._tracer.decision(component, question, seconds, record=record)

    def refused(self, question: Question, error: FscError, started: float) -> None:
        """Record a refused call."""
        seconds, component = time.perf_counter() - started, COMPONENT[question.asker.domain]
        self._meter.answered(component, question.asker.peer_id, error.code, seconds)
        self._refusals.note(
            error.code,
            component=component,
            peer=question.asker.peer_id,
            transaction=question.transaction_id,
            status=error.status,
            trace_id=trace_id_of(question.headers.get(b"X-Traceparent", b"")),
        )
        if self._tracer is not None:
            self._tracer.decision(component, question, seconds, error=error)
