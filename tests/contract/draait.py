"""For the health of the gateway: a run directory in which a decision process tells its numbers and nginx has a pid."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gateway.observe.meter import Meter
from gemeengoed_kit.observe.told import tell


@contextmanager
def gateway_draait(run_dir: Path) -> Iterator[None]:
    """As if decide and nginx run: the contract tests ask the management API alone, in this process."""
    (run_dir / "nginx").mkdir()
    (run_dir / "nginx" / "nginx.pid").write_text(str(os.getpid()))
    meter = Meter()
    meter.gauge("gateway_snapshot_age_seconds", lambda: 0.0)
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(tell(run_dir, "decide-1", meter))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(server.wait_closed())
        loop.close()
