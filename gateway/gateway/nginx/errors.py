"""nginx's own messages, in the log of control: without what clients and services sent.

nginx writes the request, with path and query, behind each message, and quotes headers in some. It cannot be told not to, so it
sends its messages to a socket (syslog, RFC 3164), and only what names no content goes on to the log.
"""

from __future__ import annotations

import logging
import re
import socket
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

log = logging.getLogger("gateway.nginx.errors")
_LEVELS = {"warn": logging.WARNING, "error": logging.ERROR, "crit": logging.CRITICAL, "alert": logging.CRITICAL}
_MESSAGE = re.compile(
    r"<\d+>\w{3} [ \d]\d [\d:]{8} nginx: (?:\d{4}/\d\d/\d\d [\d:]{8} )?\[(?P<level>\w+)\] \d+#\d+: (?:\*\d+ )?(?P<text>.*)",
    re.DOTALL,
)
_QUOTED = re.compile(r'".*"', re.DOTALL)
_UPSTREAM = re.compile(r'upstream: "((?:https?|grpcs?)://[^/"?#]*|unix:[^:"]*)')
_LONGEST = 500
_MOST, _SECONDS = 20, 10.0
"""So many lines in so many seconds; how many more there were, the next line says."""


def without_content(message: str) -> tuple[int, str]:
    """Level and text of one message, without quotations and without the request.

    What is kept: what happened (quotations in it become "…"), and host and port of the upstream.
    """
    found = _MESSAGE.match(message)
    level, text = (found["level"], found["text"]) if found else ("error", "a message in another form")
    text = text.replace("\n", " ")
    what, context, rest = text.partition(", client: ")
    if not context:
        what, _, rest = text.partition(", server: ")
    upstream = _UPSTREAM.findall(rest)
    shown = _QUOTED.sub('"…"', what)[:_LONGEST]
    return _LEVELS.get(level, logging.ERROR), f"{shown} (upstream {upstream[-1]})" if upstream else shown


def collect(path: Path, stopping: Event, *, monotonic: Callable[[], float] = time.monotonic) -> None:
    """Log what nginx sends to the socket at `path`, until `stopping`."""
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(path))
        path.chmod(0o600)
        listener.settimeout(1)
        began, told, kept_back = monotonic(), 0, 0
        while not stopping.is_set():
            try:
                message = listener.recv(4096).decode("utf-8", "replace")
            except TimeoutError:
                continue
            if monotonic() - began >= _SECONDS:
                if kept_back:
                    log.warning("nginx: %d messages were not logged", kept_back)
                began, told, kept_back = monotonic(), 0, 0
            if told < _MOST:
                log.log(*without_content(message))
            else:
                kept_back += 1
            told += 1
