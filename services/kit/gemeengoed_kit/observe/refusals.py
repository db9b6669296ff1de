"""Log each refusal, with a rate limit per code, so that a caller that causes many cannot fill the disk."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger("gemeengoed.refused")
_MOST = 20
_SECONDS = 10.0


@dataclass(slots=True)
class _Window:
    began: float
    told: int = 0
    kept_back: int = 0


class Refusals:
    """At most twenty lines per code in ten seconds; the next line says how many were suppressed."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._windows: dict[str, _Window] = {}

    def note(self, code: str, **fields: object) -> None:
        """Log a refusal with its error code and the fields that identify it (see `logs`)."""
        now = self._monotonic()
        window = self._windows.get(code)
        if window is None or now - window.began >= _SECONDS:
            kept_back = window.kept_back if window else 0
            window = self._windows[code] = _Window(now)
            if kept_back:
                log.warning("%s: %s refusals were not logged", code, kept_back, extra={"code": code})
        if window.told >= _MOST:
            window.kept_back += 1
            return
        window.told += 1
        log.info("refused: %s", code, extra={"code": code, **fields})
