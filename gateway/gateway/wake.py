"""Wakes the background loops of this process as soon as there is work, so that it does not wait for the next round."""

from __future__ import annotations

import threading


class Wake:
    """Signals from the request threads to the loops: work to deliver, configuration to render, stop."""

    def __init__(self) -> None:
        self.deliver = threading.Event()
        self.render = threading.Event()
        self.stopping = threading.Event()

    def all(self) -> None:
        """Tell every loop that there may be work."""
        self.deliver.set()
        self.render.set()

    def stop(self) -> None:
        """Ask the loops to end."""
        self.stopping.set()
        self.all()
