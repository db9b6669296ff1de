"""What `work` does again and again beside its jobs: a plain function of the context, every so many seconds."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gemeengoed_kit.context import Context

log = logging.getLogger("gemeengoed.passes")


@dataclass(frozen=True)
class Pass:
    """A function that every `work` process calls in a thread of its own; processes may do so at once, and it may end half-way.

    Attributes:
        name: for the log.
        seconds: pause between the end of one call and the next.
    """

    name: str
    seconds: float
    run: Callable[[Context], None]


def run(one: Pass, context: Context, stopping: Event) -> None:
    """Call it until `stopping` is set. A failure is logged, and the next call is as any other."""
    while not stopping.is_set():
        try:
            one.run(context)
        except Exception as problem:
            log.warning("%s failed, again in %.0f s: %s", one.name, one.seconds, getattr(problem, "orig", problem))
        stopping.wait(one.seconds)
