"""What every service of the tests starts with: a port, and a thread for each connection."""

from __future__ import annotations

import socket
import threading
from abc import ABC, abstractmethod


class Listener(ABC):
    """Listens on one port; a subclass says in `serve` what it does with a connection."""

    def __init__(self, address: str, port: int) -> None:
        self._socket = socket.create_server((address, port), backlog=128)
        threading.Thread(target=self._accept, daemon=True).start()

    @abstractmethod
    def serve(self, connection: socket.socket) -> None:
        """Talk on one connection, in a thread of its own."""

    def close(self) -> None:
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()
