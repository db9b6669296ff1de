"""Rounds are previewed, wait for other eyes within bounds, and settle what earlier years had wrong."""

from gemeengoed_kit.migrations import run_sql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run_sql(__file__)
