"""Wakes the background loops of this process when there is work, so that nobody waits for the next round."""

from __future__ import annotations

import threading


class Wake:
    """Signals between the request threads and the loops: work to send, configuration to render, stop."""

    def __init__(self) -> None:
        self.deliver = threading.Event()
        self.render = threading.Event()
        self.stopping = threading.Event()

    def all(self) -> None:
        """There may be work for every loop."""
        self.deliver.set()
        self.render.set()

    def stop(self) -> None:
        """Ask the loops to end."""
        self.stopping.set()
        self.all()
