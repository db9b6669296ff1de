"""What one process of the gateway counts about its decisions and the transaction log."""

from __future__ import annotations

import time

from gemeengoed_kit.observe import meter

RECORDS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0)
_FAILED_SECONDS = 10.0


class Meter(meter.Meter):
    """The metrics of `catalogue`; decisions and log writes are counted once per call."""

    def __init__(self) -> None:
        super().__init__("gateway")
        self._log_failed_at: float | None = None

    def answered(self, component: str, peer_id: str, code: str, seconds: float) -> None:
        """Count an answer to nginx; `code` is "passed" or the FSC error code."""
        self.count("gateway_calls", peer_id, component, code)
        self.observe("gateway_decision_seconds", seconds, component)

    def wrote(self, records: int, seconds: float, written: bool) -> None:
        """Count a batch of the transaction log that was committed, or failed."""
        self.count("gateway_log_batches", "written" if written else "failed")
        self.observe("gateway_log_write_seconds", seconds)
        self.observe("gateway_log_batch_records", records, bounds=RECORDS)
        self._log_failed_at = None if written else time.monotonic()

    def log_ok(self) -> float:
        """0 for a short while after a failed batch. Not longer: without calls there is no new batch that could succeed."""
        return float(self._log_failed_at is None or time.monotonic() - self._log_failed_at > _FAILED_SECONDS)
