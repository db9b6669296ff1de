"""Logging of every process: one JSON object per line, or plain lines for a person at a terminal."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

FIELDS = {
    "component": "component",
    "method": "method",
    "route": "route",
    "peer": "peer",
    "transaction": "transactionId",
    "content_hash": "contentHash",
    "delivery": "deliveryId",
    "job": "jobId",
    "task": "task",
    "arguments": "arguments",
    "attempt": "attempt",
    "error": "error",
    "code": "code",
    "status": "status",
    "trace_id": "traceId",
}
"""The fields that a message may have (`extra=` of a log call, or `about`), and their names in a line. Never keys, tokens or
bodies."""
FORMAT = "LOG_FORMAT"
LEVEL = "LOG_LEVEL"
_LONGEST = 4000
_QUIET = ("httpx", "httpcore", "alembic", "uvicorn", "procrastinate")
_about: ContextVar[dict[str, object] | None] = ContextVar("about", default=None)


@contextmanager
def about(**fields: object) -> Iterator[None]:
    """Add these fields (of `FIELDS`) to every line logged inside the block, also in threads that copy this context."""
    reset = _about.set({**(_about.get() or {}), **fields})
    try:
        yield
    finally:
        _about.reset(reset)


def also(**fields: object) -> None:
    """Add fields that became known inside the innermost `about` to all its later lines, also those of the caller."""
    known = _about.get()
    if known is not None:
        known.update(fields)


_ROW = re.compile(r"\n(DETAIL|CONTEXT):[^\n]*")
"""The lines in which PostgreSQL repeats the row that an error is about."""


class _Lines(logging.Formatter):
    """What both formats share. `process` is control-1, serve-2, migrate, …; `service` is the service that it belongs to."""

    def __init__(self, process: str, service: str | None = None) -> None:
        super().__init__()
        self.process, self.service = process, service

    def fields(self, record: logging.LogRecord) -> dict[str, object]:
        known = _about.get() or {}
        given = {name: getattr(record, name, None) for name in FIELDS}
        return {
            shown: self._bounded(value) if isinstance(value, str) else value
            for name, shown in FIELDS.items()
            if (value := known.get(name) if given[name] is None else given[name]) is not None
        }

    def message(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        return self._bounded(text)

    def _bounded(self, text: str) -> str:
        text = _ROW.sub("", text).encode("utf-8", "backslashreplace").decode()  # a lone surrogate cannot be written
        return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


class JsonLines(_Lines):
    """time, level, service, process, logger, message, and the fields."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            **({"service": self.service} if self.service else {}),
            "process": self.process,
            "logger": record.name,
            "message": self.message(record),
            **self.fields(record),
        }
        return json.dumps(line, ensure_ascii=False, default=str)


class TextLines(_Lines):
    """The same fields, as plain text for people."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(sep=" ", timespec="milliseconds")
        who = f"{self.service} {self.process}" if self.service else self.process
        fields = "".join(f" {name}={value}" for name, value in self.fields(record).items())
        return f"{moment[:-6]} {who} {record.levelname} {record.name} {self.message(record)}{fields}"


def configure(process: str, prefix: str, *, service: str | None = None) -> None:
    """Log to stderr, from level LOG_LEVEL on. <prefix>LOG_FORMAT is json or text; the default is text at a terminal, else json.

    Raises:
        SystemExit: unknown format or level.
    """
    wanted = os.environ.get(prefix + FORMAT) or ("text" if sys.stderr.isatty() else "json")
    if wanted not in ("json", "text"):
        raise SystemExit(f"{prefix}{FORMAT}: {wanted!r} is not json or text")
    level = os.environ.get(LEVEL) or "INFO"
    if level not in logging.getLevelNamesMapping():
        raise SystemExit(f"{LEVEL}: {level!r} is not one of {', '.join(logging.getLevelNamesMapping())}")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter((JsonLines if wanted == "json" else TextLines)(process, service))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # invalid HTTP is logged by `http`, in a limited number of lines


def rename(process: str) -> None:
    """Give this process another name from now on (a child of the supervisor)."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, _Lines):
            handler.formatter.process = process
