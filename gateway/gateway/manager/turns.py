"""Limits how many requests to other Managers one peer can cause at the same time."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from gateway.errors import ManagerError

_AT_ONCE = 4
_busy: Counter[str] = Counter()
_lock = threading.Lock()


@contextmanager
def turn(peer_id: str) -> Iterator[None]:
    """Hold a slot for one request on behalf of this peer. Without this limit a peer whose Manager answers slowly could occupy
    every thread of this process.

    Raises:
        ManagerError: 503, all slots of this peer are in use; its Manager retries later.
    """
    with _lock:
        if _busy[peer_id] >= _AT_ONCE:
            raise ManagerError(
                "ERROR_CODE_INTERNAL",
                f"Van peer {peer_id} lopen al {_AT_ONCE} controles waarop zijn Manager moet antwoorden; probeer het later.",
                status=503,
            )
        _busy[peer_id] += 1
    try:
        yield
    finally:
        with _lock:
            _busy[peer_id] -= 1
            if not _busy[peer_id]:
                del _busy[peer_id]
