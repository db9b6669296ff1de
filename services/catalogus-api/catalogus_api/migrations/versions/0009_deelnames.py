"""Deelnames with their conditions and steps, and what coverage is counted from."""

from gemeengoed_kit.migrations import run_sql

revision = "0009"
down_revision = "0007"


def upgrade() -> None:
    run_sql(__file__)
