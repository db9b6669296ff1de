"""A gateway with two control and two decision processes, traced to a collector of the test's own."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import psutil
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from prometheus_client.parser import text_string_to_metric_families

from tests.gateway.echo import Echo
from tests.gateway.lab import Lab, until

METRICS_TOKEN = "alleen-om-te-meten"
COLLECTOR_PORT = 4318
START = 40
"""Seconds within which a process that is started answers, on a machine that is busy with other tests."""


class Collector:
    """Takes spans over OTLP/HTTP, as protobuf; refuses them while `away`."""

    def __init__(self, address: str) -> None:
        self.spans: list[dict[str, Any]] = []
        self.away = False
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                if not collector.away:
                    collector.spans += read_spans(body)
                self.send_response(503 if collector.away else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer((address, COLLECTOR_PORT), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def of(self, trace_id: str) -> list[dict[str, Any]]:
        return [span for span in self.spans if span["trace_id"] == trace_id]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def read_spans(body: bytes) -> list[dict[str, Any]]:
    request = ExportTraceServiceRequest.FromString(body)
    return [
        {
            "name": span.name,
            "trace_id": span.trace_id.hex(),
            "parent": span.parent_span_id.hex(),
            "seconds": (span.end_time_unix_nano - span.start_time_unix_nano) / 1e9,
            "failed": span.status.code == 2,
            "attributes": {one.key: one.value.string_value or one.value.int_value for one in span.attributes},
        }
        for resource in request.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]


@dataclass
class Duo:
    """The running gateway, with a provider of service `echo` and a consumer with a contract under alias `echo`."""

    lab: Lab
    echo: Echo
    collector: Collector
    provider: str
    consumer: str

    def call(self, grant: str = "echo", path: str = "/", **headers: str) -> httpx.Response:
        """One call on a connection of its own."""
        with httpx.Client(trust_env=False, timeout=20, verify=False) as client:
            return client.get(f"{self.lab.outway('afnemer')}{path}", headers={"Fsc-Grant-Hash": grant, **headers})

    def works(self) -> bool:
        return self.call().status_code == 200

    def children(self, command: str) -> list[psutil.Process]:
        """The processes of control or decide, without the one that watches over them."""
        return psutil.Process(self.lab.processes[command].pid).children()

    def metrics(self) -> list[tuple[str, dict[str, str], float]]:
        """Every sample: name, labels, value."""
        answer = self.beside("/metrics", METRICS_TOKEN)
        assert answer.status_code == 200, answer.text
        return [
            (sample.name, sample.labels, sample.value)
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
        ]

    def beside(self, path: str, token: str | None = None) -> httpx.Response:
        """A page on the management listener, outside the management API or in it."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.get(f"http://{self.lab.address}:9080{path}", headers=headers, trust_env=False, verify=False, timeout=20)

    def total(self, name: str, **labels: str) -> float:
        """Sum of the samples with these labels."""
        return sum(value for found, own, value in self.metrics() if found == name and labels.items() <= own.items())

    def health(self) -> httpx.Response:
        return self.lab.beheer.get("/health")


@contextmanager
def running_duo(lab: Lab) -> Iterator[Duo]:
    """Start `lab` with two of everything and host its two peers."""
    lab.environment.update(
        GATEWAY_CONTROL_PROCESSES="2",
        GATEWAY_DECIDE_PROCESSES="2",
        GATEWAY_METRICS_TOKEN=METRICS_TOKEN,
        OTEL_EXPORTER_OTLP_ENDPOINT=f"http://{lab.address}:{COLLECTOR_PORT}",
        OTEL_BSP_SCHEDULE_DELAY="100",
    )
    collector, echo = Collector(lab.address), Echo(lab.address, 7001)
    try:
        lab.start()
        provider, consumer = lab.add_peer("aanbieder"), lab.add_peer("afnemer")
        lab.post(f"/peers/{provider}/services", {"naam": "echo", "url": f"http://{lab.address}:7001"})
        lab.wait_served("afnemer")
        duo = Duo(lab, echo, collector, provider, consumer)
        # Without a Directory, the peers are announced to each other.
        lab.announce(consumer, directory="aanbieder")
        lab.announce(provider, directory="afnemer")
        lab.connect(consumer, provider, "echo", "echo")
        until(duo.works, what="calls pass")
        yield duo
    finally:
        lab.stop()
        echo.close()
        collector.close()
