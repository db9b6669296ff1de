"""A coin, and what the kit keeps for every service."""

from gemeengoed_kit.migrations import run_queue, run_sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_queue()
    run_sql(__file__)
