"""Start a process sooner."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def importing() -> Iterator[None]:
    """Around the imports of a process: what they make stays, and looking for garbage in it takes a seventh of the start.

    It stays out of the collector's sight afterwards, also in the processes that are forked: their memory remains shared.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
