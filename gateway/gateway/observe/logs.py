"""Logging of every process: one JSON object per line, or plain lines for a person at a terminal."""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime

from gateway.observe.traces import current_trace_id

FIELDS = {
    "component": "component",
    "peer": "peer",
    "transaction": "transactionId",
    "content_hash": "contentHash",
    "delivery": "deliveryId",
    "code": "code",
    "status": "status",
    "trace_id": "traceId",
}
"""What may stand beside a message (`extra=` of a log call) and how it is called in a line. Never keys, tokens or bodies."""
_LONGEST = 4000
_QUIET = ("httpx", "httpcore", "alembic", "uvicorn")


class _Lines(logging.Formatter):
    """What both forms share; `process` is control-1, decide-2, render, …"""

    def __init__(self, process: str) -> None:
        super().__init__()
        self.process = process

    def fields(self, record: logging.LogRecord) -> dict[str, object]:
        found = {shown: getattr(record, name) for name, shown in FIELDS.items() if getattr(record, name, None) is not None}
        trace_id = found.get("traceId") or current_trace_id()
        return {**found, "traceId": trace_id} if trace_id else found

    def message(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


class JsonLines(_Lines):
    """time, level, process, logger, message, and the fields."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "process": self.process,
            "logger": record.name,
            "message": self.message(record),
            **self.fields(record),
        }
        return json.dumps(line, ensure_ascii=False, default=str)


class TextLines(_Lines):
    """The same for the eye."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(sep=" ", timespec="milliseconds")
        fields = "".join(f" {name}={value}" for name, value in self.fields(record).items())
        return f"{moment[:-6]} {self.process} {record.levelname} {record.name} {self.message(record)}{fields}"


def configure(process: str) -> None:
    """Log to stderr from LOG_LEVEL on; GATEWAY_LOG_FORMAT is json or text, by default text at a terminal alone.

    Raises:
        ValueError: another format.
    """
    wanted = os.environ.get("GATEWAY_LOG_FORMAT") or ("text" if sys.stderr.isatty() else "json")
    if wanted not in ("json", "text"):
        raise ValueError(f"GATEWAY_LOG_FORMAT is {wanted!r}, not json or text")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(process) if wanted == "json" else TextLines(process))
    logging.basicConfig(level=os.environ.get("LOG_LEVEL", "INFO"), handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def rename(process: str) -> None:
    """This process has another name from now on (a child of the supervisor)."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, _Lines):
            handler.formatter.process = process
