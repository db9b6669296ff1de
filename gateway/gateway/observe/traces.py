"""Traces with OpenTelemetry: on when OTEL_EXPORTER_OTLP_ENDPOINT is set, else off (no tracer, library not loaded).

A span joins the trace of the incoming `traceparent`. The header itself passes through the gateway unchanged. A separate thread
exports from a bounded queue: an unavailable collector costs spans, never a call.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gemeengoed_kit.observe import logs

from gateway.decision.answers import Question
from gateway.errors import FscError
from gateway.txlog.record import Line

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_ENDPOINT = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_TRACEPARENT = re.compile(rb"(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
_SAMPLED = 1
_STOP_SECONDS = 2.0


def parse_traceparent(value: bytes) -> tuple[int, int, int] | None:
    """Trace id, span id and flags of a W3C traceparent; None when it is not valid."""
    found = _TRACEPARENT.fullmatch(value)
    if not found:
        return None
    trace_id, span_id, flags = (int(part, 16) for part in found.groups()[:3])
    return (trace_id, span_id, flags) if trace_id and span_id else None


def trace_id_of(value: bytes) -> str | None:
    """The trace id in a traceparent, as written there; None when it is not valid."""
    found = parse_traceparent(value)
    return f"{found[0]:032x}" if found else None


def sampled(value: bytes) -> bool:
    """Whether we started the trace ourselves (no traceparent), or the client's trace is sampled."""
    found = parse_traceparent(value)
    return found is None or bool(found[2] & _SAMPLED)


def start(process: str) -> Tracer | None:
    """The tracer of this process, if the environment configures one."""
    if not any(os.environ.get(name) for name in _ENDPOINT):
        return None
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": "gateway", "service.instance.id": process}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return Tracer(provider)


class Tracer:
    """Makes spans of requests, deliveries and decisions."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("gateway")

    def stop(self) -> None:
        """Send the remaining spans, unless the collector takes too long."""
        sending = threading.Thread(target=self._provider.shutdown, daemon=True)
        sending.start()
        sending.join(_STOP_SECONDS)

    @contextmanager
    def span(self, name: str, attributes: dict[str, str], *, parent: bytes = b"", kind: str = "CLIENT") -> Iterator[Any]:
        """A span around a piece of work, under `parent` (a traceparent) or in a new trace; an exception marks it as failed."""
        from opentelemetry.trace import SpanKind

        named = {f"fsc.{key}": value for key, value in attributes.items()}
        started = self._tracer.start_as_current_span(name, context=_remote(parent), kind=SpanKind[kind], attributes=named)
        with started as span, logs.about(trace_id=f"{span.get_span_context().trace_id:032x}"):
            yield span

    def decision(
        self, component: str, question: Question, seconds: float, *, record: Line | None = None, error: FscError | None = None
    ) -> None:
        """The span of a decision, when the client's trace is sampled; `record` is the log's record of the call."""
        parent = question.headers.get(b"X-Traceparent", b"")
        found = parse_traceparent(parent)
        if found is None or not found[2] & _SAMPLED:
            return
        from opentelemetry.trace import SpanKind, StatusCode

        end = time.time_ns()
        attributes = {
            "fsc.component": component,
            "fsc.peer_id": question.asker.peer_id,
            "fsc.code": error.code if error else "passed",
        }
        if record is not None:
            attributes |= {
                "fsc.transaction_id": question.transaction_id,
                "fsc.grant_hash": record.grant.hash,
                "fsc.service": record.grant.service_name,
                "fsc.outway_peer_id": record.grant.outway_peer_id or "",
                "fsc.service_peer_id": record.grant.service_peer_id,
            }
        span = self._tracer.start_span(
            f"{component} decision",
            context=_remote(parent),
            kind=SpanKind.SERVER,
            attributes=attributes,
            start_time=end - int(seconds * 1e9),
        )
        if error is not None:
            span.set_status(StatusCode.ERROR, error.code)
        span.end(end)


def _remote(parent: bytes) -> Any:
    """The caller's span as the context of ours; with None we start a trace of our own."""
    from opentelemetry.context import Context
    from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

    found = parse_traceparent(parent)
    if found is None:
        return None
    trace_id, span_id, flags = found
    return set_span_in_context(
        NonRecordingSpan(SpanContext(trace_id, span_id, is_remote=True, trace_flags=TraceFlags(flags & _SAMPLED))), Context()
    )
