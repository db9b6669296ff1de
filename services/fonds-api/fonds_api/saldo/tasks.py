"""The pass that folds what was booked into the sums, every few seconds."""

from __future__ import annotations

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.context import Context
from gemeengoed_kit.jobs import Pass

from fonds_api.saldo import service

SECONDS = 2.0


def vouwen(context: Context) -> bool:
    """One turn; whether there is more to do."""
    with context.work(Actor()) as work:
        return service.vouwen(work)


PASSES = (Pass("vouwen", vouwen, SECONDS),)
